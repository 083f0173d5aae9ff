package praline.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Endpoint;

/**
 * One TCP connection in the hands of one engine: bytes into frames, a fair share of each turn, deadlines, and an end in
 * order.
 *
 * <p>A link is OPEN until either end closes it. CLOSING: what the engine sent still goes out, what arrives is thrown
 * away, so that the system does not answer unread bytes with a reset that would overtake our last words. CLOSED: the
 * engine has been told, and hears nothing more.
 *
 * @param <M> the frames
 */
final class TcpLink<M> implements Link<M>, NodeQueues.Holder {

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final TcpHost host;
    private final LinkEngine<M> engine;
    private final NetSocket socket;
    private final Endpoint remote;
    private final ArrivalGate.@Nullable Visit visit;
    private final FrameCodec<M> codec;
    private final Protocol<M> protocol;
    private final Outbox<M> outbox;
    private final Inflow inflow;
    private State state = State.OPEN;
    private CloseReason reason = CloseReason.REMOTE_CLOSED;
    /** The engine wants to read. */
    private boolean reading = true;
    /** The disk has too much to do. */
    private boolean held;
    /** The node has too much in its queues, and most of it here. */
    private boolean pressed;
    /** What the node's queues count for this link. */
    private int queuedBytes;
    /** The rest of the codec has its turn later. */
    private boolean continues;
    /** The socket has delivered everything and ended. */
    private boolean ended;

    private boolean flushing;
    private long openingTimer = TcpHost.NO_TIMER;
    private long stallTimer = TcpHost.NO_TIMER;
    private long closingTimer = TcpHost.NO_TIMER;
    private long progressAt;
    private long closeAtLast;
    private @Nullable Object attachment;

    TcpLink(
            EngineHost<M, ?> owner,
            LinkEngine<M> engine,
            NetSocket socket,
            Endpoint remote,
            ArrivalGate.@Nullable Visit visit) {
        this.host = owner.tcp();
        this.engine = engine;
        this.socket = socket;
        this.remote = remote;
        this.visit = visit;
        this.protocol = owner.protocol();
        this.codec = protocol.newCodec().make(visit == null);
        this.inflow = new Inflow(protocol.receiving().bytesPerSecond(), host.now());
        this.outbox =
                new Outbox<>(socket, codec, protocol.sending(), host.limits().overdraft(), new Sending());
    }

