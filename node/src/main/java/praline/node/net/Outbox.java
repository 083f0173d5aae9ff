package praline.node.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * What one link still has to send. Frames of one turn of the event loop are collected and written at once: with one
 * write for each small message the socket takes a tenth of them.
 *
 * <p>Vert.x takes what it is given and keeps it in memory for a reader that never reads, so this is where the budget of
 * a link holds: its frames count, by their uncompressed size, from the moment they are offered until the operating
 * system has taken them (spec/hardening.md C5).
 *
 * @param <M> the frames
 */
final class Outbox<M> {

    private final NetSocket socket;
    private final FrameCodec<M> codec;
    private final int budget;
    private final int overdraft;
    private final Runnable onProgress;
    private int collected;
    private int underWay;
    private boolean refused;

    /**
     * @param budget bytes that may be queued
     * @param overdraft bytes more for control frames
     * @param onProgress runs when something that had been queued has gone out
     */
    Outbox(NetSocket socket, FrameCodec<M> codec, int budget, int overdraft, Runnable onProgress) {
        this.socket = socket;
        this.codec = codec;
        this.budget = budget;
        this.overdraft = overdraft;
        this.onProgress = onProgress;
    }

    int room() {
        return Math.max(0, budget - queued());
    }

    /** Bytes offered that the operating system has not taken yet. */
    int queued() {
        return collected + underWay;
    }

    /** Queues {@code frame}, to be written by the next {@link #flush}; false: the budget does not hold it. */
    boolean offer(M frame) {
        int size = codec.sizeOf(frame);
        int most = codec.isControl(frame) ? budget + overdraft : budget;
        if (size > most - queued()) {
            refused = true;
            return false;
        }
        codec.send(frame);
        collected += size;
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

    /** Writes what was offered since the last time. */
    void flush() {
        int charge = collected;
        if (charge == 0) {
            return;
        }
        collected = 0;
        underWay += charge;
        socket.write(Buffer.buffer(codec.takeOutgoing())).onComplete(done -> {
            underWay -= charge;
            onProgress.run();
        });
    }
}
