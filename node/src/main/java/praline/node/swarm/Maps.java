package praline.node.swarm;

import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Signal;

/**
 * What peers say that they have. A map may come at any time and more than once, and then replaces what was said before:
 * aria2 sends one in place of many haves (spec/bittorrent.md 5.4). Before the number of pieces is known the last map is
 * kept as it came.
 */
final class Maps {

    private Maps() {}

    /** A peer says all that it has: a {@link Bitfield}, or one of the two signals. */
    static void onMap(Torrent torrent, Peer peer, PeerMessage map) {
        if (!torrent.isReady()) {
            peer.keepEarlyMap(map);
            return;
        }
        Fetching fetching = torrent.fetching();
        if (fetching != null) {
            fetching.onMap(peer, () -> read(peer, map));
        } else {
            read(peer, map);
        }
        torrent.closeIfUseless(peer);
    }

    /** Applies what a peer said before the number of pieces was known. */
    static void apply(Torrent torrent, Peer peer) {
        PeerMessage early = peer.earlyMap();
        PieceSet haves = peer.earlyHaves();
        peer.knowPieces(torrent.pieceCount());
        if (early != null) {
            read(peer, early);
        }
        for (int piece = haves.next(0); piece >= 0; piece = haves.next(piece + 1)) {
            if (piece >= torrent.pieceCount()) {
                peer.close(CloseReason.PROTOCOL_ERROR);
                return;
            }
            peer.pieces().add(piece);
        }
    }

    static void onHave(Torrent torrent, Peer peer, int piece) {
        if (!torrent.isReady()) {
            peer.keepEarlyHave(piece);
            return;
        }
        if (piece < 0 || piece >= torrent.pieceCount()) {
            peer.close(CloseReason.PROTOCOL_ERROR);
        } else if (peer.pieces().add(piece)) {
            Fetching fetching = torrent.fetching();
            if (fetching != null) {
                fetching.onHave(peer, piece);
            }
            torrent.closeIfUseless(peer);
        }
    }

    /** A peer does not have a piece any more (BEP 54). */
    static void onHaveGone(Torrent torrent, Peer peer, int piece) {
        boolean isKnown = torrent.isReady() && piece >= 0 && piece < torrent.pieceCount();
        if (isKnown && peer.pieces().has(piece)) {
            peer.pieces().remove(piece);
            Fetching fetching = torrent.fetching();
            if (fetching != null) {
                fetching.onHaveGone(peer, piece);
            }
        }
    }

    private static void read(Peer peer, PeerMessage map) {
        PieceSet pieces = peer.pieces();
        if (map == Signal.HAVE_ALL) {
            pieces.addAll();
        } else if (map == Signal.HAVE_NONE) {
            pieces.clear();
        } else {
            Bytes bits = ((Bitfield) map).bits();
            if (!pieces.read(bits)) {
                peer.close(CloseReason.PROTOCOL_ERROR);
            }
        }
    }
}
