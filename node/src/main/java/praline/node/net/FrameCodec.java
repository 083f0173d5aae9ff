package praline.node.net;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import praline.protocol.Decoded;

/**
 * Between the frames of one link and its bytes. Sees both directions, in their order, and learns from the opening
 * frames how far the conversation has come.
 *
 * @param <M> the frames
 */
interface FrameCodec<M> {

    /** Bytes that lie on the disk, on their way into frames. */
    interface Reading {

        /** How many bytes the frames take on the wire. */
        int size();

        /** Appends them to {@code target}, exactly as they go over the wire; blocks. */
        void into(ByteBuf target) throws IOException;
    }

    /**
     * Takes all of {@code chunk}, which arrived. Its bytes stay what they are, so the codec may keep a view of them; or
     * else {@link #keepRest} follows.
     */
    void receive(ByteBuffer chunk);

    /**
     * What was received so far ends to be readable: keeps a copy of what is still needed. Of codecs whose protocol is
     * bulk.
     */
    default void keepRest() {
        throw new IllegalStateException("nothing was lent to " + this);
    }

    /** The next frame of what was received; {@link Decoded.Partial}: receive more first. */
    Decoded<M> next();

    /**
     * Bytes received so far as they count for budgets: inflated, where the stream is deflated (spec/hardening.md W4).
     */
    long plainBytes();

    /** Bytes that {@code frame} takes on the wire, uncompressed. */
    int sizeOf(M frame);

    /** Whether {@code frame} may overdraw the link's budget, because the link is worth nothing without it. */
    boolean isControl(M frame);

    /** Encodes {@code frame} behind what was sent before. */
    void send(M frame);

    /** Whether a worker has to read {@code frame} from the disk, by {@link #reading} in the place of {@link #send}. */
    default boolean isStored(M frame) {
        return false;
    }

    /** How to read {@code frames}, all of them stored, which go out one behind the other. */
    default Reading reading(List<M> frames) {
        throw new IllegalStateException("nothing has to be read");
    }

    /** Whether {@code frame} may go out before frames that were sent earlier and wait for the disk. */
    default boolean mayOvertake(M frame) {
        return false;
    }

    /** The bytes of everything sent since the last time. */
    byte[] takeOutgoing();

    /**
     * Whether the other end owes us something that has to come soon: the rest of its handshake or of a request's head.
     */
    boolean awaitsOpening();

    /** Bytes of memory that hold what was received and not handed on yet. */
    default int heldBytes() {
        return 0;
    }

    /** Gives back what it holds; nothing is received or sent any more. */
    void close();
}
