package praline.node.transfer;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Timers;
import praline.node.engine.TokenBucket;

/** Holds the rate of all uploads together, and gives them turns: one part each. Without a rate there are no turns. */
final class Pace {

    private final TokenBucket bucket;
    /** Who has something to send and a link that takes it, in the order of their turns. */
    private final Set<UploadLink> turns = new LinkedHashSet<>(4);

    Pace(long rate, long now) {
        this.bucket = new TokenBucket(rate, now);
    }

    void setRate(long rate, long now) {
        bucket.setRate(rate, now);
    }

    /** Whether {@code link} may send its next part now. If not, it has its place among those who wait. */
    boolean isTurnOf(UploadLink link, long now) {
        if (bucket.isUnlimited()) {
            return true;
        }
        turns.add(link);
        return turns.iterator().next() == link && bucket.isOpen(now);
    }

    /** {@code link} has sent a part. */
    void sent(UploadLink link, int size) {
        bucket.take(size);
        turns.remove(link);
    }

    /** {@code link} has nothing to send, or can send nothing. */
    void remove(UploadLink link) {
        turns.remove(link);
    }

    /** Whether it is the rate that keeps {@code link} from sending. */
    boolean holdsUp(UploadLink link) {
        return turns.contains(link);
    }

    /** Whose turn it is now; null: nobody's. */
    @Nullable
    UploadLink next(long now) {
        if (turns.isEmpty() || !bucket.isOpen(now)) {
            return null;
        }
        return turns.iterator().next();
    }

    /** When {@link #next} names somebody. */
    long nextAt(long now) {
        return turns.isEmpty() ? Timers.NEVER : bucket.openAt(now);
    }
}
