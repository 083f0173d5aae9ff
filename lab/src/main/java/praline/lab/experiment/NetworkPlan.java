package praline.lab.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.node.engine.Profile;
import praline.node.overlay.DynamicQueryConfig;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.Role;
import praline.node.overlay.SearchMode;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;

/**
 * One network before it lives: what each node is and whom it dials. The engines' own search for neighbours stays off,
 * so that both worlds have this very graph; only a leaf that loses its supernode looks for another.
 *
 * @param name of the topology, as results are labelled
 * @param edgesSha256 of the edge list (spec/experiments.md section 5)
 * @param nodes by number
 * @param mode how leaders find their leaves' files
 * @param querying how they ask each other one by one, where they do
 */
public record NetworkPlan(
        String name,
        String edgesSha256,
        int edgeCount,
        long seed,
        ImmutableList<Node> nodes,
        SearchMode mode,
        DynamicQueryConfig querying) {

    /** Between two tables that one node tells another of: a minute among strangers, but a run takes not much longer. */
    static final long TABLE_PAUSE_MILLIS = 3_000;

    private static final int SERVENTS = 6;

    /**
     * One node of the plan.
     *
     * @param dials the nodes that it connects to when it starts
     */
    public record Node(Role role, ImmutableList<Integer> dials) {}

    /** What each node is. */
    interface Roles {
        Role of(int node);
    }

    /** The network that {@code topology} draws; of every edge, the end that was drawn first dials. */
    static NetworkPlan of(Topology topology, long seed, Roles roles) {
        Graph graph = topology.graph(seed);
        List<List<Integer>> dialled = new ArrayList<>(graph.nodeCount());
        for (int node = 0; node < graph.nodeCount(); node++) {
            dialled.add(new ArrayList<>(0));
        }
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            dialled.get(graph.source(edge)).add(graph.target(edge));
        }
        ImmutableList.Builder<Node> nodes = ImmutableList.builder();
        for (int node = 0; node < graph.nodeCount(); node++) {
            nodes.add(new Node(roles.of(node), ImmutableList.copyOf(dialled.get(node))));
        }
        return new NetworkPlan(
                topology.toString(),
                graph.sha256(),
                graph.edgeCount(),
                seed,
                nodes.build(),
                SearchMode.INDEX,
                DynamicQueryConfig.STANDARD);
    }

    /** The same nodes and links, where leaders have tables instead of indexes and ask each other like this. */
    NetworkPlan routingQueries(DynamicQueryConfig oneByOne) {
        return new NetworkPlan(name, edgesSha256, edgeCount, seed, nodes, SearchMode.QUERY_ROUTING, oneByOne);
    }

    boolean routesQueries() {
        return mode == SearchMode.QUERY_ROUTING;
    }

    public int nodeCount() {
        return nodes.size();
    }

    public Role role(int node) {
        return nodes.get(node).role();
    }

    /** Whether {@code node} holds an index of its leaves' files. */
    boolean hasIndex(int node) {
        return role(node) == Role.SUPERNODE && !routesQueries();
    }

    /** The nodes that are leaves of {@code leader} when everybody lives. */
    ImmutableList<Integer> leavesOf(int leader) {
        return leaves().filter(leaf -> nodes.get(leaf).dials().contains(leader)).collect(toImmutableList());
    }

    /**
     * Records that the leaders hold together when each leaf shares what {@code fileCountOf} says; with query routing,
     * tables.
     */
    long recordsHeld(IntUnaryOperator fileCountOf) {
        return leaves().mapToLong(leaf -> (long) (routesQueries() ? 1 : fileCountOf.applyAsInt(leaf))
                        * nodes.get(leaf).dials().size())
                .sum();
    }

    private Stream<Integer> leaves() {
        return IntStream.range(0, nodeCount())
                .filter(node -> role(node) == Role.LEAF)
                .boxed();
    }

    /** How {@code node}'s engine is set up when it listens at {@code self}. */
    public OverlayConfig config(int node, Endpoint self) {
        Role role = role(node);
        OverlayConfig config = new OverlayConfig(
                role,
                self,
                Guid.random(SplitMix64.engineStream(seed, node, SERVENTS)),
                Profile.EXPERIMENT,
                0,
                role == Role.LEAF ? nodes.get(node).dials().size() : 0,
                mode,
                true,
                OverlayConfig.HOP_MILLIS,
                routesQueries() ? limits(node) : OverlayLimits.experiment());
        return config.spreading(querying, routesQueries());
    }

    /** A supernode takes as many others as the plan gives it, and says so: what it promises to reach depends on it. */
    private OverlayLimits limits(int node) {
        Map<String, Long> overrides = new LinkedHashMap<>();
        overrides.put("limits.overlay.tablePauseMillis", TABLE_PAUSE_MILLIS);
        if (role(node) == Role.SUPERNODE) {
            overrides.put("limits.overlay.neighboursMax", (long) supernodesBeside(node));
        }
        return OverlayLimits.of(role(node), Profile.EXPERIMENT, overrides);
    }

    private int supernodesBeside(int node) {
        int dialled = (int) nodes.get(node).dials().stream()
                .filter(other -> role(other) == Role.SUPERNODE)
                .count();
        int dialling = (int) IntStream.range(0, nodeCount())
                .filter(other -> role(other) == Role.SUPERNODE
                        && nodes.get(other).dials().contains(node))
                .count();
        return dialled + dialling;
    }
}
