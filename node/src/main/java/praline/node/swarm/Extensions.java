package praline.node.swarm;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.ExtendedHandshake;
import praline.protocol.bittorrent.Extension;
import praline.protocol.bittorrent.ExtensionMessage;
import praline.protocol.bittorrent.ExtensionMessage.DontHave;
import praline.protocol.bittorrent.ExtensionMessage.MetadataBlock;
import praline.protocol.bittorrent.ExtensionMessage.MetadataReject;
import praline.protocol.bittorrent.ExtensionMessage.MetadataRequest;
import praline.protocol.bittorrent.PeerExchange;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** What one peer and we say to each other beyond the basic messages (BEP 9, 10, 11, 54; spec/bittorrent.md 5.9). */
final class Extensions {

    /** What a peer keeps in mind that does not say how much. */
    private static final int REQUESTS_ASSUMED = 250;

    private static final RemoteText CLIENT = RemoteText.of("Praline/0.1");

    private final Peer peer;
    private final Context context;
    private ExtendedHandshake theirs = ExtendedHandshake.NONE;
    private @Nullable Gossip gossip;
    private @Nullable MetadataService metadata;

    Extensions(Peer peer, Context context) {
        this.peer = peer;
        this.context = context;
    }

    /** What it says it is; empty if it does not say. */
    RemoteText client() {
        return theirs.client();
    }

    /** How many requests it keeps in mind. */
    int requestsMost() {
        return theirs.requestQueue() <= 0 ? REQUESTS_ASSUMED : theirs.requestQueue();
    }

    /** Bytes of the info dictionary that it offers; 0: none. */
    int metadataSize() {
        return theirs.takes(Extension.METADATA) ? theirs.metadataSize() : 0;
    }

    /** Tells it what we speak. Of a private torrent nothing is passed on but its pieces (BEP 27). */
    void greet() {
        Torrent torrent = peer.torrent();
        ImmutableMap.Builder<Extension, Integer> ids = ImmutableMap.builder();
        ids.put(Extension.DONT_HAVE, Extension.DONT_HAVE.ourId());
        if (!torrent.isPrivate()) {
            ids.put(Extension.PEER_EXCHANGE, Extension.PEER_EXCHANGE.ourId());
            ids.put(Extension.METADATA, Extension.METADATA.ourId());
        }
        TorrentInfo info = torrent.info();
        peer.say(new ExtendedHandshake(
                        ids.buildOrThrow(),
                        context.config.self().port(),
                        CLIENT,
                        Optional.of(peer.link.remote().withPort(0)),
                        context.limits().requests(),
                        info == null || info.isPrivate() ? 0 : info.info().size(),
                        torrent.isSeeding() ? Optional.of(true) : Optional.empty())
                .numbered(ExtendedHandshake.ID));
    }

    void onMessage(Extended message) {
        Optional<ExtensionMessage> decoded = ExtensionMessage.decode(message, WireLimits.STANDARD);
        if (decoded.isEmpty()) {
            return;
        }
        ExtensionMessage said = decoded.get();
        Looking looking = peer.torrent().looking();
        if (said instanceof ExtendedHandshake handshake) {
            onHandshake(handshake);
        } else if (said instanceof MetadataRequest request) {
            give(request.piece());
        } else if (said instanceof MetadataBlock block) {
            looking.onData(peer, block.piece(), block.totalSize(), block.block());
        } else if (said instanceof MetadataReject reject) {
            looking.onReject(peer, reject.piece());
        } else if (said instanceof PeerExchange exchange) {
            onPeers(exchange);
        } else if (said instanceof DontHave gone) {
            Maps.onHaveGone(peer.torrent(), peer, gone.piece());
        }
    }

    void askForMetadata(int piece) {
        say(Extension.METADATA, new MetadataRequest(piece));
    }

    /** Tells it of peers that are new to it, when it is time. */
    void exchange(long now) {
        if (peer.torrent().isPrivate() || !theirs.takes(Extension.PEER_EXCHANGE)) {
            return;
        }
        if (gossip == null) {
            gossip = new Gossip(context.config.limits());
        }
        if (gossip.isDue(now)) {
            gossip.next(now, connected()).ifPresent(news -> say(Extension.PEER_EXCHANGE, news));
        }
    }

    private List<Gossip.Told> connected() {
        List<Gossip.Told> connected = new ArrayList<>();
        for (Peer other : peer.torrent().peers()) {
            if (other != peer && other.isEndpointKnown() && other.isGreeted()) {
                connected.add(new Gossip.Told(other.endpoint(), other.isSeed(), other.isDialled));
            }
        }
        return connected;
    }

    private void onHandshake(ExtendedHandshake handshake) {
        theirs = theirs.updatedBy(handshake);
        if (handshake.port() != 0) {
            peer.torrent().meeting().onPort(peer, handshake.port());
        }
        peer.torrent().looking().onOffer(peer);
        context.watchAt(context.now());
    }

    /** Each block three times at most: nobody needs it more often (spec/bittorrent.md 5.9). */
    private void give(int piece) {
        TorrentInfo info = peer.torrent().info();
        if (metadata == null && info != null && !info.isPrivate()) {
            metadata = new MetadataService(info.info());
        }
        Optional<praline.protocol.Bytes> block = metadata == null ? Optional.empty() : metadata.piece(piece);
        if (metadata == null || block.isEmpty()) {
            say(Extension.METADATA, new MetadataReject(piece));
        } else {
            say(Extension.METADATA, new MetadataBlock(piece, metadata.size(), block.get()));
        }
    }

    private void onPeers(PeerExchange exchange) {
        if (peer.torrent().isPrivate()) {
            return;
        }
        if (gossip == null) {
            gossip = new Gossip(context.config.limits());
        }
        for (Endpoint told : gossip.take(exchange, context.now())) {
            peer.torrent().meeting().add(told, TorrentStatus.Origin.EXCHANGE, peer.endpoint());
        }
        peer.torrent().meeting().dial();
    }

    private void say(Extension extension, ExtensionMessage message) {
        if (theirs.takes(extension)) {
            peer.say(message.numbered(theirs.idOf(extension)));
        }
    }
}
