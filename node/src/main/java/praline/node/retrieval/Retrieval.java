package praline.node.retrieval;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Timers;
import praline.node.swarm.SwarmListener;
import praline.node.swarm.TorrentOrder;
import praline.node.transfer.DownloadStatus;
import praline.node.transfer.TransferListener;
import praline.node.transfer.TransferListener.Obstacle;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.ContentTorrent;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * One content on its way here. As soon as a source that can be dialled names a torrent, that one's swarm brings it, and
 * who speaks HTTP only, or cannot be dialled, gives ranges to it; before that, and when every torrent has turned out a
 * lie, an HTTP download brings it.
 *
 * <p>One way is gone at a time. It is left for another when a torrent that fewer named is to be tried, or when the
 * first torrent is named while a download runs: what came by the way that is left stays on the disk for another time.
 */
final class Retrieval {

    private final Wanted wanted;
    private final RetrievalPort port;
    private final RetrievalLimits limits;
    private final TransferListener news;
    private final SearchClock search;
    private final Map<Endpoint, FoundSource> sources = new LinkedHashMap<>(4);
    private final Map<Sha1, Candidate> candidates = new LinkedHashMap<>(2);
    private @Nullable Candidate current;
    private boolean isTransferring;
    private boolean isAnnounced;
    private boolean isOver;
    private long describedBy = Timers.NEVER;
    private @Nullable TorrentInfo info;
    private int piecesHad;

    Retrieval(Wanted wanted, RetrievalPort port, RetrievalLimits limits, SearchClock search, TransferListener news) {
        this.wanted = wanted;
        this.port = port;
        this.limits = limits;
        this.search = search;
        this.news = news;
    }

    Sha1 content() {
        return wanted.sha1();
    }

    boolean isOver() {
        return isOver;
    }

    /** Whether {@code infohash} is the torrent that is taken part in for this content. */
    boolean isIn(Sha1 infohash) {
        return current != null && current.infohash.equals(infohash);
    }

    /** How the swarm stands; empty while an HTTP download says so itself. */
    Optional<DownloadStatus> status() {
        long size = info == null ? wanted.size() : info.size();
        return isTransferring
                ? Optional.empty()
                : Optional.of(new DownloadStatus(content(), wanted.name(), stored(), size, sources.size(), null));
    }

    // ---- sources

    /** Begins with what is known; returns why not, for the user. */
    Optional<String> start(List<FoundSource> known) {
        known.forEach(this::remember);
        return goOn();
    }

    /** A torrent that should be tried without anybody having named it. */
    void consider(Sha1 infohash) {
        candidates.putIfAbsent(infohash, new Candidate(infohash));
    }

    /** Hands new sources to the way that is gone, or goes another way for them. */
    void add(List<FoundSource> more) {
        more.forEach(this::remember);
        if (isOver) {
            return;
        }
        if (current == null && next().isPresent()) {
            failIf(goOn());
        } else if (current == null) {
            failIf(port.transfer(wanted, endpoints(more)));
        } else {
            port.addPeers(current.infohash, peersOf(current, more));
            port.addRangeSources(current.infohash, plain(more));
        }
    }

    private void remember(FoundSource source) {
        FoundSource known = sources.get(source.at());
        if (known == null && sources.size() >= limits.sources()) {
            return;
        }
        if (source.path() != null) {
            port.learnPath(source.at(), source.path());
        }
        Sha1 infohash = source.infohash();
        if (infohash == null || !source.isPeer()) {
            sources.putIfAbsent(source.at(), source);
            return;
        }
        sources.put(source.at(), source);
        Candidate named = candidates.get(infohash);
        if (named == null && candidates.size() < limits.torrents() && wanted.size() != 0) {
            named = new Candidate(infohash);
            candidates.put(infohash, named);
        }
        if (named != null && !source.equals(known)) {
            named.votes++;
        }
    }

    private static ImmutableList<Endpoint> plain(Iterable<FoundSource> from) {
        ImmutableList.Builder<Endpoint> plain = ImmutableList.builder();
        for (FoundSource source : from) {
            if (!source.isPeer()) {
                plain.add(source.at());
            }
        }
        return plain.build();
    }

    private static ImmutableList<Endpoint> peersOf(Candidate torrent, Iterable<FoundSource> from) {
        ImmutableList.Builder<Endpoint> peers = ImmutableList.builder();
        for (FoundSource source : from) {
            if (source.isPeer() && torrent.infohash.equals(source.infohash())) {
                peers.add(source.at());
            }
        }
        return peers.build();
    }

    private static ImmutableList<Endpoint> endpoints(List<FoundSource> from) {
        return from.stream().map(FoundSource::at).collect(ImmutableList.toImmutableList());
    }

    // ---- which way

    private Optional<Candidate> next() {
        return candidates.values().stream()
                .filter(Candidate::isHopeful)
                .min(Comparator.comparingInt((Candidate one) -> one.tries).thenComparingInt(one -> -one.votes));
    }

    /** Goes the best way that is left; returns why there is none, for the user. */
    private Optional<String> goOn() {
        for (Optional<Candidate> best = next(); best.isPresent(); best = next()) {
            if (join(best.get())) {
                return Optional.empty();
            }
            best.get().hasFailed = true;
        }
        leaveSwarm();
        isTransferring = true;
        return port.transfer(wanted, endpoints(ImmutableList.copyOf(sources.values())));
    }

