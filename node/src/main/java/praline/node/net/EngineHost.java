package praline.node.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;

/**
 * What a {@link TcpHost} is to one of its engines: the clock and the port are shared, the stream of chance and the
 * protocol are the engine's own.
 *
 * @param <M> what the engine sends and receives on its links
 * @param <D> what it sends by datagram
 */
public final class EngineHost<M, D> implements Host<D>, Sleeper {

    private final TcpHost tcp;
    private final Protocol<M> protocol;
    private final RandomGenerator random;
    private @Nullable LinkEngine<M> engine;

    EngineHost(TcpHost tcp, Protocol<M> protocol, RandomGenerator random) {
        this.tcp = tcp;
        this.protocol = protocol;
        this.random = random;
    }

    /**
     * Gives this place to {@code installed}, once, and starts it. Connections for its protocol are taken from here on.
     */
    public void install(LinkEngine<M> installed) {
        tcp.run(() -> {
            if (engine != null) {
                throw new IllegalStateException(protocol.purpose() + " has its engine already");
            }
            engine = installed;
            installed.onStart();
        });
    }

    @Override
    public long now() {
        return tcp.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        if (purpose != protocol.purpose() && purpose != LinkPurpose.PROBE) {
            throw new IllegalArgumentException(protocol.purpose() + " cannot dial for " + purpose);
        }
        return tcp.dial(to, this);
    }

    @Override
    public long submit(Job job) {
        return tcp.submit(job, installedEngine());
    }

    /** Always false: none of the protocols that this host carries has datagrams. */
    @Override
    public boolean sendTo(Endpoint to, D datagram) {
        return false;
    }

    TcpHost tcp() {
        return tcp;
    }

    Protocol<M> protocol() {
        return protocol;
    }

    boolean hasEngine() {
        return engine != null;
    }

    @Override
    public long nextWake() {
        return engine == null ? Long.MAX_VALUE : engine.nextWake();
    }

    @Override
    public void wakeIfDue(long now) {
        if (engine != null && engine.nextWake() <= now) {
            engine.onWake();
        }
    }

    /** A connection that speaks this protocol stands. */
    void connected(
            NetSocket socket,
            Endpoint remote,
            ArrivalGate.@Nullable Visit visit,
            long ticket,
            @Nullable Buffer early,
            long openingMillis) {
        TcpLink<M> link = new TcpLink<>(this, installedEngine(), socket, remote, visit);
        tcp.remember(link);
        link.open(ticket, early, openingMillis);
    }

    void dialFailed(long ticket, DialFailure why) {
        installedEngine().onDialFailed(ticket, why);
    }

    private LinkEngine<M> installedEngine() {
        if (engine == null) {
            throw new IllegalStateException(protocol.purpose() + " has no engine yet");
        }
        return engine;
    }
}
