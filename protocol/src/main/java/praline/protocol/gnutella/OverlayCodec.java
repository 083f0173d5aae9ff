package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.WireLimits;

/**
 * The bytes of one overlay link in both directions: handshake blocks first, descriptors afterwards, each direction
 * deflated if the blocks that passed say so (spec/gnutella.md section 2). No I/O and no clock; one thread.
 *
 * <pre>{@code
 * codec.receive(chunk);                                   // bytes from the socket, however they were cut
 * while (codec.next() instanceof Complete<OverlayFrame> c) {
 *     engine.onMessage(link, c.message());                // which may call codec.send
 * }
 * codec.send(frame);
 * socket.write(codec.takeOutgoing());                     // once per turn: this is where a deflated stream is flushed
 * }</pre>
 *
 * <p>Each block waits for the one before it: the connector greets, the acceptor answers, the connector confirms. Bytes
 * that do not wait are {@link Defect#TOO_EARLY}. After a refusal nothing is expected from either side.
 */
public final class OverlayCodec implements AutoCloseable {

    private static final String DEFLATE = "deflate";

    private enum Phase {
        WE_GREET,
        THEY_GREET,
        WE_ANSWER,
        THEY_ANSWER,
        WE_CONFIRM,
        THEY_CONFIRM,
        OPEN,
        REFUSED
    }

    private final WireLimits limits;
    private final ByteQueue arrived = new ByteQueue();
    private final ByteQueue inflated = new ByteQueue();
    private final ByteQueue toDeflate = new ByteQueue();
    private final ByteQueue outgoing = new ByteQueue();
    private Phase phase;
    private boolean weInflate;
    private boolean weDeflate;
    private boolean theyDeflate;
    private @Nullable LinkInflater inflater;
    private @Nullable LinkDeflater deflater;
    /** How much of the block under way was searched for ends of lines. */
    private int searched;
    /** Where its last line begins. */
    private int lineStart;

    private long plainBytes;
    private boolean closed;
    private Decoded.@Nullable Fatal<OverlayFrame> failure;

    private OverlayCodec(Phase phase, WireLimits limits) {
        this.phase = phase;
        this.limits = limits;
    }

    /** For the side that dialled: it sends the first block. */
    public static OverlayCodec connector(WireLimits limits) {
        return new OverlayCodec(Phase.WE_GREET, limits);
    }

    /** For the side that was dialled. */
    public static OverlayCodec acceptor(WireLimits limits) {
        return new OverlayCodec(Phase.THEY_GREET, limits);
    }

    /**
     * Takes all of {@code chunk}; what comes after a failure is dropped. Who does not call {@link #next} stops reading.
     */
    public void receive(ByteBuffer chunk) {
        if (closed || failure != null) {
            return;
        }
        if (inflater == null) {
            plainBytes += chunk.remaining();
        }
        arrived.add(chunk);
    }

    /**
     * The next frame of what was received. {@link Decoded.Partial}: receive more first. After {@link Decoded.Fatal},
     * which is repeated, the link is to be closed. At most one step is inflated beyond what the frame needs, so whoever
     * counts {@link #plainBytes()} between two calls can stop a bomb.
     */
    public Decoded<OverlayFrame> next() {
        if (failure != null) {
            return failure;
        }
        if (closed) {
            return new Decoded.Partial<>(1);
        }
        Decoded<OverlayFrame> next = nextFrame();
        if (next instanceof Decoded.Fatal<OverlayFrame> fatal) {
            failure = fatal;
        }
        return next;
    }

    /**
     * Queues {@code frame}; throws {@link IllegalStateException} for a frame that this moment of the handshake forbids.
     */
    public void send(OverlayFrame frame) {
        if (closed) {
            return;
        }
        if (frame instanceof Handshake block) {
            sendBlock(block);
        } else if (frame instanceof Message message) {
            sendMessage(message);
        }
    }

    /** All bytes to write to the socket, in order; empty when there are none. */
    public byte[] takeOutgoing() {
        if (deflater != null && !toDeflate.isEmpty()) {
            deflater.deflate(toDeflate, outgoing);
        }
        return outgoing.takeAll();
    }

    /** Bytes received so far as they count for budgets: inflated ones where the stream is deflated (W4). */
    public long plainBytes() {
        return plainBytes;
    }

    /** Heap that waiting bytes hold, in bytes: what the node's budget counts for this link (spec/hardening.md B4). */
    public int heldBytes() {
        return arrived.capacity() + inflated.capacity() + toDeflate.capacity() + outgoing.capacity();
    }

    /** Whether the handshake is complete on both sides. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Gives the memory of the compressed streams back; what arrives or is sent afterwards is dropped. */
    @Override
    public void close() {
        closed = true;
        arrived.clear();
        inflated.clear();
        toDeflate.clear();
        if (inflater != null) {
            inflater.close();
            inflater = null;
        }
        if (deflater != null) {
            deflater.close();
            deflater = null;
        }
    }

