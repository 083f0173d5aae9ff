package praline.lab.sim;

import java.util.Arrays;
import praline.node.engine.Timers;

/**
 * Which node wants to be woken when. A node that moves its deadline nearer is entered again; the older entry is found
 * stale when its time comes, and a deadline that moved on is asked for then.
 */
final class WakeQueue {

    private final TimeHeap heap = new TimeHeap();
    /** The entry of each node that counts. */
    private long[] nextOf = new long[0];

    /** {@code node} wants to be woken at {@code time}, if not sooner. */
    void request(int node, long time) {
        if (node >= nextOf.length) {
            int before = nextOf.length;
            nextOf = Arrays.copyOf(nextOf, Math.max(16, Math.max(node + 1, before + before / 2)));
            Arrays.fill(nextOf, before, nextOf.length, Timers.NEVER);
        }
        if (time < nextOf[node]) {
            nextOf[node] = time;
            heap.add(time, node);
        }
    }

    /** The earliest time at which some node may want to be woken; {@link Timers#NEVER} when none does. */
    long firstTime() {
        while (!heap.isEmpty() && nextOf[heap.first()] != heap.firstTime()) {
            heap.removeFirst();
        }
        return heap.firstTime();
    }

    /** Takes the node of {@link #firstTime} out. */
    int removeFirst() {
        int node = heap.first();
        heap.removeFirst();
        nextOf[node] = Timers.NEVER;
        return node;
    }
}
