package praline.node.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/** Keeps what an engine tells the node around it, for one torrent. */
final class Heard implements SwarmListener {

    final List<String> paths = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<Obstacle> obstacles = new ArrayList<>();
    final BitSet pieces = new BitSet();

    @Nullable
    TorrentInfo metadata;

    /** How many pieces the disk held when the engine had looked. */
    int piecesAtFirst = -1;

    @Nullable
    String lastText;

    @Override
    public void onMetadata(Sha1 torrent, TorrentInfo info) {
        metadata = info;
    }

    @Override
    public void onReady(Sha1 torrent, TorrentInfo info, int piecesHad) {
        piecesAtFirst = piecesHad;
    }

    @Override
    public void onPiece(Sha1 torrent, int piece, int piecesHad) {
        if (pieces.get(piece)) {
            throw new AssertionError("piece " + piece + " is told twice");
        }
        pieces.set(piece);
    }

    @Override
    public void onDone(Sha1 torrent, String path) {
        paths.add(path);
    }

    @Override
    public void onFailed(Sha1 torrent, String reason) {
        failures.add(reason);
    }

    @Override
    public void onWaiting(Sha1 torrent, Obstacle obstacle, String text) {
        obstacles.add(obstacle);
        lastText = text;
    }
}
