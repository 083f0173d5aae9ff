package praline.node.net;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DatagramEngine;
import praline.node.engine.DatagramEngine.Verdict;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LinkPurpose;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/**
 * What a {@link TcpHost} is to an engine that answers datagrams on the node's UDP port. Several share the port: each
 * says by a {@link Claim} which datagrams are its own (spec/praline.md section 5).
 *
 * <pre>{@code
 * DatagramHost place = host.datagrams(tracker::claim);
 * place.install(tracker);
 * }</pre>
 *
 * <p>An address that has not proven itself is sent no more than three times the bytes that came from it, because
 * anybody can write a stranger's address on a datagram (spec/hardening.md R12).
 */
public final class DatagramHost implements Host<Bytes>, Sleeper {

    private final TcpHost tcp;
    private final Datagrams datagrams;
    private final Claim claim;
    private final RandomGenerator random;
    private @Nullable DatagramEngine<Bytes> engine;

    DatagramHost(TcpHost tcp, Datagrams datagrams, Claim claim, RandomGenerator random) {
        this.tcp = tcp;
        this.datagrams = datagrams;
        this.claim = claim;
        this.random = random;
    }

    /** Says whose a datagram is; quick, and changes nothing. */
    @FunctionalInterface
    public interface Claim {
        Verdict of(Endpoint from, Bytes datagram);
    }

    /** Gives this place to {@code installed}, once, and starts it. */
    public void install(DatagramEngine<Bytes> installed) {
        tcp.run(() -> {
            if (engine != null) {
                throw new IllegalStateException("these datagrams have their engine already");
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

    /** Fails: there are no links here. */
    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        throw new IllegalStateException("an engine of datagrams cannot dial " + to);
    }

    @Override
    public long submit(Job job) {
        return tcp.submit(job, installedEngine());
    }

    @Override
    public boolean sendTo(Endpoint to, Bytes datagram) {
        return datagrams.answer(to, datagram);
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

    Verdict verdict(Endpoint from, Bytes datagram) {
        return engine == null ? Verdict.NOT_OURS : claim.of(from, datagram);
    }

    void deliver(Endpoint from, Bytes datagram) {
        installedEngine().onDatagram(from, datagram);
    }

    private DatagramEngine<Bytes> installedEngine() {
        if (engine == null) {
            throw new IllegalStateException("these datagrams have no engine yet");
        }
        return engine;
    }
}