    private Decoded<OverlayFrame> nextFrame() {
        return switch (phase) {
            case THEY_GREET, THEY_ANSWER, THEY_CONFIRM -> nextBlock();
            case WE_GREET, WE_ANSWER, WE_CONFIRM, REFUSED ->
                arrived.isEmpty() ? new Decoded.Partial<>(1) : new Decoded.Fatal<>(Defect.TOO_EARLY, 0);
            case OPEN -> nextMessage();
        };
    }

    private Decoded<OverlayFrame> nextBlock() {
        if (!mayHoldABlock()) {
            return new Decoded.Partial<>(1);
        }
        ByteBuffer view = arrived.view();
        Decoded<Handshake> decoded = HandshakeCodec.decode(view, limits);
        if (!(decoded instanceof Decoded.Complete<Handshake> complete)) {
            return Decoded.widened(decoded);
        }
        arrived.advanceTo(view);
        searched = 0;
        lineStart = 0;
        return received(complete.message());
    }

    /** Decoding begins at the first byte of a block each time, so it is tried only when a line has ended since. */
    private boolean mayHoldABlock() {
        boolean isFirstLook = searched == 0;
        boolean lineEnded = false;
        ByteBuffer view = arrived.view();
        int size = arrived.size();
        for (; searched < size; searched++) {
            if (view.get(view.position() + searched) == '\n') {
                lineEnded = true;
                lineStart = searched + 1;
            }
        }
        return size > 0
                && (lineEnded
                        || isFirstLook
                        || size - lineStart > limits.handshake().line());
    }

    private Decoded<OverlayFrame> received(Handshake block) {
        boolean isGreeting = block.step() == Handshake.Step.GREETING;
        if (isGreeting != (phase == Phase.THEY_GREET)) {
            return new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 0);
        }
        theyDeflate = !isGreeting && block.headers().lists("Content-Encoding", DEFLATE);
        if (theyDeflate && !weInflate) {
            return new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 0);
        }
        phase = switch (phase) {
            case THEY_GREET -> Phase.WE_ANSWER;
            case THEY_ANSWER -> afterAnswer(block, Phase.WE_CONFIRM);
            default -> block.agrees() ? Phase.OPEN : Phase.REFUSED;
        };
        if (phase == Phase.OPEN) {
            opened();
        } else if (!arrived.isEmpty()) {
            return new Decoded.Fatal<>(Defect.TOO_EARLY, 0);
        }
        return new Decoded.Complete<>(block);
    }

    private void sendBlock(Handshake block) {
        boolean isGreeting = block.step() == Handshake.Step.GREETING;
        boolean isOurTurn = phase == Phase.WE_GREET || phase == Phase.WE_ANSWER || phase == Phase.WE_CONFIRM;
        if (!isOurTurn || isGreeting != (phase == Phase.WE_GREET)) {
            throw new IllegalStateException("no turn for " + block.step() + " in phase " + phase);
        }
        weInflate |= block.headers().lists("Accept-Encoding", DEFLATE);
        weDeflate = !isGreeting && block.headers().lists("Content-Encoding", DEFLATE);
        HandshakeCodec.encode(block, outgoing.space(block.wireSize()));
        phase = switch (phase) {
            case WE_GREET -> Phase.THEY_ANSWER;
            case WE_ANSWER -> afterAnswer(block, Phase.THEY_CONFIRM);
            default -> block.agrees() ? Phase.OPEN : Phase.REFUSED;
        };
        if (phase == Phase.OPEN) {
            opened();
        }
    }

    /** The old handshake of 0.4 ends with the answer. */
    private static Phase afterAnswer(Handshake answer, Phase confirmation) {
        if (!answer.agrees()) {
            return Phase.REFUSED;
        }
        return answer.version() == Handshake.Version.V0_4 ? Phase.OPEN : confirmation;
    }

    private void opened() {
        if (theyDeflate) {
            inflater = new LinkInflater(limits.deflate().step());
            plainBytes -= arrived.size();
        }
    }

    private Decoded<OverlayFrame> nextMessage() {
        ByteQueue source = inflater == null ? arrived : inflated;
        while (true) {
            ByteBuffer view = source.view();
            Decoded<Message> decoded = GnutellaCodec.decode(view, limits);
            if (!(decoded instanceof Decoded.Partial) || inflater == null || !inflater.mayHaveMore(arrived)) {
                source.advanceTo(view);
                return Decoded.widened(decoded);
            }
            try {
                plainBytes += inflater.inflate(arrived, inflated);
            } catch (Defective e) {
                return new Decoded.Fatal<>(e.defect, e.offset);
            }
        }
    }

    private void sendMessage(Message message) {
        if (phase != Phase.OPEN) {
            throw new IllegalStateException("a " + message.type() + " in phase " + phase);
        }
        if (weDeflate && deflater == null) {
            deflater = new LinkDeflater();
        }
        ByteQueue target = weDeflate ? toDeflate : outgoing;
        GnutellaCodec.encode(message, target.space(message.wireSize()));
    }
}
