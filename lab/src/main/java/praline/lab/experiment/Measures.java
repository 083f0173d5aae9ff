package praline.lab.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.node.overlay.Role;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.QrpTable;

/** Turns the record of one network into the metrics of spec/experiments.md section 1. */
final class Measures {

    /** A leaf's table: a bit a slot. */
    private static final long TABLE_BYTES = (1L << QrpTable.OUR_BITS) / Byte.SIZE;

    private final ComparisonPlan plan;
    private final Way way;
    private final NetworkRecord record;
    private final ImmutableList<QueryResult> queries;
    private final List<QueryResult> steady;

    private Measures(ComparisonPlan plan, Way way, NetworkRecord record) {
        this.plan = plan;
        this.way = way;
        this.record = record;
        this.queries = record.traces().stream()
                .map(trace -> QueryResult.of(trace, record.killedAt()))
                .collect(toImmutableList());
        this.steady = queries.stream()
                .filter(query -> query.query().phase() == Phase.STEADY)
                .toList();
    }

    static WayResult of(ComparisonPlan plan, Way way, NetworkRecord record) {
        return new Measures(plan, way, record).result();
    }

    private WayResult result() {
        NetworkPlan network = record.plan();
        return new WayResult(
                way,
                network.name(),
                network.nodeCount(),
                network.edgeCount(),
                network.edgesSha256(),
                cost(),
                quality(),
                speed(),
                load(),
                upkeep(),
                indexes(),
                new FailureMeasures(record, queries).failure(),
                queries,
                ImmutableMap.copyOf(record.limitHits()));
    }

    private WayResult.Cost cost() {
        double sent = sum(QueryResult::sent);
        return new WayResult.Cost(
                mean(QueryResult::messages),
                mean(query -> query.sent() - query.duplicates()),
                mean(QueryResult::duplicates),
                mean(QueryResult::hits),
                mean(QueryResult::guidance),
                mean(QueryResult::bytes),
                mean(QueryResult::queryBytes),
                mean(QueryResult::duplicateBytes),
                mean(QueryResult::hitBytes),
                mean(QueryResult::wireBytes),
                sum(QueryResult::duplicates) / sent,
                (long) sum(QueryResult::lost));
    }

    private WayResult.Quality quality() {
        int others = record.plan().nodeCount() - 1;
        return new WayResult.Quality(
                mean(QueryResult::reached),
                mean(query -> (double) query.reached() / others),
                mean(QueryResult::recall),
                mean(QueryResult::success),
                mean(query -> query.query().isHashQuery() ? Double.NaN : query.success()),
                mean(query -> query.query().isHashQuery() ? query.success() : Double.NaN),
                mean(query -> query.satisfied(WayResult.SATISFYING)),
                (int) steady.stream().filter(QueryResult::isAnswerable).count());
    }

    private WayResult.Speed speed() {
        return new WayResult.Speed(
                answered(QueryResult::hops),
                answered(QueryResult::firstMillis),
                answered(QueryResult::lastMillis),
                (int) steady.stream()
                        .filter(query -> query.movedMillis() > NetworkRun.QUERY_MILLIS_MAX)
                        .count());
    }

    private WayResult.Load load() {
        double seconds = record.steadyMillis() / 1_000;
        ImmutableList<WayResult.NodeLoad> byNode = IntStream.range(
                        0, record.plan().nodeCount())
                .mapToObj(node -> new WayResult.NodeLoad(
                        node,
                        record.plan().role(node),
                        record.steady().get(node).messages() / seconds,
                        record.steady().get(node).bytes() / seconds))
                .collect(toImmutableList());
        double[] messages =
                byNode.stream().mapToDouble(WayResult.NodeLoad::messages).toArray();
        return new WayResult.Load(
                byNode,
                Arrays.stream(Role.values())
                        .map(role -> roleLoad(byNode, role))
                        .filter(load -> load.messages().count() > 0)
                        .collect(toImmutableList()),
                Spread.gini(messages),
                Doubles.max(messages) / Arrays.stream(messages).sum());
    }

    private static WayResult.RoleLoad roleLoad(List<WayResult.NodeLoad> loads, Role role) {
        Predicate<WayResult.NodeLoad> isOne = load -> load.role() == role;
        return new WayResult.RoleLoad(
                role,
                Spread.of(loads.stream()
                        .filter(isOne)
                        .mapToDouble(WayResult.NodeLoad::messages)
                        .toArray()),
                Spread.of(loads.stream()
                        .filter(isOne)
                        .mapToDouble(WayResult.NodeLoad::bytes)
                        .toArray()));
    }

    private WayResult.Upkeep upkeep() {
        double nodes = record.plan().nodeCount();
        double nodeSeconds = nodes * record.steadyMillis() / 1_000;
        Tally joining = record.joining().stream().reduce(Tally.NOTHING, Tally::plus);
        Tally later = record.steady().stream().reduce(Tally.NOTHING, Tally::plus);
        return new WayResult.Upkeep(
                record.joinedAt(),
                joining.maintenanceBytes() / nodes,
                joining.publicationBytes() / nodes,
                later.maintenanceBytes() / nodeSeconds,
                later.publicationBytes() / nodeSeconds);
    }

    private ImmutableList<WayResult.IndexSize> indexes() {
        return IntStream.range(0, record.plan().nodeCount())
                .filter(node -> record.plan().role(node) == Role.SUPERNODE)
                .mapToObj(this::indexSize)
                .collect(toImmutableList());
    }

    private WayResult.IndexSize indexSize(int leader) {
        List<Integer> leaves = record.plan().leavesOf(leader);
        if (!record.plan().hasIndex(leader)) {
            return new WayResult.IndexSize(leader, leaves.size(), 0, leaves.size() * TABLE_BYTES);
        }
        List<IndexRecord.Add> published = leaves.stream()
                .flatMap(leaf -> plan.content().files(leaf).published().stream())
                .toList();
        return new WayResult.IndexSize(
                leader,
                leaves.size(),
                published.size(),
                published.stream().mapToLong(IndexRecord.Add::wireSize).sum());
    }

    private Estimate mean(ToDoubleFunction<QueryResult> value) {
        return Estimate.of(steady.stream().mapToDouble(value).toArray());
    }

    private double sum(ToDoubleFunction<QueryResult> value) {
        return steady.stream().mapToDouble(value).sum();
    }

    private Spread answered(ToDoubleFunction<QueryResult> value) {
        return Spread.of(steady.stream()
                .filter(QueryResult::isAnswered)
                .mapToDouble(value)
                .toArray());
    }
}
