package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import praline.lab.report.Cell;
import praline.lab.report.Column;
import praline.lab.report.Table;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.lab.workload.Workload;
import praline.node.overlay.DynamicQueryConfig;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Question;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.overlay.SearchMode;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.QueryHit;

/**
 * What supernodes save, and what users wait, when supernodes ask their neighbours one by one instead of all at once
 * (spec/experiments.md E5), by how popular the thing is that a leaf asks for. A supernode answers for its leaves, as
 * tables and an index would have it. Run by the node's own engine in virtual time; a hop takes a millisecond.
 *
 * <p>The leaf asks one supernode in both arms, and both may carry the query equally far.
 *
 * @param deciles of all objects, the most popular first
 */
public record DynamicQueryStudy(ImmutableList<Decile> deciles) {

    /** Results that make a user content here: the Z of satisfied(Z). */
    public static final int SATISFYING = 10;

    private static final int DECILES = 10;
    private static final int ORIGIN_STREAM = 3;
    /** Longer than any dynamic query lives. */
    private static final long PATIENCE_MILLIS = 260_000;

    /** A tenth of all objects, asked for in both ways by the same queries. */
    public record Decile(Arm flood, Arm dynamic) {

        /** Messages of the dynamic queries, where floods sent one. */
        public double costRatio() {
            return dynamic.messages() / flood.messages();
        }
    }

    /**
     * One way, on the average over queries; all but the messages over those that somebody could answer.
     *
     * @param messages queries sent on links, those that told a supernode what it knew among them
     * @param success share with a result
     * @param satisfied share with {@link #SATISFYING} results from different leaves
     * @param firstSeconds to the first result, where there was one; NaN: nowhere
     * @param satisfiedSeconds to the last of these, where there were so many
     */
    public record Arm(
            double messages, double success, double satisfied, double firstSeconds, double satisfiedSeconds) {}

    /**
     * Asks for objects of each decile, and for each both ways.
     *
     * @param ttl of the leaf's query
     * @param queries for each decile
     */
    public static DynamicQueryStudy measure(Topology.TwoTier topology, int ttl, int queries, long seed) {
        Workload workload = Workload.draw(topology.leaves(), seed);
        Graph graph = topology.graph(seed);
        List<Asked> asked = draw(topology, workload, queries, seed);
        List<Outcome> floods = new Arena(topology, graph, workload, SearchMode.INDEX, seed).play(asked, ttl);
        List<Outcome> dynamic = new Arena(topology, graph, workload, SearchMode.QUERY_ROUTING, seed).play(asked, ttl);
        ImmutableList.Builder<Decile> deciles = ImmutableList.builder();
        for (int decile = 0; decile < DECILES; decile++) {
            int from = decile * queries;
            deciles.add(
                    new Decile(arm(floods.subList(from, from + queries)), arm(dynamic.subList(from, from + queries))));
        }
        return new DynamicQueryStudy(deciles.build());
    }

    /** A line for each decile. */
    public Table table() {
        Table.Builder table = Table.of(
                "Asking one by one against flooding, by popularity",
                Column.text("objects"),
                Column.number("flood messages"),
                Column.number("dynamic messages"),
                Column.share("cost"),
                Column.share("found by flood"),
                Column.share("found dynamically"),
                Column.share("satisfied by flood"),
                Column.share("satisfied dynamically"),
                Column.millis("first result"),
                Column.millis("satisfied after"));
        for (int decile = 0; decile < DECILES; decile++) {
            Decile row = deciles.get(decile);
            table.row(List.of(
                    Cell.of(10 * decile + " to " + 10 * (decile + 1) + " %"),
                    Cell.of(row.flood.messages),
                    Cell.of(row.dynamic.messages),
                    Cell.of(row.costRatio()),
                    Cell.of(row.flood.success),
                    Cell.of(row.dynamic.success),
                    Cell.of(row.flood.satisfied),
                    Cell.of(row.dynamic.satisfied),
                    Cell.of(1_000 * row.dynamic.firstSeconds),
                    Cell.of(1_000 * row.dynamic.satisfiedSeconds)));
        }
        return table.build();
    }

    /** A query: the leaf that asks, and the object that it wants. */
    private record Asked(int leaf, int object) {}

    /** The same queries for both arms; who asks does not share what is wanted. */
    private static List<Asked> draw(Topology.TwoTier topology, Workload workload, int queries, long seed) {
        SplitMix64 random = SplitMix64.stream(seed, ORIGIN_STREAM);
        List<Asked> asked = new ArrayList<>();
        for (int decile = 0; decile < DECILES; decile++) {
            int from = workload.objectCount() / DECILES * decile;
            for (int query = 0; query < queries; query++) {
                int object = workload.wanted(random, from, from + workload.objectCount() / DECILES);
                int leaf = random.below(topology.leaves());
                while (workload.holders(object).contains(leaf)) {
                    leaf = random.below(topology.leaves());
                }
                asked.add(new Asked(leaf, object));
            }
        }
        return asked;
    }

