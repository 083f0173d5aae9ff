package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.node.engine.Timers;
import praline.node.swarm.SwarmListener.Obstacle;
import praline.node.swarm.TorrentStatus.Phase;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * One torrent, from the first peer to the last: finds out what it consists of, what the disk holds of it, fetches the
 * rest and gives to others. The parts do the work; this says which of them are there, and tells them what happens.
 */
final class Torrent {

    private final Context context;
    private final TorrentOrder order;
    private final Meeting meeting;
    private final Announcing announcing;
    private final Giving giving;
    private final Blame blame;
    private final List<Peer> peers = new ArrayList<>(2);
    private final Looking looking;
    private final Ranges ranges;
    private final Checking checking;

    private @Nullable TorrentInfo info;
    private PieceSet had = new PieceSet(0);
    private @Nullable Fetching fetching;
    private Phase phase = Phase.METADATA;
    /** Whether the disk was looked at, so that others may be told what we have. */
    private boolean isReady;
    /** Whether the files have their names, or are on the way to them. */
    private boolean isFinished;

    private boolean isOver;
    /** By links that are gone, and by sources that are no peers. */
    private long downloadedElse;

    private long roundAt;
    private long resumeAt = Timers.NEVER;
    private @Nullable Obstacle told;

    Torrent(TorrentOrder order, Context context) {
        this.context = context;
        this.order = order;
        this.blame = new Blame(context.config);
        this.giving = new Giving(this, false);
        this.meeting = new Meeting(this);
        this.announcing = new Announcing(this, order.trackers());
        this.looking = new Looking(this);
        this.ranges = new Ranges(this);
        this.checking = new Checking(this);
    }

    // ---- what others ask

    Context context() {
        return context;
    }

    Sha1 infohash() {
        return order.infohash();
    }

    TorrentOrder order() {
        return order;
    }

    Meeting meeting() {
        return meeting;
    }

    Giving giving() {
        return giving;
    }

    Announcing announcing() {
        return announcing;
    }

    Looking looking() {
        return looking;
    }

    Ranges ranges() {
        return ranges;
    }

    /** Null: everything is had, or it is not known yet what there is. */
    @Nullable
    Fetching fetching() {
        return fetching;
    }

    @Nullable
    TorrentInfo info() {
        return info;
    }

    List<Peer> peers() {
        return peers;
    }

    PieceSet had() {
        return had;
    }

    int pieceCount() {
        return info == null ? 0 : info.pieceCount();
    }

    int pieceSize(int piece) {
        return info == null ? 0 : info.pieceSize(piece);
    }

    boolean isPrivate() {
        return info != null && info.isPrivate();
    }

    boolean isDisputed(int piece) {
        return blame.isDisputed(piece);
    }

    boolean isReady() {
        return isReady;
    }

    boolean isSeeding() {
        return isReady && had.isFull();
    }

    boolean isOver() {
        return isOver;
    }

    /** Payload bytes taken, waste included. */
    long downloaded() {
        return downloadedElse
                + peers.stream().mapToLong(peer -> peer.down.total()).sum();
    }

    /** Bytes that are still missing; before it is known what there is, a block, as libtorrent says then. */
    long left() {
        if (info == null) {
            return PeerMessage.BLOCK;
        }
        return info.size() - bytesHad(info);
    }

    private long bytesHad(TorrentInfo known) {
        int last = known.pieceCount() - 1;
        boolean hasLast = last >= 0 && had.has(last);
        return hasLast
                ? (long) (had.size() - 1) * known.pieceLength() + known.pieceSize(last)
                : (long) had.size() * known.pieceLength();
    }

    // ---- beginning

    void start() {
        order.peers().forEach(peer -> meeting.add(peer, TorrentStatus.Origin.USER));
        if (order.info() != null) {
            open(order.info());
        } else if (order.shared() != null) {
            context.submit(this, new Job.DescribeShared(order.shared()));
        } else {
            context.submit(this, new Job.FindTorrent(infohash()));
        }
    }

    private void open(TorrentInfo known) {
        info = known;
        phase = Phase.CHECKING;
        had = new PieceSet(known.pieceCount());
        context.submit(this, new Job.OpenTorrent(known, order.shared()));
        peers.forEach(Torrent::greetAgain);
    }

    /** A peer that came before it was known what there is learns that we have the info dictionary to give (BEP 10). */
    private static void greetAgain(Peer peer) {
        if (peer.isGreeted() && peer.hasExtensions()) {
            peer.extensions.greet();
        }
    }

    /** The info dictionary came from a peer, and is right. */
    void onMetadata(TorrentInfo known) {
        context.listener.onMetadata(infohash(), known);
        open(known);
    }

