package praline.lab.topology;

import com.google.common.base.Preconditions;
import java.util.Arrays;

/** Collects the edges of a graph and refuses those that are there already, by one open-addressed table of edges. */
final class GraphBuilder {

    private static final int CAPACITY_MIN = 16;
    private static final long FREE = -1;

    private final int[] degrees;
    private int[] sources = new int[CAPACITY_MIN];
    private int[] targets = new int[CAPACITY_MIN];
    private int edgeCount;
    private long[] known = emptyTable(2 * CAPACITY_MIN);

    GraphBuilder(int nodeCount) {
        Preconditions.checkArgument(nodeCount >= 1, "a graph has at least one node, not %s", nodeCount);
        degrees = new int[nodeCount];
    }

    /** Adds an edge. False, and nothing changes: it is a loop, or it is there. */
    boolean add(int source, int target) {
        if (source == target || !remember(key(source, target))) {
            return false;
        }
        if (edgeCount == sources.length) {
            sources = Arrays.copyOf(sources, 2 * edgeCount);
            targets = Arrays.copyOf(targets, 2 * edgeCount);
        }
        sources[edgeCount] = source;
        targets[edgeCount] = target;
        edgeCount++;
        degrees[source]++;
        degrees[target]++;
        return true;
    }

    int edgeCount() {
        return edgeCount;
    }

    int degree(int node) {
        return degrees[node];
    }

    Graph build() {
        return new Graph(degrees.length, Arrays.copyOf(sources, edgeCount), Arrays.copyOf(targets, edgeCount));
    }

    private static long key(int source, int target) {
        return (long) Math.min(source, target) << 32 | Math.max(source, target);
    }

    private boolean remember(long key) {
        if (4L * (edgeCount + 1) > 3L * known.length) {
            grow();
        }
        int slot = slot(known, key);
        if (known[slot] == key) {
            return false;
        }
        known[slot] = key;
        return true;
    }

    private void grow() {
        long[] larger = emptyTable(2 * known.length);
        for (long key : known) {
            if (key != FREE) {
                larger[slot(larger, key)] = key;
            }
        }
        known = larger;
    }

    private static int slot(long[] table, long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (table.length - 1);
        while (table[slot] != FREE && table[slot] != key) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private static long[] emptyTable(int capacity) {
        long[] table = new long[capacity];
        Arrays.fill(table, FREE);
        return table;
    }
}
