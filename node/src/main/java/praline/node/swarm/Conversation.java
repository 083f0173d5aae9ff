package praline.node.swarm;

import praline.node.engine.CloseReason;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.AllowedFast;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Cancel;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Have;
import praline.protocol.bittorrent.PeerMessage.Reject;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;

/** What each message of a peer means: who of the torrent's parts hears of it. */
final class Conversation {

    private Conversation() {}

    static void onMessage(Peer peer, PeerMessage message) {
        Torrent torrent = peer.torrent();
        if (message instanceof Have have) {
            Maps.onHave(torrent, peer, have.piece());
        } else if (message instanceof Request request) {
            torrent.giving().onRequest(peer, request);
        } else if (message instanceof Signal signal) {
            onSignal(peer, signal);
        } else if (message instanceof Cancel cancel) {
            torrent.giving().onCancel(peer, cancel);
        } else if (message instanceof Extended extended) {
            peer.extensions.onMessage(extended);
        } else if (message instanceof Bitfield) {
            Maps.onMap(torrent, peer, message);
        } else {
            onFastMessage(peer, message);
        }
    }

    private static void onSignal(Peer peer, Signal signal) {
        Torrent torrent = peer.torrent();
        switch (signal) {
            case CHOKE -> onChoke(peer);
            case UNCHOKE -> onUnchoke(peer);
            case INTERESTED -> torrent.giving().onInterested(peer);
            case NOT_INTERESTED -> torrent.giving().onNotInterested(peer);
            case HAVE_ALL, HAVE_NONE -> {
                if (isFast(peer)) {
                    Maps.onMap(torrent, peer, signal);
                }
            }
        }
    }

    private static void onChoke(Peer peer) {
        peer.isChokingUs = true;
        Fetching fetching = peer.torrent().fetching();
        if (fetching != null) {
            fetching.onChoke(peer);
        }
    }

    private static void onUnchoke(Peer peer) {
        peer.isChokingUs = false;
        Fetching fetching = peer.torrent().fetching();
        if (fetching != null) {
            fetching.fill(peer);
        }
    }

    /** A port and a keep-alive say nothing to us, and a suggestion is nothing that rarest first could use. */
    private static void onFastMessage(Peer peer, PeerMessage message) {
        Fetching fetching = peer.torrent().fetching();
        if (message instanceof Reject reject && isFast(peer) && fetching != null) {
            fetching.onReject(peer, reject);
        } else if (message instanceof AllowedFast allowed && isFast(peer) && fetching != null) {
            if (allowed.piece() >= 0 && allowed.piece() < peer.torrent().pieceCount()) {
                peer.allowFast(allowed.piece());
                fetching.fill(peer);
            }
        }
    }

    /** Messages of the Fast extension are for those who said that they speak it (spec/bittorrent.md 5.8). */
    private static boolean isFast(Peer peer) {
        if (!peer.isFast()) {
            peer.close(CloseReason.PROTOCOL_ERROR);
        }
        return peer.isFast();
    }
}
