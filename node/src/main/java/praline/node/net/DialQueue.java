package praline.node.net;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;

/**
 * Keeps a node from flooding others with connections (spec/hardening.md C4): so many dials a second, so many without an
 * answer at a time. The others wait for their turn, in order. Which endpoint is worth a dial, and when again after a
 * failure, is the engine's business.
 *
 * @param <D> a dial
 */
final class DialQueue<D> {

    private final int halfOpenMax;
    private final int waitingMax;
    private final Rate rate;
    private final LimitHits hits;
    private final Queue<D> waiting = new ArrayDeque<>(4);
    private int halfOpen;

    DialQueue(NetLimits.Net limits, Profile profile, LimitHits hits, long now) {
        this.halfOpenMax = limits.halfOpen();
        this.waitingMax = limits.dialsWaiting();
        this.hits = hits;
        long perSecond = (long) limits.dials() * NetLimits.Net.rateFactor(profile);
        this.rate = Rate.perSecond(perSecond, perSecond, now);
    }

    /** Puts a dial at the end; false: too many wait already. */
    boolean add(D dial) {
        if (waiting.size() >= waitingMax) {
            hits.hit("limits.net.dialsWaiting");
            return false;
        }
        waiting.add(dial);
        return true;
    }

    /** Hands to {@code start} all dials whose turn it is; each is to be answered by {@link #answered}. */
    void startDue(long now, Consumer<D> start) {
        while (!waiting.isEmpty()) {
            if (halfOpen >= halfOpenMax) {
                hits.hit("limits.net.halfOpen");
                return;
            }
            if (!rate.take(now)) {
                hits.hit("limits.net.dials");
                return;
            }
            halfOpen++;
            start.accept(waiting.remove());
        }
    }

    /** A dial that had been started has its answer, whichever. */
    void answered() {
        halfOpen--;
    }

    /** When {@link #startDue} can start something again; {@link Long#MAX_VALUE}: not before an answer or a new dial. */
    long nextStart(long now) {
        return waiting.isEmpty() || halfOpen >= halfOpenMax ? Long.MAX_VALUE : now + rate.waitMillis(now);
    }

    int halfOpen() {
        return halfOpen;
    }
}
