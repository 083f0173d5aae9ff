package praline.node.net;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.engine.JobResult;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.TrackerUrl;
import praline.protocol.bittorrent.UdpTrackerCodec;
import praline.protocol.bittorrent.UdpTrackerReply;
import praline.protocol.bittorrent.UdpTrackerRequest;
import praline.protocol.text.RemoteText;

/**
 * Announces over UDP (BEP 15; spec/bittorrent.md 8.5): first a connection id, then the announce. Datagrams get lost, so
 * each is sent again after 15 s, 30 s and so on, until a minute has passed. An answer counts when it comes from the
 * tracker and repeats a number that only it was told.
 */
final class UdpAnnounces implements Datagrams.OwnAnswers {

    /** How long a connection id may be used. */
    private static final long CONNECTION_MILLIS = 60_000;

    private static final int TRANSACTION_AT = Integer.BYTES;

    private final TcpHost host;
    private final Trackers trackers;
    private final Datagrams datagrams;
    private final WireLimits wire;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Asking> byTransaction = new LinkedHashMap<>(4);
    private final Map<Endpoint, Connection> connections;

    UdpAnnounces(TcpHost host, Trackers trackers, HostConfig config, Datagrams datagrams) {
        this.host = host;
        this.trackers = trackers;
        this.datagrams = datagrams;
        this.wire = config.wire();
        this.connections = new LinkedHashMap<>(4) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Endpoint, Connection> eldest) {
                return size() > host.limits().announces();
            }
        };
        datagrams.ownAnswers(this);
    }

    private record Connection(long id, long until) {}

    void announce(TrackerUrl url, AnnounceRequest request, Consumer<JobResult> answer) {
        trackers.locate(
                url,
                there -> {
                    if (trackers.mayAsk(url, there)) {
                        new Asking(there, request, answer).send();
                    } else {
                        answer.accept(Trackers.failed("a tracker at " + there + " is not asked"));
                    }
                },
                why -> answer.accept(Trackers.failed(why)));
    }

    @Override
    public boolean take(Endpoint from, Bytes datagram) {
        if (datagram.size() < TRANSACTION_AT + Integer.BYTES) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram.toArray());
        Asking asking = byTransaction.get(bytes.getInt(TRANSACTION_AT));
        if (asking == null || !asking.tracker.equals(from)) {
            return false;
        }
        if (UdpTrackerCodec.decodeReply(bytes, !from.isIpv4(), wire)
                instanceof Decoded.Complete<UdpTrackerReply> complete) {
            asking.onReply(complete.message());
        }
        return true;
    }

    /** One announce on its way. */
    private final class Asking {

        private final Endpoint tracker;
        private final AnnounceRequest request;
        private final Consumer<JobResult> answer;
        private final long giveUpAt = host.now() + host.limits().udpTrackerGiveUpMillis();
        private long patienceMillis = host.limits().udpTrackerMillis();
        private int transaction;
        private @Nullable Connection used;
        /** The connection id that is used was given to this announce. */
        private boolean isFresh;

        private long timer = TcpHost.NO_TIMER;

        Asking(Endpoint tracker, AnnounceRequest request, Consumer<JobResult> answer) {
            this.tracker = tracker;
            this.request = request;
            this.answer = answer;
        }

        void send() {
            forget();
            Connection known = connections.get(tracker);
            used = known != null && host.now() < known.until ? known : null;
            do {
                transaction = random.nextInt();
            } while (byTransaction.putIfAbsent(transaction, this) != null);
            UdpTrackerRequest message = used == null
                    ? new UdpTrackerRequest.Connect(transaction)
                    : new UdpTrackerRequest.Announce(used.id, transaction, request);
            ByteBuffer out = ByteBuffer.allocate(message.wireSize());
            UdpTrackerCodec.encode(message, out);
            if (!datagrams.send(tracker, Bytes.copyOf(out.array()))) {
                end(Trackers.failed("this node's UDP port is taken by another program"));
                return;
            }
            timer = host.after(Math.min(patienceMillis, giveUpAt - host.now()), this::onSilence);
        }

        void onReply(UdpTrackerReply reply) {
            if (reply instanceof UdpTrackerReply.Connected connected && used == null) {
                connections.remove(tracker);
                connections.put(tracker, new Connection(connected.connectionId(), host.now() + CONNECTION_MILLIS));
                isFresh = true;
                send();
            } else if (reply instanceof UdpTrackerReply.Announced announced && used != null) {
                end(new JobResult.Announced(announced.reply()));
            } else if (reply instanceof UdpTrackerReply.Failed failed) {
                onRefusal(RemoteText.of(failed.reason()));
            }
        }

        /** A tracker that has started anew does not know the id that it gave before. */
        private void onRefusal(RemoteText reason) {
            if (used == null || isFresh) {
                end(Trackers.failed(reason.toString()));
            } else {
                connections.remove(tracker);
                send();
            }
        }

        private void onSilence() {
            timer = TcpHost.NO_TIMER;
            if (host.now() >= giveUpAt) {
                end(Trackers.failed("the tracker does not answer"));
            } else {
                patienceMillis *= 2;
                send();
            }
        }

        private void end(JobResult result) {
            forget();
            answer.accept(result);
        }

        private void forget() {
            byTransaction.remove(transaction, this);
            timer = host.cancelled(timer);
        }
    }
}
