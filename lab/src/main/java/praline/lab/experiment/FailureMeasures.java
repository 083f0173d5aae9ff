package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.lab.experiment.WayResult.Bin;
import praline.lab.experiment.WayResult.Failure;
import praline.lab.experiment.WayResult.Segment;
import praline.node.overlay.Role;

/** What the second phase shows: how queries fare before, while and after a killed leader is missed. */
final class FailureMeasures {

    private static final int BINS = 20;
    /** Bins are not narrower, so that some queries fall into each. */
    private static final double BIN_MILLIS_MIN = 1_000;

    private final NetworkRecord record;
    private final List<QueryResult> queries;

    FailureMeasures(NetworkRecord record, List<QueryResult> queries) {
        this.record = record;
        this.queries = queries.stream()
                .filter(query -> query.query().phase() == Phase.FAILURE)
                .toList();
    }

    Failure failure() {
        ImmutableList<Integer> orphans = record.plan().role(ComparisonPlan.VICTIM) == Role.SUPERNODE
                ? record.plan().leavesOf(ComparisonPlan.VICTIM)
                : ImmutableList.of();
        double movedMillis = movedMillis(orphans);
        double recordsMillis = record.recordsBackAt() - record.killedAt();
        double repairedAt =
                orphans.isEmpty() ? record.killedAt() : record.killedAt() + Math.max(movedMillis, recordsMillis);
        // A repair that never came is NaN, to which every comparison says no.
        return new Failure(
                record.plan().role(ComparisonPlan.VICTIM),
                orphans.size(),
                movedMillis,
                recordsMillis,
                segment(query -> query.askedAt() < record.killedAt()),
                segment(query -> query.askedAt() >= record.killedAt() && !(query.askedAt() >= repairedAt)),
                segment(query -> query.askedAt() >= repairedAt),
                bins());
    }

    /** NaN when an orphan found nobody. */
    private double movedMillis(Collection<Integer> orphans) {
        Map<Integer, Double> movedAt = new LinkedHashMap<>();
        for (NetworkNotes.Rejoining rejoining : record.rejoinings()) {
            if (rejoining.at() >= record.killedAt() && orphans.contains(rejoining.leaf())) {
                movedAt.putIfAbsent(rejoining.leaf(), rejoining.at() - record.killedAt());
            }
        }
        return movedAt.size() < orphans.size()
                ? Double.NaN
                : movedAt.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0);
    }

    private Segment segment(Predicate<QueryResult> belongs) {
        List<QueryResult> answerable = queries.stream()
                .filter(belongs)
                .filter(QueryResult::isAnswerable)
                .toList();
        return new Segment(
                answerable.size(), mean(answerable, QueryResult::success), mean(answerable, QueryResult::recall));
    }

    private static double mean(List<QueryResult> queries, ToDoubleFunction<QueryResult> value) {
        return queries.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private ImmutableList<Bin> bins() {
        double from = record.samples().get(0).at();
        double until = record.samples().get(record.samples().size() - 1).at();
        double width = Math.max((until - from) / BINS, BIN_MILLIS_MIN);
        // A bin begins with the kill, so that none mixes what was before and after it.
        double begin = record.killedAt() - Math.floor((record.killedAt() - from) / width) * width;
        ImmutableList.Builder<Bin> bins = ImmutableList.builder();
        for (double start = begin; start + width <= until; start += width) {
            double binFrom = start;
            double binUntil = start + width;
            bins.add(new Bin(
                    binFrom - record.killedAt(),
                    binUntil - record.killedAt(),
                    segment(query -> query.askedAt() >= binFrom && query.askedAt() < binUntil),
                    upkeepRate(binFrom, binUntil)));
        }
        return bins.build();
    }

    /** Bytes a second of all nodes, between the samples that lie next to the bounds. */
    private double upkeepRate(double from, double until) {
        NetworkRecord.Sample first = sampleAt(from);
        NetworkRecord.Sample last = sampleAt(until);
        double seconds = (last.at() - first.at()) / 1_000;
        long bytes =
                last.maintenanceBytes() + last.publicationBytes() - first.maintenanceBytes() - first.publicationBytes();
        return seconds > 0 ? bytes / seconds : Double.NaN;
    }

    private NetworkRecord.Sample sampleAt(double time) {
        NetworkRecord.Sample best = record.samples().get(0);
        for (NetworkRecord.Sample sample : record.samples()) {
            if (Math.abs(sample.at() - time) < Math.abs(best.at() - time)) {
                best = sample;
            }
        }
        return best;
    }
}
