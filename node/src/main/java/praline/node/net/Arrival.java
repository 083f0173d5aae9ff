package praline.node.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import praline.node.net.ArrivalGate.Visit;
import praline.protocol.Endpoint;
import praline.protocol.FirstBytes;

/**
 * An inbound connection that has not said yet which protocol it speaks. Its first bytes decide, once and for all
 * (spec/praline.md section 5); one that says nothing in time, or something else, is closed without a word.
 */
final class Arrival {

    private final TcpHost host;
    private final NetSocket socket;
    private final Endpoint from;
    private final long since;
    private final Buffer heard = Buffer.buffer(0);
    private @Nullable Visit visit;
    private long timer = TcpHost.NO_TIMER;
    private boolean over;

    Arrival(TcpHost host, NetSocket socket, Endpoint from) {
        this.host = host;
        this.socket = socket;
        this.from = from;
        this.since = host.now();
    }

    /** Starts to listen to it, once {@code admitted} by the gate. */
    void begin(Visit admitted) {
        visit = admitted;
        timer = host.after(host.limits().firstByteMillis(), () -> {
            host.hits().hit("limits.net.firstByteMillis");
            turnOut();
        });
        socket.handler(bytes -> host.run(() -> onBytes(bytes)));
        socket.exceptionHandler(reset -> host.run(this::turnOut));
        socket.closeHandler(closed -> host.run(this::turnOut));
        socket.resume();
    }

    /** Closes it without a word. */
    void turnOut() {
        if (!over) {
            end();
            leave();
        }
    }

    private void onBytes(Buffer bytes) {
        if (over) {
            return;
        }
        heard.appendBuffer(bytes);
        FirstBytes first = FirstBytes.of(ByteBuffer.wrap(heard.getBytes()));
        if (first == FirstBytes.UNDECIDED) {
            return;
        }
        end();
        EngineHost<?, ?> engine = host.speaker(first);
        if (engine == null) {
            leave();
            return;
        }
        socket.pause();
        long openingMillis = host.limits().handshakeMillis() - (host.now() - since);
        engine.connected(socket, from, visit, 0, heard, openingMillis);
    }

    private void end() {
        over = true;
        timer = host.cancelled(timer);
    }

    private void leave() {
        if (visit != null) {
            visit.left();
        }
        socket.close();
    }
}
