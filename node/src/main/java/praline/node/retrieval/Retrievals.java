package praline.node.retrieval;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Profile;
import praline.node.engine.Timers;
import praline.node.swarm.SwarmListener;
import praline.node.transfer.DownloadStatus;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * All contents that a node gets for its user: hands to each of them what the engines tell of it, and tells the node's
 * listener of each the same, whatever way the bytes come. Torrents that were begun by themselves pass through.
 */
public final class Retrievals {

    private static final int LAB_SPEED = 100;

    private final RetrievalPort port;
    private final RetrievalLimits limits;
    private final Profile profile;
    private final TransferListener news;
    private final SwarmListener swarms;
    private final Map<Sha1, Retrieval> underWay = new TreeMap<>();
    /** The torrents of contents that are done, from the content; the one that is done for longest first. */
    private final Map<Sha1, Sha1> seeding = new LinkedHashMap<>(4);

    private long wakeAt = Timers.NEVER;

    /**
     * @param news hears what becomes of contents
     * @param swarms hears what becomes of torrents, of these and all others
     */
    public Retrievals(
            RetrievalPort port, RetrievalLimits limits, Profile profile, TransferListener news, SwarmListener swarms) {
        this.port = port;
        this.limits = limits;
        this.profile = profile;
        this.news = news;
        this.swarms = swarms;
    }

    /** To be told what the transfer engine tells. */
    public TransferListener transferNews() {
        return new TransferNews();
    }

    /** To be told what the swarm engine tells. */
    public SwarmListener swarmNews() {
        return new SwarmNews();
    }

    /**
     * Begins to get a content, or goes on with what an earlier run left of it. One that is on its way already gets
     * {@code sources} as {@link #addSources} gives them; one that this node shares is done at once.
     *
     * @param sources who should have it, in the order of trust; more may be added while it runs
     * @return empty when it is on its way; else why not, for the user
     */
    public Optional<String> fetch(Wanted wanted, List<FoundSource> sources) {
        Sha1 content = wanted.sha1();
        if (underWay.containsKey(content)) {
            addSources(content, sources);
            return Optional.empty();
        }
        Sha1 done = seeding.remove(content);
        Optional<String> here = done == null ? port.shared(content) : Optional.empty();
        if (here.isPresent()) {
            news.onDone(content, here.get());
            return Optional.empty();
        }
        if (underWay.size() >= limits.active()) {
            return Optional.of(underWay.size() + " downloads are under way already");
        }
        Retrieval begun = new Retrieval(wanted, port, limits, searchClock(), news);
        underWay.put(content, begun);
        if (done != null) {
            port.leave(done);
            port.withdraw(content);
            begun.consider(done);
        }
        Optional<String> refusal = begun.start(sources);
        refusal.ifPresent(why -> begun.stop());
        look(begun);
        return refusal;
    }

    /** More sources for a content that is on its way. */
    public void addSources(Sha1 content, List<FoundSource> sources) {
        with(content, retrieval -> retrieval.add(sources));
    }

    /** Ends it without a word to the listener. What has come is kept for another {@link #fetch}. */
    public void stop(Sha1 content) {
        with(content, Retrieval::stop);
    }

