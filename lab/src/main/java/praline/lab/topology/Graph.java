package praline.lab.topology;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * An undirected graph without loops and repeated edges; nodes are 0 to {@code nodeCount() - 1}. Immutable and compact:
 * edges in order of insertion, and all neighbours in one array (CSR), those of a node in order of edge insertion.
 */
public final class Graph {

    private final int[] sources;
    private final int[] targets;
    /** Where the neighbours of a node begin; one more entry than nodes. */
    private final int[] starts;

    private final int[] neighbours;

    /** Takes the arrays over. They name an edge by its two ends, each edge once. */
    Graph(int nodeCount, int[] sources, int[] targets) {
        this.sources = sources;
        this.targets = targets;
        this.starts = new int[nodeCount + 1];
        this.neighbours = new int[2 * sources.length];
        for (int edge = 0; edge < sources.length; edge++) {
            starts[sources[edge] + 1]++;
            starts[targets[edge] + 1]++;
        }
        for (int node = 0; node < nodeCount; node++) {
            starts[node + 1] += starts[node];
        }
        int[] free = Arrays.copyOf(starts, nodeCount);
        for (int edge = 0; edge < sources.length; edge++) {
            neighbours[free[sources[edge]]++] = targets[edge];
            neighbours[free[targets[edge]]++] = sources[edge];
        }
    }

    public int nodeCount() {
        return starts.length - 1;
    }

    public int edgeCount() {
        return sources.length;
    }

    /**
     * The end of an edge that was named first when it was inserted; {@code edge} counts from 0 in order of insertion.
     */
    public int source(int edge) {
        return sources[edge];
    }

    /** The other end of an edge. */
    public int target(int edge) {
        return targets[edge];
    }

    public int degree(int node) {
        return starts[node + 1] - starts[node];
    }

    public int degreeMax() {
        return IntStream.range(0, nodeCount()).map(this::degree).max().orElse(0);
    }

    /** A neighbour of {@code node}; {@code index} runs from 0 to {@code degree(node) - 1}. */
    public int neighbour(int node, int index) {
        return neighbours[starts[node] + index];
    }

    /**
     * The largest connected component, renumbered by ascending old number; of equal ones that with the lowest number.
     */
    public Graph largestComponent() {
        int[] component = components();
        int[] sizes = new int[nodeCount()];
        for (int root : component) {
            sizes[root]++;
        }
        int largest = 0;
        for (int root = 1; root < sizes.length; root++) {
            if (sizes[root] > sizes[largest]) {
                largest = root;
            }
        }
        return only(component, largest, sizes[largest]);
    }

    /** The same nodes with only those edges, by number, that {@code keeps} names. */
    public Graph withEdges(IntPredicate keeps) {
        int[] kept = IntStream.range(0, edgeCount()).filter(keeps).toArray();
        return new Graph(
                nodeCount(),
                Arrays.stream(kept).map(edge -> sources[edge]).toArray(),
                Arrays.stream(kept).map(edge -> targets[edge]).toArray());
    }

    /**
     * SHA-256 of the text {@code "u v\n"} over all edges with u < v, sorted by u, then v, in lower-case hexadecimal:
     * the digest that spec/experiments.md section 0 compares.
     */
    public String sha256() {
        long[] edges = new long[edgeCount()];
        for (int edge = 0; edge < edges.length; edge++) {
            long low = Math.min(sources[edge], targets[edge]);
            edges[edge] = low << 32 | Math.max(sources[edge], targets[edge]);
        }
        Arrays.sort(edges);
        Hasher hasher = Hashing.sha256().newHasher();
        for (long edge : edges) {
            hasher.putString((edge >>> 32) + " " + (int) edge + "\n", StandardCharsets.US_ASCII);
        }
        return hasher.hash().toString();
    }

    /** For each node the lowest node of its component. */
    private int[] components() {
        int[] component = new int[nodeCount()];
        Arrays.fill(component, -1);
        int[] queue = new int[nodeCount()];
        for (int root = 0; root < nodeCount(); root++) {
            if (component[root] >= 0) {
                continue;
            }
            component[root] = root;
            queue[0] = root;
            int end = 1;
            for (int begin = 0; begin < end; begin++) {
                for (int at = starts[queue[begin]]; at < starts[queue[begin] + 1]; at++) {
                    if (component[neighbours[at]] < 0) {
                        component[neighbours[at]] = root;
                        queue[end++] = neighbours[at];
                    }
                }
            }
        }
        return component;
    }

    private Graph only(int[] component, int chosen, int size) {
        int[] renumbered = new int[nodeCount()];
        int next = 0;
        for (int node = 0; node < nodeCount(); node++) {
            renumbered[node] = component[node] == chosen ? next++ : -1;
        }
        int[] kept = IntStream.range(0, edgeCount())
                .filter(edge -> renumbered[sources[edge]] >= 0)
                .toArray();
        return new Graph(
                size,
                Arrays.stream(kept).map(edge -> renumbered[sources[edge]]).toArray(),
                Arrays.stream(kept).map(edge -> renumbered[targets[edge]]).toArray());
    }
}
