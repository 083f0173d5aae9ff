package praline.lab.sim;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;

/**
 * What one end of a link remembers once something delays or limits it. Links of synchronous runs without bounds have
 * none, which keeps a million nodes small.
 */
final class Flow {

    /** What the model drew for this link, in ms. */
    final int linkDelay;

    /** The place of what is sent from here in the uplink of this end's node; null if that has no bound. */
    final @Nullable Lane leaving;

    /** The place of what is sent from here in the downlink of the other end's node; null if that has no bound. */
    final @Nullable Lane landing;

    /** When the last message sent from here arrives: none may overtake it. */
    long lastArrival;
    /** Bytes sent from here that the other end has not read. */
    int underWay;
    /** Whether this end was told no, and waits for {@code onWritable}. */
    boolean isFull;
    /** Whether this end reads. */
    boolean isReading = true;

    private @Nullable ArrayDeque<Object> held;
    private @Nullable CloseReason heldClose;

    Flow(int linkDelay) {
        this(linkDelay, null, null);
    }

    Flow(int linkDelay, @Nullable Lane leaving, @Nullable Lane landing) {
        this.linkDelay = linkDelay;
        this.leaving = leaving;
        this.landing = landing;
    }

    /** What was sent from here and has not left is lost. */
    void cut() {
        if (leaving != null) {
            leaving.isCut = true;
        }
    }

    /** Whether what arrives has to wait here: for reading to go on, or behind what waits already. */
    boolean holds() {
        return !isReading || held != null;
    }

    void hold(Object message) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.add(message);
    }

    /** The other end closed behind all that is held. */
    void holdClose(CloseReason why) {
        heldClose = why;
    }

    @Nullable
    CloseReason heldClose() {
        return heldClose;
    }

    /** The next message that is held, if reading goes on. */
    @Nullable
    Object release() {
        if (!isReading || held == null) {
            return null;
        }
        Object message = held.poll();
        if (message == null) {
            held = null;
        }
        return message;
    }
}
