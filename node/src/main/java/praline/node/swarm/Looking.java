package praline.node.swarm;

import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Timers;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.TorrentInfo;

/** Looks for what a torrent consists of, among its peers, as long as only its infohash is known (BEP 9). */
final class Looking implements MetadataExchange.Port<Peer> {

    private final Context context;
    private final Torrent torrent;
    private @Nullable MetadataExchange<Peer> exchange;

    Looking(Torrent torrent) {
        this.context = torrent.context();
        this.torrent = torrent;
    }

    /** Neither the user nor the disk knows it. */
    void begin() {
        MetadataExchange<Peer> begun = new MetadataExchange<>(torrent.infohash(), this, context.config.limits());
        exchange = begun;
        for (Peer peer : torrent.peers()) {
            onOffer(peer);
        }
    }

    /** A peer has it, as far as it says. */
    void onOffer(Peer peer) {
        if (exchange != null && peer.extensions.metadataSize() > 0) {
            exchange.onOffer(peer, peer.extensions.metadataSize(), context.now());
            context.watchAt(exchange.watch(context.now()));
        }
    }

    void onData(Peer peer, int piece, long totalSize, Bytes data) {
        if (exchange != null) {
            exchange.onData(peer, piece, totalSize, data, context.now());
        }
    }

    void onReject(Peer peer, int piece) {
        if (exchange != null) {
            exchange.onReject(peer, piece, context.now());
        }
    }

    void onGone(Peer peer) {
        if (exchange != null) {
            exchange.onGone(peer, context.now());
        }
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        return exchange == null ? Timers.NEVER : exchange.watch(now);
    }

    @Override
    public void request(Peer peer, int piece) {
        peer.extensions.askForMetadata(piece);
    }

    @Override
    public void complete(TorrentInfo info) {
        exchange = null;
        torrent.onMetadata(info);
    }

    @Override
    public void refuse(String why) {
        exchange = null;
        torrent.fail(why);
    }

    @Override
    public void convict(Peer peer) {
        context.bans.ban(peer.endpoint(), context.now());
        peer.close(CloseReason.PROTOCOL_ERROR);
    }
}
