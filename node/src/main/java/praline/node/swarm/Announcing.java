package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.text.RemoteText;

/** One torrent and its trackers: what they are told, and what becomes of the peers that they name. */
final class Announcing implements Announcer.Port {

    private final Context context;
    private final Torrent torrent;
    private final Announcer announcer;
    private final int key;
    private boolean isStarted;

    Announcing(Torrent torrent, ImmutableList<ImmutableList<String>> trackers) {
        this.context = torrent.context();
        this.torrent = torrent;
        this.announcer = new Announcer(this, trackers, context.config, context.random());
        this.key = context.random().nextInt();
    }

    void add(ImmutableList<ImmutableList<String>> more) {
        announcer.add(more);
        context.watchAt(context.now());
    }

    /** Begins, if it has not: as soon as there is somebody to look for. */
    void start() {
        if (!isStarted) {
            isStarted = true;
            announcer.start(context.now());
            context.watchAt(context.now());
        }
    }

    void completed() {
        announcer.completed(context.now());
    }

    void stop() {
        if (isStarted) {
            announcer.stop(context.now());
        }
    }

    void wantPeers() {
        announcer.wantPeers(context.now());
        context.watchAt(announcer.watch(context.now()));
    }

    /** Whether no tracker is being asked. */
    boolean isIdle() {
        return announcer.isIdle();
    }

    long watch(long now) {
        return announcer.watch(now);
    }

    void onJobDone(Job.Announce job, JobResult result) {
        if (result instanceof JobResult.Announced announced) {
            announcer.onReply(job.url(), announced.reply(), context.now());
        } else if (result instanceof JobResult.Failed failed) {
            announcer.onFailure(job.url(), failed.detail(), context.now());
        }
        context.watchAt(context.now());
    }

    @Override
    public void announce(String url, Event event, int wanted) {
        AnnounceRequest request = new AnnounceRequest(
                torrent.infohash(),
                torrent.meeting().peerId(),
                context.config.self().port(),
                torrent.giving().total(),
                torrent.downloaded(),
                torrent.left(),
                event,
                key,
                wanted);
        context.submit(torrent, new Job.Announce(url, request));
    }

    @Override
    public void found(ImmutableList<Endpoint> peers) {
        torrent.addPeers(peers, TorrentStatus.Origin.TRACKER);
    }

    @Override
    public void said(String url, RemoteText text) {
        context.listener.onTrackerText(torrent.infohash(), url, text);
    }
}
