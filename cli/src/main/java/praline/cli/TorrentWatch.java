package praline.cli;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import praline.node.swarm.SwarmListener;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** Carries what a node says of a torrent from its event loop to the command's own thread. */
final class TorrentWatch implements SwarmListener {

    private final BlockingQueue<TorrentNews> news = new LinkedBlockingQueue<>();
    private volatile String address = "";

    private volatile TorrentNews.@Nullable Checking checking;

    /** Waits for the next news; null when there is none for {@code millis}. */
    @Nullable
    TorrentNews next(long millis) throws InterruptedException {
        return news.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    /** How far the verification has come since this was asked last; null: no further. */
    TorrentNews.@Nullable Checking checking() {
        TorrentNews.Checking latest = checking;
        checking = null;
        return latest;
    }

    /** To be called before a torrent is begun. */
    void listensAt(String where) {
        address = where;
    }

    /** There is nothing to verify before somebody has told what belongs there. */
    void ready() {
        news.add(new TorrentNews.Ready(address));
    }

    @Override
    public void onMetadata(Sha1 torrent, TorrentInfo info) {
        news.add(metadata(info));
    }

    @Override
    public void onChecking(Sha1 torrent, int checked, int count) {
        checking = new TorrentNews.Checking(checked, count);
    }

    @Override
    public void onReady(Sha1 torrent, TorrentInfo info, int piecesHad) {
        checking = null;
        ready();
    }

    @Override
    public void onDone(Sha1 torrent, String path) {
        news.add(new TorrentNews.Done(path));
    }

    @Override
    public void onWaiting(Sha1 torrent, Obstacle obstacle, String text) {
        news.add(new TorrentNews.Waiting(LowerCase.name(obstacle), text));
    }

    @Override
    public void onTrackerText(Sha1 torrent, String url, RemoteText text) {
        news.add(new TorrentNews.Tracker(url, text.tainted()));
    }

    @Override
    public void onFailed(Sha1 torrent, String reason) {
        news.add(new TorrentNews.Failed(reason));
    }

    static TorrentNews.Metadata metadata(TorrentInfo info) {
        return new TorrentNews.Metadata(
                info.infohash().hex(), info.name().tainted(), info.size(), info.pieceCount(), info.pieceLength());
    }
}
