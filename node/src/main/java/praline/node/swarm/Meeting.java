package praline.node.swarm;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Timers;
import praline.node.swarm.SwarmListener.Obstacle;
import praline.node.swarm.TorrentStatus.Origin;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Hello;

/** Whom one torrent is linked with: who is dialled, who may stay, and who of two links between the same peers goes. */
final class Meeting {

    /** Our client, as peer ids name it (BEP 20). */
    private static final String CLIENT = "-GN0001-";

    private static final int PEER_ID_SIZE = 20;
    private static final int DIGITS = 62;

    private final Context context;
    private final Torrent torrent;
    private final KnownPeers known;
    private final Bytes peerId;
    private int dialling;
    /** Since when nobody is linked; NEVER: somebody is. */
    private long aloneSince;

    Meeting(Torrent torrent) {
        this.torrent = torrent;
        this.context = torrent.context();
        this.known = new KnownPeers(context.config, context.random(), context.dialRules);
        this.peerId = Bytes.ofUtf8(CLIENT + randomText());
        this.aloneSince = context.now();
    }

    /** What we are called in this torrent, for as long as we take part. */
    Bytes peerId() {
        return peerId;
    }

    int known() {
        return known.size();
    }

    void add(Endpoint peer, Origin origin) {
        add(peer, origin, null);
    }

    void add(Endpoint peer, Origin origin, @Nullable Endpoint teller) {
        if (!context.bans.isBanned(peer, context.now())) {
            known.add(peer, origin, teller, context.now());
        }
    }

    // ---- dialling

    /** Dials as many as there is room for. */
    void dial() {
        while (!torrent.isOver() && mayLink(dialling)) {
            Optional<Endpoint> next = known.nextToDial(context.now());
            if (next.isEmpty()) {
                return;
            }
            if (context.bans.isBanned(next.get(), context.now())) {
                known.forget(next.get());
            } else {
                dialling++;
                context.dial(torrent, next.get());
            }
        }
    }

    /** Dials whom it may, and sees to it that the others get their turn. */
    private void dialSoon() {
        dial();
        if (mayLink(dialling)) {
            context.watchAt(known.nextChance(context.now()));
        }
    }

    private boolean mayLink(int more) {
        return torrent.peers().size() + more < context.limits().linksPerTorrent()
                && context.links() + more < context.limits().links();
    }

    /** A dial was answered; {@code reached}: by a link. */
    void onDialled(Endpoint to, boolean reached) {
        dialling--;
        if (!reached) {
            known.onDialFailed(to, context.now());
            dialSoon();
        }
    }

    Origin originOf(Endpoint peer) {
        return known.origin(peer);
    }

    /** Whether somebody who dialled us may stay. */
    boolean mayEnter(Endpoint from) {
        if (!mayLink(0)) {
            context.limitHits.hit("limits.swarm.linksPerTorrent");
            return false;
        }
        return !context.bans.isBanned(from, context.now());
    }

    Hello hello() {
        return new Hello(Hello.OURS, torrent.infohash(), peerId);
    }

    void onLinked(Peer peer) {
        aloneSince = Timers.NEVER;
        if (peer.isEndpointKnown()) {
            known.onLinked(peer.endpoint());
        }
    }

    void onGone(Peer peer) {
        if (peer.isEndpointKnown() && !hasTwin(peer)) {
            boolean wasUseful = peer.down.total() + peer.up.total() > 0;
            if (peer.hadTwin && !wasUseful) {
                known.onTwinsLost(peer.endpoint(), context.now());
            } else {
                known.onUnlinked(peer.endpoint(), wasUseful, context.now());
            }
        }
        if (torrent.peers().isEmpty()) {
            aloneSince = context.now();
        }
        dialSoon();
    }

    private boolean hasTwin(Peer peer) {
        return torrent.peers().stream()
                .anyMatch(other -> other != peer && other.endpoint().equals(peer.endpoint()));
    }

    // ---- who is it?

    /** Their Hello has come. False: they cannot stay. */
    boolean onHello(Peer peer, Hello hello) {
        if (!hello.infohash().equals(torrent.infohash())) {
            return false;
        }
        if (hello.peerId().equals(peerId)) {
            known.forget(peer.endpoint());
            return false;
        }
        peer.greet(hello);
        return staysBesideTwin(peer);
    }

    /** It has told where it listens. */
    void onPort(Peer peer, int port) {
        peer.learnPort(port);
        if (context.bans.isBanned(peer.endpoint(), context.now())) {
            peer.close(CloseReason.REFUSED);
        } else if (staysBesideTwin(peer)) {
            known.add(peer.endpoint(), Origin.INBOUND, null, context.now());
            known.onLinked(peer.endpoint());
        }
    }

    /**
     * Of two links between the same two peers both ends keep the one whose initiator has the greater peer id; of two in
     * the same direction, the older (spec/bittorrent.md 13.8).
     */
    private boolean staysBesideTwin(Peer peer) {
        for (Peer other : torrent.peers()) {
            if (other != peer && other.isGreeted() && isSame(other, peer)) {
                boolean otherStays =
                        other.isDialled == peer.isDialled ? other.id < peer.id : other.isDialled == isOursGreater(peer);
                peer.hadTwin = true;
                other.hadTwin = true;
                (otherStays ? peer : other).close(CloseReason.OVER_LIMIT);
                return !otherStays;
            }
        }
        return true;
    }

    private static boolean isSame(Peer one, Peer other) {
        boolean isSameId = one.peerId().equals(other.peerId());
        boolean areBothKnown = one.isEndpointKnown() && other.isEndpointKnown();
        return isSameId || (areBothKnown && one.endpoint().equals(other.endpoint()));
    }

    private boolean isOursGreater(Peer peer) {
        return Arrays.compareUnsigned(peerId.toArray(), peer.peerId().toArray()) > 0;
    }

    // ---- time

    void keepAlive(Peer peer, long now) {
        if (now - peer.heardAt >= context.limits().silenceMillis()) {
            peer.close(CloseReason.SILENT);
        } else if (now - peer.saidAt >= context.limits().silenceMillis() / 2) {
            peer.say(new PeerMessage.KeepAlive());
        }
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        dial();
        long next = mayLink(dialling) ? known.nextChance(now) : Timers.NEVER;
        if (context.isFirewalled && torrent.isSeeding() && torrent.peers().isEmpty()) {
            torrent.announcing().wantPeers(); // nobody can come to us: those who want it are to be found by us
        }
        if (aloneSince == Timers.NEVER || torrent.isSeeding()) {
            return next;
        }
        long lonelyAt = aloneSince + context.limits().lonelyMillis();
        if (now < lonelyAt) {
            return Math.min(next, lonelyAt);
        }
        torrent.tell(Obstacle.NO_PEER, "nobody who has it can be reached; still looking");
        torrent.announcing().wantPeers();
        return next;
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        while (CLIENT.length() + text.length() < PEER_ID_SIZE) {
            int digit = context.random().nextInt(DIGITS);
            text.append((char) (digit < 10 ? '0' + digit : digit < 36 ? 'A' + digit - 10 : 'a' + digit - 36));
        }
        return text.toString();
    }
}
