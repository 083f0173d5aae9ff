package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Iterator;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.bittorrent.AllowedFastSet;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;

/** The giving side of one torrent: who is unchoked, and what they ask for. */
final class Giving {

    /** Requests without sense after which a peer is taken for broken (spec/bittorrent.md 5.6). */
    private static final int BAD_REQUESTS_MOST = 10;

    /** Requests of a choked peer after which it is taken for broken, once it must have heard (spec/hardening.md S5). */
    private static final int CHOKED_REQUESTS_MOST = 300;

    private static final int CHOKED_GRACE_MILLIS = 2_000;

    /** A request may be as long as this; longer than a block it is refused, beyond this it has no sense. */
    private static final int LENGTH_MOST = 131_072;

    /** Pieces that somebody who has next to nothing may have without being unchoked (libtorrent: 5). */
    private static final int ALLOWED_FAST = 5;

    private final Context context;
    private final Torrent torrent;
    private Choker choker;
    /** Bytes of each piece that have left us; no array before the first one. */
    private long[] given = {};

    private long total;

    Giving(Torrent torrent, boolean isSeeding) {
        this.context = torrent.context();
        this.torrent = torrent;
        this.choker = Choker.of(context.config, isSeeding, context.random());
    }

    /** From here on everything is had. */
    void becomeSeed() {
        choker = Choker.of(context.config, true, context.random());
    }

    /** Payload bytes given. */
    long total() {
        return total;
    }

    /** Bytes of a piece that have left us, to whomever. */
    long given(int piece) {
        return given.length == 0 ? 0 : given[piece];
    }

    void onGiven(Request request) {
        if (given.length == 0) {
            given = new long[torrent.pieceCount()];
        }
        given[request.piece()] += request.length();
        total += request.length();
    }

    // ---- who is unchoked

    /** A round is over. */
    void round(long now) {
        apply(choker.round(now, candidates(now)), now);
    }

    /** Somebody became interested, or left: free slots are given at once. */
    void fillSlots() {
        if (isSlotAwaited()) {
            long now = context.now();
            apply(choker.fill(now, candidates(now)), now);
        }
    }

    /**
     * Whether somebody waits for a slot and there is one: asked before anybody is weighed, because interest changes
     * with every piece.
     */
    private boolean isSlotAwaited() {
        int free = context.config.slots() + context.config.optimisticSlots();
        boolean isAwaited = false;
        for (Peer peer : torrent.peers()) {
            if (peer.hasOurMap && peer.isInterested) {
                isAwaited |= peer.isChoked;
                free -= peer.isChoked ? 0 : 1;
            }
        }
        return isAwaited && free > 0;
    }

    private ImmutableList<Choker.Candidate> candidates(long now) {
        ImmutableList.Builder<Choker.Candidate> all = ImmutableList.builder();
        for (Peer peer : torrent.peers()) {
            if (peer.hasOurMap) {
                all.add(new Choker.Candidate(
                        peer.id,
                        peer.isInterested,
                        peer.isSnubbed(),
                        !peer.isChoked,
                        peer.unchokedAt,
                        peer.connectedAt,
                        peer.down.rate(now, RateMeter.SECONDS),
                        peer.up.rate(now, RateMeter.SECONDS),
                        !peer.wanted.isEmpty()));
            }
        }
        return all.build();
    }

    private void apply(ImmutableSet<Integer> unchoked, long now) {
        for (Peer peer : torrent.peers()) {
            if (!peer.isChoked && !unchoked.contains(peer.id)) {
                choke(peer, now);
            }
        }
        for (Peer peer : torrent.peers()) {
            if (peer.isChoked && unchoked.contains(peer.id) && context.mayUnchoke()) {
                context.countUnchoked(1);
                peer.isChoked = false;
                peer.unchokedAt = now;
                peer.servedAt = now;
                peer.say(Signal.UNCHOKE);
            }
        }
    }

