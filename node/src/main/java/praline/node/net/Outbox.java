package praline.node.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one link still has to send. Frames of one turn of the event loop are collected and written at once: with one
 * write for each small message the socket takes a tenth of them.
 *
 * <p>Vert.x takes what it is given and keeps it in memory for a reader that never reads, so this is where the budget of
 * a link holds: its frames count, by their uncompressed size, from the moment they are offered until the operating
 * system has taken them (spec/hardening.md C5).
 *
 * <p>A frame whose bytes lie on the disk waits here for its turn, and all behind it wait too. It is read when no more
 * than one such frame is on its way to the system, so that a slow reader costs two of them and not its whole budget.
 *
 * @param <M> the frames
 */
final class Outbox<M> {

    /** Bytes on their way to the system with which the next part is read; parts are no larger than this. */
    private static final int READ_AHEAD = 16_384;

    /** What an outbox asks of its link. */
    interface Port {

        /** Something that had been queued has gone out. */
        void onProgress();

        /** Has {@code reading} done by a worker; {@code then} gets the bytes, or null if they cannot be read. */
        void read(FrameCodec.Reading reading, Consumer<byte @Nullable []> then);

        /** What was promised cannot be read. */
        void onUnreadable();
    }

    private final NetSocket socket;
    private final FrameCodec<M> codec;
    private final int budget;
    private final int overdraft;
    private final Port port;
    private final Queue<M> waiting = new ArrayDeque<>(0);
    /** Of what waits. */
    private int waitingSize;
    /** Of what the codec has and the socket not yet. */
    private int encodedSize;
    /** Of what the socket has and the system not yet. */
    private int underWaySize;

    private boolean isReading;
    private boolean refused;

    /**
     * @param budget bytes that may be queued
     * @param overdraft bytes more for control frames
     */
    Outbox(NetSocket socket, FrameCodec<M> codec, int budget, int overdraft, Port port) {
        this.socket = socket;
        this.codec = codec;
        this.budget = budget;
        this.overdraft = overdraft;
        this.port = port;
    }

    int room() {
        return Math.max(0, budget - queued());
    }

    /** Bytes offered that the operating system has not taken yet. */
    int queued() {
        return waitingSize + encodedSize + underWaySize;
    }

    /** Queues {@code frame}, to be written by the next {@link #flush}; false: the budget does not hold it. */
    boolean offer(M frame) {
        int size = codec.sizeOf(frame);
        int most = codec.isControl(frame) ? budget + overdraft : budget;
        if (size > most - queued()) {
            refused = true;
            return false;
        }
        if (waiting.isEmpty() && codec.reading(frame) == null) {
            codec.send(frame);
            encodedSize += size;
        } else {
            waiting.add(frame);
            waitingSize += size;
        }
        return true;
    }

    /** Whether an offer was refused and half of the budget is free again; true once for each time of being full. */
    boolean takeRelief() {
        if (!refused || queued() > budget / 2) {
            return false;
        }
        refused = false;
        return true;
    }

    /** Writes what can be written. */
    void flush() {
        encodeWaiting();
        int charge = encodedSize;
        if (charge == 0) {
            return;
        }
        encodedSize = 0;
        underWaySize += charge;
        socket.write(Buffer.buffer(codec.takeOutgoing())).onComplete(done -> {
            underWaySize -= charge;
            port.onProgress();
        });
    }

    private void encodeWaiting() {
        while (!isReading) {
            M next = waiting.peek();
            if (next == null) {
                return;
            }
            FrameCodec.Reading reading = codec.reading(next);
            if (reading == null) {
                codec.send(takeWaiting());
            } else if (encodedSize + underWaySize <= READ_AHEAD) {
                isReading = true;
                port.read(reading, this::onRead);
            } else {
                return;
            }
        }
    }

    private void onRead(byte @Nullable [] bytes) {
        isReading = false;
        takeWaiting();
        if (bytes == null) {
            port.onUnreadable();
        } else {
            codec.sendBytes(bytes);
            flush();
        }
    }

    private M takeWaiting() {
        M taken = waiting.remove();
        int size = codec.sizeOf(taken);
        waitingSize -= size;
        encodedSize += size;
        return taken;
    }
}
