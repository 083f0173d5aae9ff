package praline.node.net;

import java.util.Collection;
import praline.node.engine.LimitHits;

/**
 * What all links of a node hold in queues together (spec/hardening.md B4). Each has a budget of its own, and this is
 * for the day when many are full at once: from four fifths of the bound on, the link that holds most is not read, so
 * that nothing more comes of it; at the bound the largest are cut off until a tenth is free.
 */
final class NodeQueues {

    /** What this asks of a link. */
    interface Holder {

        /** Bytes that it holds, as it last told by {@link #changed}. */
        int queuedBytes();

        boolean isPressed();

        /** Stops or goes on reading because of the node's queues. */
        void press(boolean on);

        /** Breaks off, and what is queued is lost. */
        void giveUp();
    }

    private final long bound;
    private final LimitHits hits;
    private long total;
    private boolean presses;

    NodeQueues(long bound, LimitHits hits) {
        this.bound = bound;
        this.hits = hits;
    }

    /** Some link holds so many bytes more than before. */
    void changed(int difference) {
        total += difference;
    }

    /** Bytes that all links hold. */
    long total() {
        return total;
    }

    /** Whether {@link #relieve} has nothing to do. */
    boolean isCalm() {
        return !presses && total < share(8);
    }

    /** One step, to be called after every entry that leaves this without calm. */
    void relieve(Collection<? extends Holder> links) {
        if (total >= bound) {
            cutLargest(links);
        } else if (total >= share(8)) {
            pressLargest(links);
        } else if (total < share(7)) {
            presses = false;
            links.forEach(link -> link.press(false));
        }
    }

    private void cutLargest(Collection<? extends Holder> links) {
        long left = total;
        while (left >= share(9)) {
            Holder largest = null;
            for (Holder link : links) {
                if (largest == null || link.queuedBytes() > largest.queuedBytes()) {
                    largest = link;
                }
            }
            if (largest == null || largest.queuedBytes() == 0) {
                return;
            }
            left -= largest.queuedBytes();
            hits.hit("limits.net.nodeQueues");
            largest.giveUp();
        }
    }

    private void pressLargest(Collection<? extends Holder> links) {
        Holder largest = null;
        for (Holder link : links) {
            if (!link.isPressed() && (largest == null || link.queuedBytes() > largest.queuedBytes())) {
                largest = link;
            }
        }
        if (largest != null && largest.queuedBytes() > 0) {
            presses = true;
            hits.hit("limits.net.nodeQueues");
            largest.press(true);
        }
    }

    private long share(int tenths) {
        return bound / 10 * tenths;
    }
}