    void onJobDone(Job job, JobResult result) {
        if (job instanceof Job.Announce announce) {
            announcing.onJobDone(announce, result);
        } else if (isOver) {
            return;
        } else if (job instanceof Job.StorePiece store && fetching != null) {
            fetching.onStored(store, result);
        } else if (job instanceof Job.CheckPiece check) {
            checking.onChecked(check, result);
        } else if (job instanceof Job.FindTorrent || job instanceof Job.DescribeShared) {
            onDescribed(result);
        } else if (job instanceof Job.OpenTorrent || job instanceof Job.RenewTorrent) {
            onOpened(result);
        } else if (job instanceof Job.FinishTorrent) {
            onFinished(result);
        }
    }

    private void onDescribed(JobResult result) {
        if (result instanceof JobResult.Described described
                && described.torrent().infohash().equals(infohash())) {
            open(described.torrent());
        } else if (order.shared() != null) {
            fail("the shared file is not what it was");
        } else {
            announcing.start();
            looking.begin();
            meeting.dial();
        }
    }

    private void onOpened(JobResult result) {
        if (result instanceof JobResult.TorrentOpened opened) {
            if (phase == Phase.PAUSED) {
                goOn();
            } else {
                isFinished = opened.isFinished();
                checking.begin(opened);
            }
        } else if (result instanceof JobResult.Failed failed) {
            onDiskFailed(failed);
        }
    }

    /** What the disk holds has been looked at. */
    void onChecked() {
        if (isFinished && !had.isFull()) {
            context.submit(this, new Job.RenewTorrent(infohash()));
            isFinished = false;
            return;
        }
        TorrentInfo known = known();
        isReady = true;
        phase = Phase.FETCHING;
        peers.forEach(peer -> Maps.apply(this, peer));
        context.listener.onReady(infohash(), known, had.size());
        if (had.isFull()) {
            complete();
        } else {
            Fetching begun = new Fetching(this, known, had, blame);
            fetching = begun;
            peers.forEach(begun::countMap);
        }
        peers.forEach(this::sayMap);
        peers.forEach(this::reconsider);
        ranges.ask();
        announcing.start();
        meeting.dial();
        context.watchAt(context.now());
    }

    // ---- the end of fetching

    /** A piece is right and on the disk. */
    void onPiece(int piece) {
        had.add(piece);
        for (Peer peer : peers) {
            if (peer.hasOurMap) {
                peer.say(new PeerMessage.Have(piece));
            }
        }
        if (fetching != null) {
            fetching.onHad(piece);
        }
        ranges.ask();
        context.listener.onPiece(infohash(), piece, had.size());
        if (had.isFull()) {
            complete();
        }
    }

    private void complete() {
        if (fetching != null) {
            fetching.close();
        }
        ranges.close();
        if (order.shared() != null) {
            becomeSeed();
        } else {
            context.submit(this, new Job.FinishTorrent(infohash(), order.content(), order.name()));
        }
    }

    private void onFinished(JobResult result) {
        if (result instanceof JobResult.Finished finished) {
            isFinished = true;
            if (fetching != null) {
                announcing.completed();
            }
            becomeSeed();
            context.listener.onDone(infohash(), finished.path());
        } else if (result instanceof JobResult.Failed failed && failed.problem() == Problem.WRONG_HASH) {
            tell(Obstacle.WRONG_CONTENT, failed.detail());
            fail(failed.detail());
        } else if (result instanceof JobResult.Failed failed) {
            onDiskFailed(failed);
        }
    }

    private void becomeSeed() {
        phase = Phase.SEEDING;
        fetching = null;
        giving.becomeSeed();
        for (Peer peer : peers) {
            if (peer.areWeInterested) {
                peer.areWeInterested = false;
                peer.say(Signal.NOT_INTERESTED);
            }
            closeIfUseless(peer);
        }
    }

    /** Two who have everything have nothing to give each other. */
    void closeIfUseless(Peer peer) {
        if (isSeeding() && peer.isSeed()) {
            peer.close(CloseReason.FINISHED);
        }
    }

    /** Leaves: trackers are told, links close, what was stored is kept. */
    void stop() {
        if (!isOver) {
            isOver = true;
            announcing.stop();
            end();
        }
    }

    /** It cannot be had. */
    void fail(String reason) {
        if (!isOver) {
            stop();
            context.listener.onFailed(infohash(), reason);
        }
    }

    private void end() {
        if (fetching != null) {
            fetching.close();
        }
        ranges.close();
        peers.forEach(peer -> peer.close(CloseReason.FINISHED));
        if (info != null) {
            context.submit(this, new Job.CloseTorrent(infohash()));
        }
    }