    /**
     * Begins: the engine hears of the link, then of what came on it.
     *
     * @param ticket of the dial, or 0
     * @param early what the socket had delivered already
     * @param openingMillis how long the other end has for what it owes
     */
    void open(long ticket, @Nullable Buffer early, long openingMillis) {
        if (protocol.receiving().isBulk()) {
            ((NetSocketInternal) socket)
                    .messageHandler(chunk -> host.run(() -> onChunk(chunk), () -> ReferenceCountUtil.release(chunk)));
        } else {
            socket.handler(bytes -> host.run(() -> onBytes(bytes)));
        }
        socket.exceptionHandler(error -> host.run(this::onReset));
        socket.endHandler(end -> host.run(this::onEnd));
        socket.closeHandler(closed -> host.run(this::onSocketClosed));
        if (visit != null) {
            visit.handOver(() -> close(CloseReason.OVER_LIMIT));
        }
        if (codec.awaitsOpening()) {
            openingTimer = host.after(openingMillis, this::onOpeningLate);
        }
        host.entered(this, () -> engine.onLinkOpen(this, ticket));
        if (early != null) {
            onBytes(early);
        } else if (isReading()) {
            socket.resume();
        }
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public int room() {
        return state == State.OPEN ? outbox.room() : 0;
    }

    @Override
    public boolean send(M message) {
        if (state != State.OPEN) {
            return false;
        }
        if (!outbox.offer(message)) {
            String budgetKey = protocol.sending().budgetKey();
            if (budgetKey != null) {
                host.hits().hit(budgetKey);
            }
            return false;
        }
        if (outbox.isWorthAWrite()) {
            outbox.flush();
        }
        flushSoon();
        return true;
    }

    @Override
    public void read(boolean on) {
        if (reading == on || state != State.OPEN) {
            return;
        }
        reading = on;
        readOrPause();
    }

    /** Stops reading, or goes on, because of the disk; for all links whose bytes become work for it. */
    void hold(boolean on) {
        if (protocol.receiving().isBulk() && held != on) {
            held = on;
            readOrPause();
        }
    }

    @Override
    public int queuedBytes() {
        return queuedBytes;
    }

    @Override
    public boolean isPressed() {
        return pressed;
    }

    @Override
    public void press(boolean on) {
        if (pressed != on) {
            pressed = on;
            readOrPause();
        }
    }

    @Override
    public void giveUp() {
        reason = CloseReason.OVER_LIMIT;
        cut();
    }

    /** Tells the node's queues what this link holds; once a turn is enough, for its own budget bounds it in between. */
    private void count() {
        int bytes = state == State.CLOSED ? 0 : outbox.queued() + codec.heldBytes();
        host.queues().changed(bytes - queuedBytes);
        queuedBytes = bytes;
    }

    private void readOrPause() {
        if (isReading()) {
            continueLater();
        } else {
            socket.pause();
        }
    }

    @Override
    public void close(CloseReason why) {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSING;
        reason = why;
        closeAtLast = host.now() + host.limits().stallMillis();
        closingTimer = host.after(host.limits().closeMillis(), this::onClosingLate);
        flushSoon();
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object newAttachment) {
        this.attachment = newAttachment;
    }

    /** Ends it at once, whatever is queued. */
    void cut() {
        Sockets.cut(socket);
        finish();
    }

    /** The end of a turn of the event loop: what was sent in it goes out. */
    void flush() {
        flushing = false;
        if (state == State.CLOSED) {
            return;
        }
        outbox.flush();
        count();
        watchOpening();
        if (state == State.CLOSING) {
            socket.resume();
            closeWhenSent();
        } else if (outbox.queued() > 0 && stallTimer == TcpHost.NO_TIMER) {
            progressAt = host.now();
            stallTimer = host.after(host.limits().stallMillis(), this::onStallTimer);
        }
    }

    /** Bytes in a buffer of the system, which goes back to it; the first ones come as those of other links do. */
    private void onChunk(Object chunk) {
        if (chunk instanceof ByteBuf bytes) {
            try {
                onBytes(bytes.nioBuffer());
                codec.keepRest();
            } finally {
                bytes.release();
            }
        } else {
            onBytes((Buffer) chunk);
        }
    }

    /** A view is enough: Vert.x has made this buffer for us. */
    private void onBytes(Buffer bytes) {
        onBytes(((BufferInternal) bytes).getByteBuf().nioBuffer());
    }

    private void onBytes(ByteBuffer bytes) {
        if (state != State.OPEN) {
            return;
        }
        codec.receive(bytes);
        if (!continues) {
            decode();
        }
    }

    /** Hands frames to the engine until no whole one is left, or the engine or the turn has had enough. */
    private void decode() {
        int messages = host.limits().turnMessages();
        int bytes = protocol.receiving().turnBytes();
        boolean mayHoldMore = true;
        while (mayHoldMore && messages > 0 && bytes > 0 && isReading() && state == State.OPEN) {
            Decoded<M> decoded = codec.next();
            mayHoldMore = !(decoded instanceof Decoded.Partial<M>);
            bytes -= handOn(decoded);
            messages--;
        }
        if (state != State.OPEN) {
            return;
        }
        if (!flushing) {
            count();
        }
        watchOpening();
        if (isReading()) {
            goOn(mayHoldMore);
        }
    }

    /** The engine wants to read, and disk and queues have room for what follows from it. */
    private boolean isReading() {
        return reading && !held && !pressed;
    }

    private void goOn(boolean mayHoldMore) {
        long pauseMillis = inflow.pauseMillis(codec.plainBytes(), host.now());
        if (pauseMillis > 0) {
            host.hits().hit("limits.net.inflow");
            socket.pause();
            continueAfter(pauseMillis);
        } else if (mayHoldMore) {
            socket.pause();
            continueLater();
        } else if (ended) {
            finish();
        } else {
            socket.resume();
        }
    }

    /** What the frame weighs in this turn: its uncompressed size. */
    private int handOn(Decoded<M> decoded) {
        if (decoded instanceof Decoded.Complete<M> complete) {
            int size = codec.sizeOf(complete.message());
            host.entered(this, () -> engine.onMessage(this, complete.message()));
            return size;
        }
        if (decoded instanceof Decoded.Malformed<M> malformed) {
            host.entered(this, () -> engine.onDefect(this, malformed.defect()));
        } else if (decoded instanceof Decoded.Fatal<M> fatal) {
            onFatal(fatal.defect());
        }
        return 0;
    }

    /** The engine may say a last word; what follows on the stream is read by nobody. */
    private void onFatal(Defect defect) {
        host.entered(this, () -> engine.onDefect(this, defect));
        close(CloseReason.PROTOCOL_ERROR);
    }

    private void continueLater() {
        if (!continues) {
            continues = true;
            host.later(this::continueReading);
        }
    }

    private void continueAfter(long millis) {
        continues = true;
        host.after(millis, this::continueReading);
    }

    private void continueReading() {
        continues = false;
        if (state == State.OPEN && isReading()) {
            decode();
        }
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            host.flushAtEndOfTurn(this);
        }
    }

