package praline.lab.topology;

import com.google.common.base.Preconditions;
import praline.protocol.SplitMix64;

/**
 * How a graph comes about: the generators of spec/experiments.md section 0, to the draw. A topology prints as the name
 * that results are labelled with, for example {@code kout(10000,2)}.
 */
public sealed interface Topology {

    /** The purposes of the two streams of chance that generators draw from. */
    int TOPOLOGY_STREAM = 1;

    int PLACEMENT_STREAM = 2;

    /** The graph that {@code seed} gives. */
    Graph graph(long seed);

    /**
     * Every node in turn draws {@code links} partners that it is not connected with yet, or fewer when there are none
     * left; the mean degree is twice that.
     *
     * @param nodes more than {@code links}
     * @param links 1 or more
     */
    record Kout(int nodes, int links) implements Topology {
        public Kout {
            Preconditions.checkArgument(links >= 1, "a node draws at least one link, not %s", links);
            Preconditions.checkArgument(nodes > links, "%s nodes are too few for %s links each", nodes, links);
        }

        @Override
        public Graph graph(long seed) {
            GraphBuilder graph = new GraphBuilder(nodes);
            draw(graph, SplitMix64.stream(seed, TOPOLOGY_STREAM));
            return graph.build();
        }

        private void draw(GraphBuilder graph, SplitMix64 random) {
            for (int node = 0; node < nodes; node++) {
                for (int drawn = 0; drawn < links && graph.degree(node) < nodes - 1; drawn++) {
                    int partner = random.below(nodes);
                    while (!graph.add(node, partner)) {
                        partner = random.below(nodes);
                    }
                }
            }
        }

        @Override
        public String toString() {
            return "kout(" + nodes + "," + links + ")";
        }
    }

    /**
     * The uniform random graph of a given number of edges.
     *
     * @param edges at most half of all possible ones, so that drawing ends soon
     */
    record Gnm(int nodes, int edges) implements Topology {
        public Gnm {
            Preconditions.checkArgument(
                    edges >= 0 && edges <= (long) nodes * (nodes - 1) / 4,
                    "%s edges are too many for %s nodes",
                    edges,
                    nodes);
        }

        @Override
        public Graph graph(long seed) {
            SplitMix64 random = SplitMix64.stream(seed, TOPOLOGY_STREAM);
            GraphBuilder graph = new GraphBuilder(nodes);
            while (graph.edgeCount() < edges) {
                int source = random.below(nodes);
                graph.add(source, random.below(nodes));
            }
            return graph.build();
        }

        @Override
        public String toString() {
            return "gnm(" + nodes + "," + edges + ")";
        }
    }

    /** A lattice with four neighbours, without wrap; node = row times {@code columns} plus column. */
    record Grid(int rows, int columns) implements Topology {

        @Override
        public Graph graph(long seed) {
            GraphBuilder graph = new GraphBuilder(Math.multiplyExact(rows, columns));
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int node = row * columns + column;
                    if (column + 1 < columns) {
                        graph.add(node, node + 1);
                    }
                    if (row + 1 < rows) {
                        graph.add(node, node + columns);
                    }
                }
            }
            return graph.build();
        }

        @Override
        public String toString() {
            return "grid(" + rows + "," + columns + ")";
        }
    }

    /**
     * A power-law graph: the node of rank i (from 0) is listed floor({@code weight} / (i + 1)^{@code exponent}) times,
     * the list is shuffled and paired.
     */
    record Plrg(int nodes, int weight, double exponent) implements Topology {

        @Override
        public Graph graph(long seed) {
            SplitMix64 random = SplitMix64.stream(seed, TOPOLOGY_STREAM);
            int[] stubs = stubs();
            for (int last = stubs.length - 1; last >= 1; last--) {
                int chosen = random.below(last + 1);
                int swapped = stubs[last];
                stubs[last] = stubs[chosen];
                stubs[chosen] = swapped;
            }
            GraphBuilder graph = new GraphBuilder(nodes);
            for (int at = 0; at < stubs.length; at += 2) {
                graph.add(stubs[at], stubs[at + 1]);
            }
            return graph.build();
        }

        /** Every node as often as its degree says; an even number in all. */
        private int[] stubs() {
            int total = 0;
            for (int rank = 0; rank < nodes; rank++) {
                total += degree(rank);
            }
            int[] stubs = new int[total + total % 2];
            int end = 0;
            for (int rank = 0; rank < nodes; rank++) {
                for (int i = 0; i < degree(rank); i++) {
                    stubs[end++] = rank;
                }
            }
            if (end < stubs.length) {
                stubs[end] = nodes - 1;
            }
            return stubs;
        }

        private int degree(int rank) {
            return (int) StrictMath.floor(weight / StrictMath.pow(rank + 1, exponent));
        }

        @Override
        public String toString() {
            return "plrg(" + nodes + "," + weight + "," + exponent + ")";
        }
    }

    /**
     * Ultrapeers 0 to {@code ultrapeers - 1} by {@link Kout}, and leaves behind them, each with {@code parents}
     * different ultrapeers. The first neighbour of a leaf is the ultrapeer that it drew first.
     */
    record TwoTier(int ultrapeers, int links, int leaves, int parents) implements Topology {
        public TwoTier {
            Preconditions.checkArgument(parents <= ultrapeers, "%s parents, but %s ultrapeers", parents, ultrapeers);
        }

        @Override
        public Graph graph(long seed) {
            GraphBuilder graph = new GraphBuilder(ultrapeers + leaves);
            new Kout(ultrapeers, links).draw(graph, SplitMix64.stream(seed, TOPOLOGY_STREAM));
            SplitMix64 random = SplitMix64.stream(seed, PLACEMENT_STREAM);
            for (int leaf = ultrapeers; leaf < ultrapeers + leaves; leaf++) {
                for (int drawn = 0; drawn < parents; drawn++) {
                    int parent = random.below(ultrapeers);
                    while (!graph.add(leaf, parent)) {
                        parent = random.below(ultrapeers);
                    }
                }
            }
            return graph.build();
        }

        @Override
        public String toString() {
            return "twotier(" + ultrapeers + "," + links + "," + leaves + "," + parents + ")";
        }
    }

    /**
     * Node 0 with all the others around it.
     *
     * @param nodes 1 or more
     */
    record Star(int nodes) implements Topology {

        @Override
        public Graph graph(long seed) {
            GraphBuilder graph = new GraphBuilder(nodes);
            for (int node = 1; node < nodes; node++) {
                graph.add(node, 0);
            }
            return graph.build();
        }

        @Override
        public String toString() {
            return "star(" + nodes + ")";
        }
    }
}