    private boolean join(Candidate torrent) {
        torrent.tries++;
        leaveSwarm();
        stopTransfer();
        TorrentOrder order = new TorrentOrder(
                torrent.infohash,
                null,
                null,
                content(),
                wanted.name(),
                port.trackers(),
                peersOf(torrent, sources.values()));
        if (port.join(order).isPresent()) {
            return false;
        }
        current = torrent;
        describedBy = port.now() + limits.describeMillis();
        port.addRangeSources(torrent.infohash, plain(sources.values()));
        return true;
    }

    private void leaveSwarm() {
        Candidate left = current;
        if (left != null) {
            forgetSwarm();
            port.leave(left.infohash);
        }
    }

    private void forgetSwarm() {
        current = null;
        info = null;
        piecesHad = 0;
        describedBy = Timers.NEVER;
        withdraw();
    }

    private void stopTransfer() {
        if (isTransferring) {
            isTransferring = false;
            port.stopTransfer(content());
        }
    }

    private void withdraw() {
        if (isAnnounced) {
            isAnnounced = false;
            port.withdraw(content());
        }
    }

    /** Lets go of everything; what has come stays on the disk. */
    void stop() {
        isOver = true;
        leaveSwarm();
        stopTransfer();
        port.endSearch(content());
    }

    private void failIf(Optional<String> refusal) {
        refusal.ifPresent(this::fail);
    }

    private void fail(String reason) {
        stop();
        news.onFailed(content(), reason);
    }

    // ---- what the swarm tells

    /** Equal bytes have equal infohashes everywhere: a torrent of another form is a lie (spec/praline.md section 4). */
    void onDescribed(TorrentInfo described) {
        Candidate torrent = current;
        if (torrent == null || torrent.isDescribed) {
            return;
        }
        torrent.isDescribed = true;
        describedBy = Timers.NEVER;
        if (!isOfContent(described)) {
            dropCurrent(torrent);
        }
    }

    private boolean isOfContent(TorrentInfo described) {
        return described.hashes().size() == ContentTorrent.pieceCount(described.size()) * Sha1.SIZE
                && new ContentTorrent(content(), described.size(), described.hashes())
                        .infohash()
                        .equals(described.infohash());
    }

    private void dropCurrent(Candidate torrent) {
        torrent.hasFailed = true;
        leaveSwarm();
        failIf(goOn());
    }

    void onReady(TorrentInfo ready, int had) {
        onDescribed(ready);
        if (current != null && current.isDescribed && current.infohash.equals(ready.infohash())) {
            info = ready;
            onPieces(had);
        }
    }

    void onPieces(int had) {
        TorrentInfo torrent = info;
        if (torrent == null) {
            return;
        }
        piecesHad = had;
        if (had > 0) {
            search.moved(port.now());
        }
        if (had > 0 && !isAnnounced) {
            isAnnounced = true;
            port.announcePartial(content(), torrent, wanted.name());
        }
        news.onProgress(content(), stored(), torrent.size());
    }

    /** Of the last piece, which may be shorter, nothing is known before all are there. */
    private long stored() {
        return info == null ? 0 : Math.min(info.size(), (long) piecesHad * info.pieceLength());
    }

    void onSwarmWaits(SwarmListener.Obstacle obstacle, String text) {
        switch (obstacle) {
            case DISK_FULL -> news.onWaiting(content(), Obstacle.DISK_FULL, text);
            case DISK_ERROR -> news.onWaiting(content(), Obstacle.DISK_ERROR, text);
            case NO_PEER -> news.onWaiting(content(), Obstacle.NO_SOURCE, text);
            case WRONG_CONTENT ->
                news.onWaiting(content(), Obstacle.WRONG_BYTES, text + "; goes on with other sources");
        }
    }

    /** The torrent is given up already. */
    void onSwarmFailed() {
        Candidate torrent = current;
        if (torrent != null) {
            torrent.hasFailed = true;
            forgetSwarm();
            failIf(goOn());
        }
    }

    /** All bytes are right, and stand at {@code path}. */
    void onDone(String path) {
        isOver = true;
        port.endSearch(content());
        port.announceWhole(content(), current == null ? null : current.infohash, path);
        news.onDone(content(), path);
    }

    // ---- what the download tells

    void onTransferProgress(long stored, long size) {
        if (isTransferring) {
            search.moved(port.now());
            news.onProgress(content(), stored, size);
        }
    }

    void onTransferWaits(Obstacle obstacle, String text) {
        if (isTransferring) {
            news.onWaiting(content(), obstacle, text);
        }
    }

    /** No source is left, and the user does not want to wait: a torrent that was silent has its second chance. */
    void onTransferFailed(String reason) {
        isTransferring = false;
        if (reopen()) {
            failIf(goOn());
        } else {
            fail(reason);
        }
    }

    // ---- time

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        if (isOver) {
            return Timers.NEVER;
        }
        if (now >= describedBy) {
            onSilence(now);
        }
        if (search.take(now, sources.size() < limits.enough())) {
            port.search(content());
            if (isTransferring && search.isStalled(now) && reopen()) {
                failIf(goOn());
            }
        }
        return isOver ? Timers.NEVER : Math.min(describedBy, search.next());
    }

    /** Nobody tells what the torrent consists of: another way is tried, if there is one, and this one later again. */
    private void onSilence(long now) {
        Candidate silent = current;
        describedBy = now + limits.describeMillis();
        if (silent == null) {
            return;
        }
        silent.isSilent = true;
        if (next().isPresent() || !plain(sources.values()).isEmpty()) {
            failIf(goOn());
        } else if (reopen() && next().get() != silent) {
            failIf(goOn());
        }
    }

    /** Forgives silence. Whether any torrent may be tried then. */
    private boolean reopen() {
        candidates.values().forEach(candidate -> candidate.isSilent = false);
        return next().isPresent();
    }
}
