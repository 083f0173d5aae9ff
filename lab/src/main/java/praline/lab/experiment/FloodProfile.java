package praline.lab.experiment;

import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;

/**
 * How far a flooded query gets and what it costs, on a given graph (spec/experiments.md E1 and E1b): hits off, one
 * query after the other, run by the node's own engine.
 *
 * @param messages queries sent on links, summed over all origins
 * @param reached nodes that got a query, without its origin, summed over all origins
 */
public record FloodProfile(long messages, long reached) {

    private static final int ORIGIN_STREAM = 3;

    /** Floods the flat network {@code graph} from {@code origins} nodes that the seed of {@code config} draws. */
    public static FloodProfile measure(SimulationConfig config, Graph graph, int ttl, int origins) {
        Count count = new Count();
        GivenNetwork network = new GivenNetwork(config, graph, node -> Role.FLAT, node -> count);
        SplitMix64 random = SplitMix64.stream(config.seed(), ORIGIN_STREAM);
        for (int query = 0; query < origins; query++) {
            network.ask(random.below(graph.nodeCount()), new Search("nothing", null, ttl, Search.Spread.FLOOD));
        }
        return new FloodProfile(count.messages, count.reached);
    }

    /** Counts for all nodes together. */
    private static final class Count implements OverlayObserver {
        long messages;
        long reached;

        @Override
        public void querySent(Guid query, int wireSize) {
            messages++;
        }

        @Override
        public void queryReceived(Guid query, int hops, int wireSize, boolean duplicate) {
            if (!duplicate) {
                reached++;
            }
        }
    }
}
