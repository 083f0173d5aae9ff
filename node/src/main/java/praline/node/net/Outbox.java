package praline.node.net;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Frames whose bytes lie on the disk wait here for their turn, and those behind wait too, unless they may overtake.
 * So many of them as the protocol reads in one go are read when no more than that is on its way to the system. So a
 * slow reader costs two such batches, and for a fast one the disk works while the socket does.
 *
 * @param <M> the frames
 */
final class Outbox<M> {

    /** What an outbox asks of its link. */
    interface Port {

        /**
         * Something that had been queued has gone out. Has {@code count} run, which makes room by as much, as an event
         * of its own: the room does not grow while an engine is at work.
         */
        void onProgress(Runnable count);

        /**
         * Has {@code reading} done by a worker; {@code then} gets the bytes, which it has to release, or null if they
         * cannot be read.
         */
        void read(FrameCodec.Reading reading, Consumer<@Nullable ByteBuf> then);

        /** What was promised cannot be read. */
        void onUnreadable();
    }

    private static final int WRITE_SIZE = 32 * 1024;

    private final NetSocket socket;
    private final FrameCodec<M> codec;
    private final Protocol.Sending sending;
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

    /** {@code overdraft}: bytes beyond the budget for control frames. */
    Outbox(NetSocket socket, FrameCodec<M> codec, Protocol.Sending sending, int overdraft, Port port) {
        this.socket = socket;
        this.codec = codec;
        this.sending = sending;
        this.overdraft = overdraft;
        this.port = port;
    }

    int room() {
        return Math.max(0, sending.budget() - queued());
    }

    /** Bytes offered that the operating system has not taken yet. */
    int queued() {
        return waitingSize + encodedSize + underWaySize;
    }

    /** Queues {@code frame}, to be written by the next {@link #flush}; false: the budget does not hold it. */
    boolean offer(M frame) {
        int size = codec.sizeOf(frame);
        int most = codec.isControl(frame) ? sending.budget() + overdraft : sending.budget();
        if (size > most - queued()) {
            refused = true;
            return false;
        }
        boolean isNext = waiting.isEmpty() || codec.mayOvertake(frame);
        if (isNext && !codec.isStored(frame)) {
            codec.send(frame);
            encodedSize += size;
        } else {
            waiting.add(frame);
            waitingSize += size;
        }
        return true;
    }

    /**
     * Whether what waits to be written fills a write of its own. Waiting for the end of the turn would save nothing
     * then, and many links that are read in one turn would fill the budget of a link whose other end reads all the
     * time.
     */
    boolean isWorthAWrite() {
        return encodedSize >= WRITE_SIZE;
    }

    /** Whether an offer was refused and half of the budget is free again; true once for each time of being full. */
    boolean takeRelief() {
        if (!refused || queued() > sending.budget() / 2) {
            return false;
        }
        refused = false;
        return true;
    }

    /** Writes what can be written. */
    void flush() {
        while (!isReading && !waiting.isEmpty()) {
            if (!codec.isStored(waiting.element())) {
                codec.send(takeWaiting());
            } else if (encodedSize + underWaySize <= sending.readAhead()) {
                readBatch();
            } else {
                break;
            }
        }
        writeEncoded();
    }

    private void readBatch() {
        List<M> batch = new ArrayList<>();
        int size = 0;
        for (M frame : waiting) {
            size += codec.sizeOf(frame);
            boolean isTooMuch = !batch.isEmpty() && size > sending.readAhead();
            if (isTooMuch || !codec.isStored(frame)) {
                break;
            }
            batch.add(frame);
        }
        isReading = true;
        port.read(codec.reading(batch), bytes -> onRead(batch.size(), bytes));
    }

    private void onRead(int frameCount, @Nullable ByteBuf bytes) {
        isReading = false;
        if (bytes == null) {
            port.onUnreadable();
            return;
        }
        writeEncoded();
        for (int i = 0; i < frameCount; i++) {
            takeWaiting();
        }
        written(((NetSocketInternal) socket).writeMessage(bytes));
        flush();
    }

    private void writeEncoded() {
        if (encodedSize > 0) {
            written(socket.write(Buffer.buffer(codec.takeOutgoing())));
        }
    }

    /** What was encoded or read is on its way to the system. */
    private void written(Future<Void> write) {
        int charge = encodedSize;
        encodedSize = 0;
        underWaySize += charge;
        write.onComplete(done -> port.onProgress(() -> underWaySize -= charge));
    }

    private M takeWaiting() {
        M taken = waiting.remove();
        int size = codec.sizeOf(taken);
        waitingSize -= size;
        encodedSize += size;
        return taken;
    }
}
