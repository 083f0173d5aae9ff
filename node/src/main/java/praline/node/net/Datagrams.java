package praline.node.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.DatagramEngine.Verdict;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/**
 * The node's UDP port, which has the number of its TCP port. What comes is an answer to an announce of ours, or one of
 * the engines claims it, or it is dropped. So is what is longer than any protocol here needs, and what comes too often
 * from one address; one that floods is not heard for a while (spec/hardening.md W14, R12).
 */
final class Datagrams {

    private static final Logger LOG = LoggerFactory.getLogger(Datagrams.class);
    /** Bytes that may go to an address for each that came from it, as in QUIC. */
    private static final int AMPLIFICATION = 3;
    /** So many times the rate is a flood. */
    private static final int FLOOD_FACTOR = 10;
    /** As long as a tracker's connection id is good. */
    private static final long PROVEN_MILLIS = 120_000;

    private final TcpHost host;
    private final Vertx vertx;
    private final NetLimits.Net limits;
    private final long perSecond;
    private final LimitHits hits;
    private final List<DatagramHost> places = new ArrayList<>(1);
    private final Map<Endpoint, Sender> senders;
    private @Nullable DatagramSocket socket;
    private @Nullable OwnAnswers answers;

    Datagrams(TcpHost host, Vertx vertx, Profile profile) {
        this.host = host;
        this.vertx = vertx;
        this.limits = host.limits();
        this.perSecond = (long) limits.datagrams() * NetLimits.Net.rateFactor(profile);
        this.hits = host.hits();
        this.senders = new LinkedHashMap<>(4, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Endpoint, Sender> eldest) {
                return size() > limits.addresses();
            }
        };
    }

    /** Knows answers to what this node itself has asked. */
    interface OwnAnswers {

        /** Takes {@code datagram} if it is one. */
        boolean take(Endpoint from, Bytes datagram);
    }

    /** What one address did lately. */
    private static final class Sender {
        private final Rate rate;
        private final Rate flood;
        private long blockedUntil = Long.MIN_VALUE;
        private long provenUntil = Long.MIN_VALUE;
        private long credit;

        Sender(long perSecond, long now) {
            this.rate = Rate.perSecond(perSecond, 2 * perSecond, now);
            this.flood = Rate.perSecond(FLOOD_FACTOR * perSecond, FLOOD_FACTOR * perSecond, now);
        }
    }

    /** Binds the port; fails when another process has it. */
    Future<?> open(Endpoint at) {
        DatagramSocket opened = vertx.createDatagramSocket(new DatagramSocketOptions());
        opened.handler(packet -> host.run(() -> onPacket(packet)));
        opened.exceptionHandler(error -> LOG.debug("UDP on {}: {}", at, error.toString()));
        return opened.listen(at.port(), at.host())
                .onSuccess(bound -> socket = bound)
                .onFailure(taken -> opened.close());
    }

    /** Gives the port back; completes when it is free. */
    Future<Void> close() {
        return socket == null ? Future.succeededFuture() : socket.close();
    }

    void add(DatagramHost place) {
        places.add(place);
    }

    void ownAnswers(OwnAnswers own) {
        answers = own;
    }

    /** Sends on this node's own account; false: there is no port to send from. */
    boolean send(Endpoint to, Bytes datagram) {
        if (socket == null || datagram.size() >= limits.datagramSize()) {
            return false;
        }
        socket.send(Buffer.buffer(datagram.toArray()), to.port(), to.host())
                .onFailure(lost -> LOG.debug("UDP to {}: {}", to, lost.toString()));
        return true;
    }

    /** Sends to somebody who may have asked for it; false also when that would be more than fits to what he sent. */
    boolean answer(Endpoint to, Bytes datagram) {
        Sender sender = senders.get(to.withPort(0));
        if (sender == null || (sender.provenUntil < host.now() && sender.credit < datagram.size())) {
            hits.hit("limits.net.datagrams");
            return false;
        }
        sender.credit -= Math.min(sender.credit, datagram.size());
        return send(to, datagram);
    }

    private void onPacket(DatagramPacket packet) {
        // The socket's buffer is as long as that, so one that fills it may have been longer.
        if (packet.data().length() >= limits.datagramSize()) {
            hits.hit("limits.net.datagramSize");
            return;
        }
        Endpoint from = Sockets.endpoint(packet.sender());
        Bytes datagram = Bytes.copyOf(packet.data().getBytes());
        if (answers != null && answers.take(from, datagram)) {
            return;
        }
        Sender sender = senders.computeIfAbsent(from.withPort(0), address -> new Sender(perSecond, host.now()));
        if (isTooMuch(sender)) {
            hits.hit("limits.net.datagrams");
            return;
        }
        for (DatagramHost place : places) {
            Verdict verdict = place.verdict(from, datagram);
            if (verdict != Verdict.NOT_OURS) {
                credit(sender, verdict, datagram.size());
                place.deliver(from, datagram);
                return;
            }
        }
    }

    private boolean isTooMuch(Sender sender) {
        long now = host.now();
        if (!sender.flood.take(now)) {
            sender.blockedUntil = now + limits.datagramBlockMillis();
        }
        return now < sender.blockedUntil || !sender.rate.take(now);
    }

    /** What is not used up at once is lost, so that nobody saves up for a large answer. */
    private void credit(Sender sender, Verdict verdict, int size) {
        sender.credit = (long) AMPLIFICATION * size;
        if (verdict == Verdict.PROVEN) {
            sender.provenUntil = host.now() + PROVEN_MILLIS;
        }
    }
}
