package praline.node.net;

import java.nio.ByteBuffer;
import praline.protocol.Decoded;

/**
 * Between the frames of one link and its bytes. Sees both directions, in their order, and learns from the opening
 * frames how far the conversation has come.
 *
 * @param <M> the frames
 */
interface FrameCodec<M> {

    /** Takes all of {@code chunk}, which arrived. */
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

    /** The bytes of everything sent since the last time. */
    byte[] takeOutgoing();

    /**
     * Whether the other end owes us something that has to come soon: the rest of its handshake or of a request's head.
     */
    boolean awaitsOpening();

    /** Gives back what it holds; nothing is received or sent any more. */
    void close();
}