    // ---- the disk stands still

    void onDiskFailed(JobResult.Failed failed) {
        if (failed.problem() == Problem.REFUSED) {
            fail(failed.detail());
            return;
        }
        if (phase != Phase.PAUSED && fetching != null) {
            fetching.pause();
        }
        phase = Phase.PAUSED;
        resumeAt = context.now() + context.limits().diskRetryMillis();
        context.watchAt(resumeAt);
        boolean isFull = failed.problem() == Problem.DISK_FULL;
        tell(isFull ? Obstacle.DISK_FULL : Obstacle.DISK_ERROR, failed.detail());
    }

    private void goOn() {
        told = null;
        if (!isReady) {
            phase = Phase.CHECKING;
            checking.resume();
        } else if (had.isFull()) {
            phase = Phase.FETCHING;
            complete();
        } else if (fetching != null) {
            phase = Phase.FETCHING;
            fetching.resume();
        }
    }

    void tell(Obstacle obstacle, String text) {
        if (obstacle != told) {
            told = obstacle;
            context.listener.onWaiting(infohash(), obstacle, text);
        }
    }

    /** Whatever stood in the way does not any more. */
    void isMoving() {
        told = null;
    }

    // ---- peers

    /** A link stands on which both have said Hello, or we have. */
    void add(Peer peer) {
        peers.add(peer);
        context.countLink(1);
        meeting.onLinked(peer);
        context.watchAt(context.now() + 1_000);
    }

    void onGone(Peer peer) {
        peers.remove(peer);
        context.countLink(-1);
        downloadedElse += peer.down.total();
        looking.onGone(peer);
        giving.onGone(peer);
        if (fetching != null) {
            fetching.onGone(peer);
        }
        meeting.onGone(peer);
    }

    /** Tells a peer what we have, once that is known. */
    void sayMap(Peer peer) {
        if (!isReady || peer.hasOurMap || !peer.isGreeted()) {
            return;
        }
        peer.hasOurMap = true;
        if (peer.isFast() && (had.isFull() || had.size() == 0)) {
            peer.say(had.isFull() ? Signal.HAVE_ALL : Signal.HAVE_NONE);
        } else if (had.size() > 0) {
            peer.say(new PeerMessage.Bitfield(had.toBitfield()));
        }
    }

    void reconsider(Peer peer) {
        if (fetching != null) {
            fetching.reconsider(peer);
        }
        closeIfUseless(peer);
    }

    /** Bytes came from a source that is no peer. */
    void countRange(int bytes) {
        downloadedElse += bytes;
    }

    void addPeers(List<Endpoint> more, TorrentStatus.Origin origin) {
        more.forEach(peer -> meeting.add(peer, origin));
        meeting.dial();
    }

    /** What waited for the rate of what we take may go on. */
    void askOn() {
        if (fetching != null) {
            fetching.fillAll();
        }
    }

    // ---- time

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        if (isOver) {
            return announcing.watch(now);
        }
        if (phase == Phase.PAUSED && now >= resumeAt) {
            resumeAt = Timers.NEVER;
            context.submit(this, new Job.OpenTorrent(known(), order.shared()));
        }
        long next = Math.min(announcing.watch(now), Math.min(meeting.watch(now), resumeAt));
        next = Math.min(next, Math.min(looking.watch(now), ranges.watch(now)));
        if (peers.isEmpty()) {
            return next;
        }
        for (Peer peer : ImmutableList.copyOf(peers)) {
            meeting.keepAlive(peer, now);
            peer.extensions.exchange(now);
        }
        if (fetching != null) {
            fetching.watch(now);
        }
        if (now >= roundAt) {
            roundAt = now + context.config.roundMillis();
            giving.round(now);
        }
        return Math.min(next, Math.min(roundAt, now + context.limits().watchMillis()));
    }

    private TorrentInfo known() {
        if (info == null) {
            throw new IllegalStateException("nothing is known of " + infohash() + " yet");
        }
        return info;
    }

    TorrentStatus status() {
        long now = context.now();
        long up = 0;
        long down = 0;
        ImmutableList.Builder<TorrentStatus.Peer> all = ImmutableList.builder();
        for (Peer peer : peers) {
            TorrentStatus.Peer one = peer.status(now);
            up += one.upRate();
            down += one.downRate();
            all.add(one);
        }
        return new TorrentStatus(
                infohash(),
                info,
                phase,
                had.size(),
                info == null ? 0 : bytesHad(info),
                giving.total(),
                downloaded(),
                fetching == null ? 0 : fetching.wasted(),
                up,
                down,
                all.build(),
                meeting.known());
    }
}
