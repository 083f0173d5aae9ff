package praline.lab.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * One number of a way, under the name that scripts know it by.
 *
 * @param value NaN: not known
 * @param ci95 half the width of the 95 % interval; NaN: none
 */
record Metric(String name, double value, double ci95) {

    /** All metrics of {@code way}. */
    static List<Metric> all(WayResult way) {
        Collector all = new Collector();
        all.addCost(way.cost());
        all.addQuality(way.quality());
        all.add("hops_to_first", way.speed().hops());
        all.add("first_ms", way.speed().firstMillis());
        all.add("last_ms", way.speed().lastMillis());
        all.add("unfinished_queries", way.speed().unfinished());
        for (WayResult.RoleLoad load : way.load().byRole()) {
            all.add(Words.of(load.role()) + "_messages_per_s", load.messages());
            all.add(Words.of(load.role()) + "_bytes_per_s", load.bytes());
        }
        all.add("load_gini", way.load().gini());
        all.add("load_top_share", way.load().topShare());
        all.addUpkeep(way.upkeep());
        for (WayResult.IndexSize index : way.indexes()) {
            all.add("index_entries_node_" + index.node(), index.entries());
            all.add("index_bytes_node_" + index.node(), index.bytes());
        }
        all.addFailure(way.failure());
        way.limitHits().forEach(all::add);
        return all.metrics;
    }

    /** Puts them into a row. */
    private static final class Collector {
        private final List<Metric> metrics = new ArrayList<>();

        void add(String name, double value) {
            metrics.add(new Metric(name, value, Double.NaN));
        }

        void add(String name, long count) {
            add(name, (double) count);
        }

        void add(String name, Estimate estimate) {
            metrics.add(new Metric(name, estimate.mean(), estimate.ci95()));
        }

        void add(String name, Spread spread) {
            add(name + "_mean", spread.mean());
            add(name + "_p50", spread.p50());
            add(name + "_p95", spread.p95());
            add(name + "_p99", spread.p99());
            add(name + "_max", spread.max());
        }

        void addCost(WayResult.Cost cost) {
            add("messages_per_query", cost.messages());
            add("query_messages_per_query", cost.queries());
            add("duplicate_messages_per_query", cost.duplicates());
            add("hit_messages_per_query", cost.hits());
            add("control_messages_per_query", cost.control());
            add("l7_bytes_per_query", cost.bytes());
            add("l7_query_bytes_per_query", cost.queryBytes());
            add("l7_duplicate_bytes_per_query", cost.duplicateBytes());
            add("l7_hit_bytes_per_query", cost.hitBytes());
            add("l2_bytes_per_query", cost.wireBytes());
            add("duplicate_ratio", cost.duplicateRatio());
            add("lost_messages", cost.lost());
        }

        void addQuality(WayResult.Quality quality) {
            add("reached", quality.reached());
            add("coverage", quality.coverage());
            add("recall", quality.recall());
            add("success", quality.success());
            add("success_by_words", quality.wordSuccess());
            add("success_by_hash", quality.hashSuccess());
            add("satisfied_" + WayResult.SATISFYING, quality.satisfied());
        }

        void addUpkeep(WayResult.Upkeep upkeep) {
            add("join_ms", upkeep.joinMillis());
            add("join_bytes_per_node", upkeep.joinBytes());
            add("publication_bytes_per_node", upkeep.publicationBytes());
            add("maintenance_bytes_per_node_per_s", upkeep.maintenanceRate());
            add("publication_bytes_per_node_per_s", upkeep.publicationRate());
        }

        void addFailure(WayResult.Failure failure) {
            add("orphans", failure.orphans());
            add("moved_ms", failure.movedMillis());
            add("records_back_ms", failure.recordsMillis());
            addSegment("before_kill", failure.before());
            addSegment("until_repaired", failure.during());
            addSegment("after_repair", failure.after());
        }

        void addSegment(String name, WayResult.Segment segment) {
            add(name + "_queries", segment.queries());
            add(name + "_success", segment.success());
            add(name + "_recall", segment.recall());
        }
    }
}