    /** Keeps a deadline for what the other end owes, as long as it owes anything. */
    private void watchOpening() {
        boolean awaits = codec.awaitsOpening();
        if (awaits && openingTimer == TcpHost.NO_TIMER) {
            openingTimer = host.after(host.limits().handshakeMillis(), this::onOpeningLate);
        } else if (!awaits) {
            openingTimer = host.cancelled(openingTimer);
            if (visit != null) {
                visit.settled();
            }
        }
    }

    private final class Sending implements Outbox.Port {
        @Override
        public void onProgress(Runnable count) {
            host.run(() -> {
                count.run();
                TcpLink.this.onProgress();
            });
        }

        @Override
        public void read(FrameCodec.Reading frames, Consumer<@Nullable ByteBuf> then) {
            host.read(frames, bytes -> {
                if (state != State.CLOSED) {
                    then.accept(bytes);
                } else if (bytes != null) {
                    bytes.release();
                }
            });
        }

        /** The other end waits for bytes that will not come; only the end of the connection tells it so. */
        @Override
        public void onUnreadable() {
            reason = CloseReason.RESET;
            cut();
        }
    }

    private void onOpeningLate() {
        openingTimer = TcpHost.NO_TIMER;
        host.hits().hit("limits.net.handshakeMillis");
        close(CloseReason.HANDSHAKE_TIMED_OUT);
    }

    private void onProgress() {
        progressAt = host.now();
        if (state != State.CLOSED) {
            outbox.flush();
            count();
        }
        if (state == State.CLOSING) {
            closeWhenSent();
        } else if (state == State.OPEN && outbox.takeRelief()) {
            host.entered(this, () -> engine.onWritable(this));
        }
    }

    private void onStallTimer() {
        stallTimer = TcpHost.NO_TIMER;
        if (state != State.OPEN || outbox.queued() == 0) {
            return;
        }
        long left = progressAt + host.limits().stallMillis() - host.now();
        if (left > 0) {
            stallTimer = host.after(left, this::onStallTimer);
            return;
        }
        host.hits().hit("limits.net.stallMillis");
        close(CloseReason.SLOW_READER);
        Sockets.cut(socket);
    }

    /** What ends a transfer may go out slowly, as the rest of it did; all else has its time and no more. */
    private void onClosingLate() {
        closingTimer = TcpHost.NO_TIMER;
        boolean isProgressing = host.now() - progressAt < host.limits().closeMillis();
        if (reason == CloseReason.FINISHED && isProgressing && host.now() < closeAtLast) {
            closingTimer = host.after(host.limits().closeMillis(), this::onClosingLate);
            return;
        }
        host.hits().hit("limits.net.closeMillis");
        Sockets.cut(socket);
    }

    private void closeWhenSent() {
        if (outbox.queued() == 0) {
            socket.close();
        }
    }

    private void onReset() {
        if (state == State.OPEN) {
            reason = CloseReason.RESET;
        }
    }

    /** Everything that the other end sent was delivered; some of it may wait in the codec for its turn. */
    private void onEnd() {
        ended = true;
        if (state != State.OPEN || !reading || !(continues || held || pressed)) {
            finish();
        }
    }

    /** The socket is gone. While the engine reads, what arrived before comes first, and then the end of it. */
    private void onSocketClosed() {
        if (state != State.OPEN || !reading) {
            finish();
        }
    }

    private void finish() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        codec.close();
        count();
        openingTimer = host.cancelled(openingTimer);
        stallTimer = host.cancelled(stallTimer);
        closingTimer = host.cancelled(closingTimer);
        // What waits in it comes now and is thrown away, so that its buffers go back.
        socket.resume();
        socket.close();
        if (visit != null) {
            visit.left();
        }
        host.entered(this, () -> engine.onLinkClosed(this, reason));
        // Last, because a host that is closing ends with its last link.
        host.forget(this);
    }
}