    private static Arm arm(List<Outcome> outcomes) {
        List<Outcome> answerable =
                outcomes.stream().filter(outcome -> outcome.isAnswerable).toList();
        return new Arm(
                mean(outcomes, outcome -> outcome.messages),
                mean(answerable, outcome -> outcome.seconds.isEmpty() ? 0 : 1),
                mean(answerable, outcome -> outcome.seconds.size() >= SATISFYING ? 1 : 0),
                mean(answerable, outcome -> outcome.after(1)),
                mean(answerable, outcome -> outcome.after(SATISFYING)));
    }

    /** Over the values that are numbers. */
    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return outcomes.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** What became of one query. */
    private static final class Outcome {
        final boolean isAnswerable;
        final BitSet found = new BitSet();
        /** Of each different leaf that was found, when. */
        final List<Double> seconds = new ArrayList<>(0);

        long messages;

        Outcome(boolean isAnswerable) {
            this.isAnswerable = isAnswerable;
        }

        double after(int results) {
            return seconds.size() < results ? Double.NaN : seconds.get(results - 1);
        }
    }

    /** One network, in which one query is asked after the other. */
    private static final class Arena {
        private final Topology.TwoTier topology;
        private final Graph graph;
        private final Workload workload;
        private final SearchMode mode;
        private final GivenNetwork network;
        /** For the query under way, by supernode, its leaves that have what is wanted. */
        private Map<Integer, List<HitRecord>> matches = new LinkedHashMap<>();

        private Outcome outcome = new Outcome(false);
        private long askedAt;

        Arena(Topology.TwoTier topology, Graph graph, Workload workload, SearchMode mode, long seed) {
            this.topology = topology;
            this.graph = graph;
            this.workload = workload;
            this.mode = mode;
            GivenNetwork.Nodes nodes = new GivenNetwork.Nodes(
                    node -> node < topology.ultrapeers() ? Role.SUPERNODE : Role.LEAF,
                    node -> new Counting(),
                    Answering::new,
                    mode,
                    DynamicQueryConfig.E5);
            this.network = new GivenNetwork(SimulationConfig.synchronous(seed), graph.withEdges(asksOne()), nodes);
        }

        List<Outcome> play(List<Asked> queries, int ttl) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Asked asked : queries) {
                matches = matches(asked.object());
                outcome = new Outcome(!workload.holders(asked.object()).isEmpty());
                askedAt = network.simulation().now();
                Search search = new Search("object", null, ttl, Search.Spread.FLOOD);
                if (mode == SearchMode.INDEX) {
                    network.ask(topology.ultrapeers() + asked.leaf(), search);
                } else {
                    network.ask(topology.ultrapeers() + asked.leaf(), search, PATIENCE_MILLIS);
                }
                outcomes.add(outcome);
            }
            return outcomes;
        }

        /** All edges between supernodes, and of each leaf the first. */
        private IntPredicate asksOne() {
            BitSet linked = new BitSet();
            BitSet kept = new BitSet();
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                int leaf = graph.source(edge) - topology.ultrapeers();
                kept.set(edge, leaf < 0 || !linked.get(leaf));
                if (leaf >= 0) {
                    linked.set(leaf);
                }
            }
            return kept::get;
        }

        private Map<Integer, List<HitRecord>> matches(int object) {
            Map<Integer, List<HitRecord>> bySupernode = new LinkedHashMap<>();
            ImmutableIntArray holders = workload.holders(object);
            for (int i = 0; i < holders.length(); i++) {
                int node = topology.ultrapeers() + holders.get(i);
                HitRecord record = new HitRecord(holders.get(i), 1, Bytes.ofUtf8("object"), Bytes.EMPTY);
                for (int parent = 0; parent < graph.degree(node); parent++) {
                    bySupernode
                            .computeIfAbsent(graph.neighbour(node, parent), supernode -> new ArrayList<>(1))
                            .add(record);
                }
            }
            return bySupernode;
        }

        /** Counts for all nodes together. */
        private final class Counting implements OverlayObserver {
            @Override
            public void querySent(Guid query, int wireSize) {
                outcome.messages++;
            }

            @Override
            public void hitDelivered(Guid query, QueryHit hit) {
                for (HitRecord record : hit.records()) {
                    int leaf = (int) record.index();
                    if (!outcome.found.get(leaf)) {
                        outcome.found.set(leaf);
                        outcome.seconds.add((network.simulation().now() - askedAt) / 1_000.0);
                    }
                }
            }
        }

        /** What a supernode knows of its leaves' files; a leaf itself is never asked. */
        private final class Answering implements SharedFiles {
            private final int node;

            Answering(int node) {
                this.node = node;
            }

            @Override
            public ImmutableList<HitRecord> match(Question question, int limit) {
                return ImmutableList.copyOf(matches.getOrDefault(node, List.of()));
            }

            @Override
            public ImmutableList<IndexRecord.Add> published() {
                return ImmutableList.of();
            }

            @Override
            public int fileCount() {
                return 0;
            }

            @Override
            public long kibibytes() {
                return 0;
            }
        }
    }
}
