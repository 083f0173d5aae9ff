package praline.node.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import praline.protocol.Decoded;

/**
 * Between the frames of one link and its bytes. Sees both directions, in their order, and learns from the opening
 * frames how far the conversation has come.
 *
 * @param <M> the frames
 */
interface FrameCodec<M> {

    /** Gets the bytes of a frame from where they lie; blocks. */
    interface Reading {
        byte[] bytes() throws IOException;
    }

    /** Takes all of {@code chunk}, which arrived; its bytes belong to the codec from here on. */
    void receive(ByteBuffer chunk);

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

    /** What a worker has to read before {@code frame} can be sent, in its place; null: nothing. */
    default @Nullable Reading reading(M frame) {
        return null;
    }

    /** Puts {@code bytes}, which were read for a frame, behind what was sent before. */
    default void sendBytes(byte[] bytes) {
        throw new IllegalStateException("nothing has to be read");
    }

    /** The bytes of everything sent since the last time. */
    byte[] takeOutgoing();

    /**
     * Whether the other end owes us something that has to come soon: the rest of its handshake or of a request's head.
     */
    boolean awaitsOpening();

    /** Gives back what it holds; nothing is received or sent any more. */
    void close();
}
