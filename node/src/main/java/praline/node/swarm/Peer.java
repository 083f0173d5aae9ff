package praline.node.swarm;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.text.RemoteText;

/** One link of one torrent, and all that is known of who is at its other end. */
final class Peer {

    /** No torrent has more (spec/hardening.md W12). */
    private static final int PIECES_MOST = 1 << 21;

    /** Grows with the time of linking. */
    final int id;

    final Link<SwarmFrame> link;
    final boolean isDialled;
    final TorrentStatus.Origin origin;
    final long connectedAt;

    private final Context context;
    private final Torrent torrent;

    /** Where it listens; until it says so, of one that dialled us, where it came from. */
    private Endpoint endpoint;

    private boolean isEndpointKnown;
    private @Nullable Hello hello;
    private PieceSet pieces;
    /** It was a seed when it first said what it has: the picker was told nothing. */
    private boolean isCountedAsSeed;
    /** What it said before the number of pieces was known. */
    private @Nullable PeerMessage earlyMap;

    private @Nullable PieceSet earlyHaves;

    final RateMeter down = new RateMeter();
    final RateMeter up = new RateMeter();
    private final Requests requests = new Requests();
    private final Pipeline pipeline = new Pipeline(down);
    /** What it asked for and waits for. */
    final Queue<PeerMessage.Request> wanted = new ArrayDeque<>(0);

    private @Nullable PieceSet allowedFast;

    boolean isChokingUs = true;
    boolean isChoked = true;
    boolean isInterested;
    boolean areWeInterested;
    boolean hasOurMap;
    /** There was another link between the two of us. */
    boolean hadTwin;

    private boolean isSnubbed;
    private boolean isOnParole;
    long unchokedAt;
    long chokedAt;
    long heardAt;
    long saidAt;
    /** When it last sent a block, or was first asked for one after it had nothing open. */
    long blockAt;
    /** When it last got a block, or was unchoked. */
    long servedAt;
    /** The piece that it last got a block of. */
    int lastGiven = -1;
    /** What it may have without being unchoked; null: nothing was granted. */
    @Nullable
    PieceSet grantedFast;

    /** Blocks that nobody had asked it for. */
    int unasked;
    /** Requests that make no sense. */
    int badRequests;
    /** Requests while it was choked. */
    int chokedRequests;

    final Extensions extensions;

    Peer(int id, Link<SwarmFrame> link, boolean isDialled, TorrentStatus.Origin origin, Torrent torrent) {
        this.id = id;
        this.link = link;
        this.isDialled = isDialled;
        this.origin = origin;
        this.torrent = torrent;
        this.context = torrent.context();
        this.endpoint = link.remote();
        this.isEndpointKnown = isDialled;
        this.pieces = new PieceSet(torrent.pieceCount());
        this.connectedAt = context.now();
        this.heardAt = connectedAt;
        this.saidAt = connectedAt;
        this.unchokedAt = connectedAt - 1;
        this.extensions = new Extensions(this, context);
    }

    Torrent torrent() {
        return torrent;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether others could dial it where {@link #endpoint} says. */
    boolean isEndpointKnown() {
        return isEndpointKnown;
    }

    void learnPort(int port) {
        if (!isEndpointKnown) {
            endpoint = endpoint.withPort(port);
            isEndpointKnown = true;
        }
    }

    /** Whether its first message has come. */
    boolean isGreeted() {
        return hello != null;
    }

    void greet(Hello theirs) {
        hello = theirs;
    }

    boolean isFast() {
        return hello != null && hello.isFast();
    }

    boolean hasExtensions() {
        return hello != null && hello.hasExtensions();
    }

    Bytes peerId() {
        return hello == null ? Bytes.EMPTY : hello.peerId();
    }

    /** What it says it is, or else what its id says. */
    RemoteText client() {
        return extensions.client().isEmpty()
                ? RemoteText.of(peerId().slice(0, Math.min(8, peerId().size())))
                : extensions.client();
    }

    PieceSet pieces() {
        return pieces;
    }

    boolean isCountedAsSeed() {
        return isCountedAsSeed;
    }

    void countAsSeed(boolean isSeed) {
        isCountedAsSeed = isSeed;
    }

    @Nullable
    PeerMessage earlyMap() {
        return earlyMap;
    }

    void keepEarlyMap(PeerMessage map) {
        earlyMap = map;
        earlyHaves = null;
    }

    /** The single pieces that it said it has, before the number of pieces was known. */
    PieceSet earlyHaves() {
        return earlyHaves == null ? new PieceSet(0) : earlyHaves;
    }

    void keepEarlyHave(int piece) {
        if (piece < 0 || piece >= PIECES_MOST) {
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        if (earlyHaves == null) {
            earlyHaves = new PieceSet(PIECES_MOST);
        }
        earlyHaves.add(piece);
    }

    /** The number of pieces has become known. */
    void knowPieces(int count) {
        pieces = new PieceSet(count);
        earlyMap = null;
        earlyHaves = null;
    }

    boolean isSeed() {
        return pieces.size() == torrent.pieceCount() && torrent.pieceCount() > 0;
    }

    Requests requests() {
        return requests;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Whether it has a piece and would give it to us as things are. */
    boolean mayBeAskedFor(int piece) {
        boolean isOpen = !isChokingUs || (allowedFast != null && allowedFast.has(piece));
        return isOpen && pieces.has(piece);
    }

    /** Whether it may have a piece of ours though it is choked. */
    boolean mayHaveFast(int piece) {
        return grantedFast != null && grantedFast.has(piece);
    }

    boolean isAllowedAny() {
        return !isChokingUs || allowedFast != null;
    }

    void allowFast(int piece) {
        if (allowedFast == null) {
            allowedFast = new PieceSet(torrent.pieceCount());
        }
        allowedFast.add(piece);
    }

    boolean isSnubbed() {
        return isSnubbed;
    }

    void snub(boolean on) {
        isSnubbed = on;
        if (on) {
            pipeline.restart();
        }
    }

    boolean isOnParole() {
        return isOnParole;
    }

    void putOnParole(boolean on) {
        isOnParole = on;
    }

    /** How many more blocks it may be asked for now. */
    int requestsFree() {
        int most = Math.min(
                pipeline.depth(),
                Math.min(extensions.requestsMost(), context.limits().requests()));
        return (isSnubbed ? Math.min(most, 1) : most) - requests.count();
    }

    /** How long the last of its open requests has to wait, by its rate so far. */
    long waitMillis(long now) {
        long rate = Math.max(down.rate(now, RateMeter.SECONDS / 4), 1);
        return (long) requests.count() * PeerMessage.BLOCK * 1_000 / rate;
    }

    /** Whether everything of this torrent is gone for it. */
    boolean isOpen() {
        return link.attachment() == this;
    }

    /** Sends a message; all but blocks always find room, or the link is as good as dead. */
    void say(PeerMessage message) {
        saidAt = context.now();
        if (!context.send(link, new SwarmFrame.Said(message))) {
            close(CloseReason.SLOW_READER);
        }
    }

    void close(CloseReason why) {
        link.close(why);
    }

    TorrentStatus.Peer status(long now) {
        return new TorrentStatus.Peer(
                endpoint,
                client(),
                pieces.size(),
                isChokingUs,
                isChoked,
                isInterested,
                areWeInterested,
                up.rate(now, RateMeter.SECONDS / 4),
                down.rate(now, RateMeter.SECONDS / 4),
                origin);
    }
}
