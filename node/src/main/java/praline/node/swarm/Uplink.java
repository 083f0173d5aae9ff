package praline.node.swarm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.node.engine.TokenBucket;
import praline.protocol.bittorrent.PeerMessage.Request;

/**
 * Decides which block leaves this node next, all torrents together, and holds the rate.
 *
 * <p>Without a limit on the rate every peer gets blocks in turn, as fast as its link takes them. With one, the order is
 * what a swarm lives by:
 *
 * <ol>
 *   <li>a piece that one peer has got a part of is finished, because only whole pieces can be passed on; unless that
 *       would keep the others waiting for long;
 *   <li>then the piece of which the least has left us: a seed sends each piece once before any twice, and loses no time
 *       over it, because something is sent whenever anything is asked for (spec/bittorrent.md 12.4);
 *   <li>of peers that are equal in that, whoever waits longest; who waited too long comes first.
 * </ol>
 */
final class Uplink {

    /** A piece that takes longer than this to send is not finished before others get their turn. */
    private static final int PIECE_MILLIS_MOST = 500;

    /**
     * Nobody waits longer than this for a piece that others need more. It is time for one piece to each of many: with 2
     * s, a seed of 1 MB/s and 30 peers sent every fifth block in vain.
     */
    private static final int PATIENCE_MILLIS = 10_000;

    /** How far into the queue of one peer is looked for the best request. */
    private static final int LOOKED_AT = 8;

    /** Without a limit, how many blocks a peer gets in its turn. */
    private static final int TURN_BLOCKS = 8;

    private static final int MILLIS = 1_000;

    private final Context context;
    private final TokenBucket bucket;
    /** Peers with requests whose links take more. */
    private final Set<Peer> ready = new LinkedHashSet<>(4);

    private long rate;

    Uplink(Context context, long rate) {
        this.context = context;
        this.bucket = new TokenBucket(rate, context.now());
        this.rate = rate;
    }

    void setRate(long newRate) {
        rate = newRate;
        bucket.setRate(newRate, context.now());
        give();
    }

    /** A peer has requests, or its link takes more again. */
    void offer(Peer peer) {
        if (!peer.wanted.isEmpty()) {
            ready.add(peer);
        }
    }

    void remove(Peer peer) {
        ready.remove(peer);
    }

    /** Sends what may be sent now. */
    void give() {
        if (ready.isEmpty()) {
            return;
        }
        if (bucket.isUnlimited()) {
            giveInTurn();
        } else {
            giveByNeed();
        }
    }

    private void giveInTurn() {
        while (!ready.isEmpty()) {
            for (Peer peer : List.copyOf(ready)) {
                for (int i = 0; i < TURN_BLOCKS && ready.contains(peer); i++) {
                    give(peer, peer.wanted.element());
                }
            }
        }
    }

    private void giveByNeed() {
        long now = context.now();
        while (!ready.isEmpty()) {
            if (!bucket.isOpen(now)) {
                context.giveAt(bucket.openAt(now));
                return;
            }
            Peer best = null;
            Request request = null;
            long least = Long.MAX_VALUE;
            for (Peer peer : new ArrayList<>(ready)) {
                Request own = bestOf(peer, now);
                long need = own == null ? Long.MAX_VALUE : need(peer, own, now);
                boolean isBetter = need < least || (need == least && best != null && peer.servedAt < best.servedAt);
                if (own != null && isBetter) {
                    best = peer;
                    request = own;
                    least = need;
                }
            }
            if (best == null || request == null) {
                return;
            }
            give(best, request);
        }
    }

    private @Nullable Request bestOf(Peer peer, long now) {
        Request best = null;
        long least = Long.MAX_VALUE;
        int looked = 0;
        for (Request request : peer.wanted) {
            long need = need(peer, request, now);
            if (best == null || need < least) {
                best = request;
                least = need;
            }
            if (++looked >= LOOKED_AT) {
                return best;
            }
        }
        return best;
    }

    /** The less, the sooner it is sent. */
    private long need(Peer peer, Request request, long now) {
        Giving giving = peer.torrent().giving();
        boolean isBegun = peer.lastGiven == request.piece();
        if (isBegun && (long) peer.torrent().pieceSize(request.piece()) * MILLIS <= rate * PIECE_MILLIS_MOST) {
            return -2;
        }
        return now - peer.servedAt >= PATIENCE_MILLIS ? -1 : giving.given(request.piece());
    }

    private void give(Peer peer, Request request) {
        SwarmFrame.OwnBlock block =
                new SwarmFrame.OwnBlock(peer.torrent().infohash(), request.piece(), request.begin(), request.length());
        if (!context.send(peer.link, block)) {
            // It is offered again as soon as the link takes more.
            ready.remove(peer);
            return;
        }
        peer.wanted.remove(request);
        if (peer.wanted.isEmpty()) {
            ready.remove(peer);
        }
        long now = context.now();
        bucket.take(request.length());
        peer.servedAt = now;
        peer.saidAt = now;
        peer.lastGiven = request.piece();
        peer.up.add(request.length(), now);
        peer.torrent().giving().onGiven(request);
    }
}
