package praline.node.swarm;

import java.util.ArrayDeque;
import java.util.Queue;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.TorrentOpened;

/** Finds out which of the pieces that may be on the disk are right, a few at a time. */
final class Checking {

    /** Pieces that are being hashed at once: as many as there are workers, and one more for each to go on with. */
    private static final int AT_ONCE = 4;

    private final Torrent torrent;
    private final Queue<Integer> waiting = new ArrayDeque<>(0);
    private int underWay;
    private int checked;
    private int count;

    Checking(Torrent torrent) {
        this.torrent = torrent;
    }

    /** Takes over what is known to be had, and has the rest looked at. */
    void begin(TorrentOpened opened) {
        waiting.clear();
        checked = 0;
        PieceSet unsure = new PieceSet(torrent.pieceCount());
        torrent.had().read(opened.have());
        unsure.read(opened.unsure());
        for (int piece = unsure.next(0); piece >= 0; piece = unsure.next(piece + 1)) {
            waiting.add(piece);
        }
        count = waiting.size();
        resume();
    }

    /** Goes on, also after the disk stood still. */
    void resume() {
        if (waiting.isEmpty() && underWay == 0) {
            torrent.onChecked();
            return;
        }
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            underWay++;
            torrent.context().submit(torrent, new Job.CheckPiece(torrent.infohash(), waiting.remove()));
        }
    }

    void onChecked(Job.CheckPiece job, JobResult result) {
        underWay--;
        checked++;
        if (result instanceof JobResult.PieceChecked outcome && outcome.isRight()) {
            torrent.had().add(job.piece());
        }
        torrent.context().listener.onChecking(torrent.infohash(), checked, count);
        resume();
    }
}
