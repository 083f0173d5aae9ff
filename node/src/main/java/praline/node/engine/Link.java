package praline.node.engine;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;

/**
 * One end of a connection, in the hands of one engine.
 *
 * @param <M> what is sent and received on it
 */
public interface Link<M> {

    /** Where the other end is: the address that was dialled, or the one that the dialler came from. */
    Endpoint remote();

    /** Bytes of {@code wireSize()} that {@link #send} still takes; the engine drops by class as it shrinks. */
    int room();

    /**
     * Queues a message. False: nothing was queued, and {@code onWritable} will follow when there is room again. Control
     * messages (handshake, Bye, routing tables, index publication) may overdraw the budget by 64 KiB.
     */
    @CheckReturnValue
    boolean send(M message);

    /** Stops or goes on reading. What arrives meanwhile is held, and the sender feels it. */
    void read(boolean on);

    /**
     * Closes in order: what was accepted still goes out, 5 s at most. {@code onLinkClosed} follows once, then nothing.
     */
    void close(CloseReason why);

    /** What the engine last attached, so that it finds its own state of this link without a look-up. */
    @Nullable
    Object attachment();

    /** Keeps {@code state} with this link. */
    void attach(@Nullable Object state);
}
