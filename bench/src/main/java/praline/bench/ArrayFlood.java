package praline.bench;

import java.util.Arrays;
import praline.lab.topology.Graph;

/**
 * The same flood without any network: a breadth-first search over the graph's arrays. What it does in a second is the
 * most that any simulator on this machine could hope for (spec/experiments.md E11).
 */
final class ArrayFlood {

    private final Graph graph;
    private final int[] seenBy;
    private final int[] from;
    private int[] frontier;
    private int[] next;
    private int floods;

    ArrayFlood(Graph graph) {
        this.graph = graph;
        seenBy = new int[graph.nodeCount()];
        from = new int[graph.nodeCount()];
        frontier = new int[graph.nodeCount()];
        next = new int[graph.nodeCount()];
        Arrays.fill(from, -1);
    }

    /** Messages of one flood. */
    long flood(int origin, int ttl) {
        int stamp = ++floods;
        seenBy[origin] = stamp;
        from[origin] = -1;
        frontier[0] = origin;
        int size = 1;
        long messages = 0;
        for (int hop = 0; hop < ttl; hop++) {
            int reached = 0;
            for (int i = 0; i < size; i++) {
                int node = frontier[i];
                int degree = graph.degree(node);
                messages += from[node] < 0 ? degree : degree - 1;
                for (int at = 0; at < degree; at++) {
                    int neighbour = graph.neighbour(node, at);
                    if (seenBy[neighbour] != stamp) {
                        seenBy[neighbour] = stamp;
                        from[neighbour] = node;
                        next[reached++] = neighbour;
                    }
                }
            }
            int[] swapped = frontier;
            frontier = next;
            next = swapped;
            size = reached;
        }
        return messages;
    }
}