    /** With the Fast extension what is not going to be answered is rejected, after the choke. */
    private void choke(Peer peer, long now) {
        context.countUnchoked(-1);
        peer.isChoked = true;
        peer.chokedAt = now;
        peer.say(Signal.CHOKE);
        for (Iterator<Request> queue = peer.wanted.iterator(); queue.hasNext(); ) {
            Request request = queue.next();
            if (!peer.mayHaveFast(request.piece())) {
                queue.remove();
                reject(peer, request);
            }
        }
        context.uplink.remove(peer);
        context.uplink.offer(peer);
    }

    // ---- what is asked of us

    void onInterested(Peer peer) {
        if (peer.isInterested) {
            return;
        }
        peer.isInterested = true;
        allowFast(peer);
        fillSlots();
    }

    void onNotInterested(Peer peer) {
        if (peer.isInterested) {
            peer.isInterested = false;
            fillSlots();
        }
    }

    /**
     * Something for a newcomer to begin with. The set follows from its network: where all peers are of one network, all
     * would fetch the same pieces from the only seed, so there nothing is granted.
     */
    private void allowFast(Peer peer) {
        boolean mayBe = peer.isFast() && peer.pieces().size() < ALLOWED_FAST && peer.grantedFast == null;
        if (!mayBe || context.config.profile() != Profile.INTERNET) {
            return;
        }
        PieceSet granted = new PieceSet(torrent.pieceCount());
        peer.grantedFast = granted;
        for (int piece :
                AllowedFastSet.of(peer.link.remote(), torrent.infohash(), torrent.pieceCount(), ALLOWED_FAST)) {
            granted.add(piece);
            peer.say(new PeerMessage.AllowedFast(piece));
        }
    }

    void onRequest(Peer peer, Request request) {
        if (!isSensible(request)) {
            context.limitHits.hit("limits.swarm.requests");
            reject(peer, request);
            if (++peer.badRequests > BAD_REQUESTS_MOST) {
                peer.close(CloseReason.PROTOCOL_ERROR);
            }
            return;
        }
        boolean isServed =
                request.length() <= PeerMessage.BLOCK && torrent.had().has(request.piece());
        if (!isServed || peer.wanted.size() >= context.limits().requests()) {
            reject(peer, request);
        } else if (peer.isChoked && !peer.mayHaveFast(request.piece())) {
            onChokedRequest(peer, request);
        } else {
            peer.wanted.add(request);
            context.uplink.offer(peer);
            context.uplink.give();
        }
    }

    private boolean isSensible(Request request) {
        return request.piece() >= 0
                && request.piece() < torrent.pieceCount()
                && request.begin() >= 0
                && request.length() > 0
                && request.length() <= LENGTH_MOST
                && request.begin() <= torrent.pieceSize(request.piece()) - request.length();
    }

    private void onChokedRequest(Peer peer, Request request) {
        boolean mustKnow = context.now() - peer.chokedAt > CHOKED_GRACE_MILLIS;
        reject(peer, request);
        if (mustKnow && ++peer.chokedRequests > CHOKED_REQUESTS_MOST) {
            peer.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    void onCancel(Peer peer, PeerMessage.Cancel cancel) {
        Request request = new Request(cancel.piece(), cancel.begin(), cancel.length());
        if (peer.wanted.remove(request)) {
            if (peer.wanted.isEmpty()) {
                context.uplink.remove(peer);
            }
            reject(peer, request);
        }
    }

    void onGone(Peer peer) {
        peer.wanted.clear();
        context.uplink.remove(peer);
        if (!peer.isChoked) {
            context.countUnchoked(-1);
            fillSlots();
        }
    }

    /** Of one that has not the Fast extension nothing is said: what is not answered is void with the choke. */
    private static void reject(Peer peer, Request request) {
        if (peer.isFast()) {
            peer.say(new PeerMessage.Reject(request.piece(), request.begin(), request.length()));
        }
    }
}
