package praline.lab.experiment;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import praline.lab.sim.Connection;
import praline.lab.sim.OverlayWire;
import praline.lab.sim.Simulation;
import praline.lab.sim.SimulationConfig;
import praline.lab.sim.VirtualNode;
import praline.lab.topology.Graph;
import praline.node.engine.Link;
import praline.node.engine.Profile;
import praline.node.overlay.DynamicQueryConfig;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.overlay.SearchMode;
import praline.node.overlay.SharedFiles;
import praline.protocol.Guid;
import praline.protocol.gnutella.OverlayFrame;

/**
 * A network in virtual time whose links are given by a graph, as the literature has it: nobody dials, pings, publishes
 * or shares; only queries move. Links open in the order of the graph's edges. The bounds are those of profile
 * experiment (spec/hardening.md L5).
 */
public final class GivenNetwork {

    private static final long SERVENTS = 0x5072_616C_696E_6500L;

    private final Simulation simulation;
    private final OverlayEngine[] engines;

    /**
     * What the nodes of a graph are, besides being linked.
     *
     * @param roleOf what a node of the graph is
     * @param observerOf who counts at a node
     * @param filesOf what a node has
     * @param mode how supernodes spread queries
     * @param querying how they ask one by one, where they do
     */
    public record Nodes(
            IntFunction<Role> roleOf,
            IntFunction<OverlayObserver> observerOf,
            IntFunction<SharedFiles> filesOf,
            SearchMode mode,
            DynamicQueryConfig querying) {}

    /**
     * Nodes that have nothing, and flood.
     *
     * @param roleOf what a node of the graph is
     * @param observerOf who counts at a node
     */
    public GivenNetwork(
            SimulationConfig config, Graph graph, IntFunction<Role> roleOf, IntFunction<OverlayObserver> observerOf) {
        this(
                config,
                graph,
                new Nodes(roleOf, observerOf, node -> SharedFiles.NONE, SearchMode.INDEX, DynamicQueryConfig.STANDARD));
    }

    public GivenNetwork(SimulationConfig config, Graph graph, Nodes nodes) {
        simulation = new Simulation(config);
        engines = new OverlayEngine[graph.nodeCount()];
        int[] degrees = new int[graph.nodeCount()];
        OverlayLimits limits = OverlayLimits.experiment();
        for (int number = 0; number < engines.length; number++) {
            VirtualNode node = simulation.addNode();
            OverlayConfig nodeConfig = config(node, nodes.roleOf().apply(number), limits, nodes);
            SharedFiles files = nodes.filesOf().apply(number);
            OverlayObserver observer = nodes.observerOf().apply(number);
            engines[number] = node.add(
                    OverlayWire.INSTANCE,
                    host -> new OverlayEngine(nodeConfig, host, files, null, OverlayListener.NONE, observer));
            node.start();
            degrees[number] = supernodesBeside(graph, number, nodes);
        }
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            int source = graph.source(edge);
            int target = graph.target(edge);
            Connection<OverlayFrame> connection =
                    simulation.connect(OverlayWire.INSTANCE, simulation.node(source), simulation.node(target));
            adopt(source, connection.atSource(), nodes.roleOf().apply(target), degrees[target]);
            adopt(target, connection.atTarget(), nodes.roleOf().apply(source), degrees[source]);
        }
    }

    public Simulation simulation() {
        return simulation;
    }

    public OverlayEngine engine(int node) {
        return engines[node];
    }

    /** Has {@code origin} ask one query, lets it run its course, and forgets it. */
    public void ask(int origin, Search search) {
        VirtualNode node = simulation.node(origin);
        OverlayEngine engine = engines[origin];
        long[] ticket = new long[1];
        node.run(() -> ticket[0] = engine.search(search));
        simulation.runUntilQuiet();
        node.run(() -> engine.endSearch(ticket[0]));
    }

    /** The same of a query that waits for answers on its way, for at most so many milliseconds. */
    public void ask(int origin, Search search, long millis) {
        VirtualNode node = simulation.node(origin);
        OverlayEngine engine = engines[origin];
        long[] ticket = new long[1];
        node.run(() -> ticket[0] = engine.search(search));
        simulation.runUntil(simulation.now() + millis);
        node.run(() -> engine.endSearch(ticket[0]));
    }

    private static int supernodesBeside(Graph graph, int node, Nodes nodes) {
        return (int) IntStream.range(0, graph.degree(node))
                .filter(i -> nodes.roleOf().apply(graph.neighbour(node, i)) == Role.SUPERNODE)
                .count();
    }

    private void adopt(int number, Link<OverlayFrame> link, Role remoteRole, int remoteDegree) {
        OverlayEngine engine = engines[number];
        if (remoteRole == Role.SUPERNODE && remoteDegree > 0) {
            simulation.node(number).run(() -> engine.adoptSupernode(link, remoteDegree));
        } else {
            simulation.node(number).run(() -> engine.adopt(link, remoteRole));
        }
    }

    private static OverlayConfig config(VirtualNode node, Role role, OverlayLimits limits, Nodes nodes) {
        OverlayConfig config = new OverlayConfig(
                role,
                node.endpoint(),
                new Guid(SERVENTS, node.number()),
                Profile.EXPERIMENT,
                0,
                0,
                nodes.mode(),
                false,
                1,
                limits);
        return config.spreading(nodes.querying(), nodes.mode() == SearchMode.QUERY_ROUTING);
    }
}