    /** What comes by swarms; the transfer engine tells of the rest. */
    public ImmutableList<DownloadStatus> status() {
        return underWay.values().stream()
                .flatMap(one -> one.status().stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** Does what is due. */
    public void watch() {
        wakeAt = Timers.NEVER;
        ImmutableList.copyOf(underWay.values()).forEach(this::look);
    }

    private void look(Retrieval retrieval) {
        long next = retrieval.watch(port.now());
        if (retrieval.isOver()) {
            underWay.remove(retrieval.content(), retrieval);
        } else if (next < wakeAt) {
            wakeAt = next;
            port.wakeIn(Math.max(1, next - port.now()));
        }
    }

    private void with(Sha1 content, Consumer<Retrieval> deed) {
        with(underWay.get(content), deed);
    }

    private void with(@Nullable Retrieval retrieval, Consumer<Retrieval> deed) {
        if (retrieval != null) {
            deed.accept(retrieval);
            look(retrieval);
        }
    }

    private @Nullable Retrieval in(Sha1 infohash) {
        return underWay.values().stream()
                .filter(retrieval -> retrieval.isIn(infohash))
                .findFirst()
                .orElse(null);
    }

    private SearchClock searchClock() {
        int speed = profile == Profile.LAB || profile == Profile.EXPERIMENT ? LAB_SPEED : 1;
        return new SearchClock(limits.searchMillis() / speed, limits.searchMillisMax() / speed, port.now());
    }

    /** A torrent that is done goes on giving; the oldest of too many is closed until somebody asks for it. */
    private void keepSeeding(Sha1 content, Sha1 infohash) {
        seeding.put(content, infohash);
        if (seeding.size() > limits.seeding()) {
            Map.Entry<Sha1, Sha1> oldest = seeding.entrySet().iterator().next();
            port.leave(oldest.getValue());
            seeding.remove(oldest.getKey());
        }
    }

    // What an engine tells is acted upon when it is no more at work, for that asks something of it again.

    private final class TransferNews implements TransferListener {

        @Override
        public void onProgress(Sha1 sha1, long stored, long size) {
            port.later(() -> with(sha1, retrieval -> retrieval.onTransferProgress(stored, size)));
        }

        @Override
        public void onDone(Sha1 sha1, String path) {
            port.later(() -> with(sha1, retrieval -> retrieval.onDone(path)));
        }

        @Override
        public void onFailed(Sha1 sha1, String reason) {
            port.later(() -> with(sha1, retrieval -> retrieval.onTransferFailed(reason)));
        }

        @Override
        public void onWaiting(Sha1 sha1, TransferListener.Obstacle obstacle, String text) {
            port.later(() -> with(sha1, retrieval -> retrieval.onTransferWaits(obstacle, text)));
        }
    }

    private final class SwarmNews implements SwarmListener {

        @Override
        public void onMetadata(Sha1 torrent, TorrentInfo info) {
            swarms.onMetadata(torrent, info);
            port.later(() -> with(in(torrent), retrieval -> retrieval.onDescribed(info)));
        }

        @Override
        public void onChecking(Sha1 torrent, int checked, int count) {
            swarms.onChecking(torrent, checked, count);
        }

        @Override
        public void onReady(Sha1 torrent, TorrentInfo info, int piecesHad) {
            swarms.onReady(torrent, info, piecesHad);
            port.later(() -> with(in(torrent), retrieval -> retrieval.onReady(info, piecesHad)));
        }

        @Override
        public void onPiece(Sha1 torrent, int piece, int piecesHad) {
            swarms.onPiece(torrent, piece, piecesHad);
            port.later(() -> with(in(torrent), retrieval -> retrieval.onPieces(piecesHad)));
        }

        @Override
        public void onDone(Sha1 torrent, String path) {
            swarms.onDone(torrent, path);
            port.later(() -> with(in(torrent), retrieval -> {
                keepSeeding(retrieval.content(), torrent);
                retrieval.onDone(path);
            }));
        }

        @Override
        public void onWaiting(Sha1 torrent, SwarmListener.Obstacle obstacle, String text) {
            swarms.onWaiting(torrent, obstacle, text);
            port.later(() -> with(in(torrent), retrieval -> retrieval.onSwarmWaits(obstacle, text)));
        }

        @Override
        public void onTrackerText(Sha1 torrent, String url, RemoteText text) {
            swarms.onTrackerText(torrent, url, text);
        }

        @Override
        public void onFailed(Sha1 torrent, String reason) {
            swarms.onFailed(torrent, reason);
            port.later(() -> with(in(torrent), Retrieval::onSwarmFailed));
        }
    }
}
