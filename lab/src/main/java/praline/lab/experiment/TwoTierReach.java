package praline.lab.experiment;

import java.util.BitSet;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;

/**
 * How far a leaf's query gets among supernodes, and for how many leaves they could answer (spec/experiments.md E4): the
 * leaf asks its first supernode, which floods with the TTL that is left. Run by the node's own engine, hits off.
 *
 * @param messages queries sent on links, the leaf's own included, summed over all origins
 * @param supernodes that got the query, summed likewise
 * @param leaves of those supernodes, each counted once for an origin
 */
public record TwoTierReach(long messages, long supernodes, long leaves) {

    private static final int ORIGIN_STREAM = 3;

    /** Has {@code origins} leaves ask that the seed of {@code config} draws. */
    public static TwoTierReach measure(SimulationConfig config, Topology.TwoTier topology, int ttl, int origins) {
        Graph graph = topology.graph(config.seed());
        int supernodeCount = topology.ultrapeers();
        Visits visits = new Visits(graph, supernodeCount);
        GivenNetwork network = new GivenNetwork(
                config, graph, node -> node < supernodeCount ? Role.SUPERNODE : Role.LEAF, visits::observer);
        SplitMix64 random = SplitMix64.stream(config.seed(), ORIGIN_STREAM);
        for (int query = 0; query < origins; query++) {
            int origin = supernodeCount + random.below(topology.leaves());
            network.ask(origin, new Search("nothing", null, ttl, Search.Spread.FLOOD));
            visits.endQuery();
        }
        return new TwoTierReach(visits.messages, visits.supernodes, visits.leaves);
    }

    /** What all queries visited so far, and the one under way. */
    private static final class Visits {
        private final Graph graph;
        private final int supernodeCount;
        private final BitSet covered = new BitSet();
        private long messages;
        private long supernodes;
        private long leaves;

        Visits(Graph graph, int supernodeCount) {
            this.graph = graph;
            this.supernodeCount = supernodeCount;
        }

        OverlayObserver observer(int node) {
            return new OverlayObserver() {
                @Override
                public void querySent(Guid query, int wireSize) {
                    messages++;
                }

                @Override
                public void queryReceived(Guid query, int hops, int wireSize, boolean duplicate) {
                    if (!duplicate) {
                        visit(node);
                    }
                }
            };
        }

        private void visit(int supernode) {
            supernodes++;
            for (int i = 0; i < graph.degree(supernode); i++) {
                int neighbour = graph.neighbour(supernode, i);
                if (neighbour >= supernodeCount) {
                    covered.set(neighbour);
                }
            }
        }

        void endQuery() {
            leaves += covered.cardinality();
            covered.clear();
        }
    }
}
