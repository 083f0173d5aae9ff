package praline.node;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.retrieval.FoundSource;
import praline.node.retrieval.Retrievals;
import praline.node.swarm.SwarmEngine;
import praline.node.swarm.TorrentOrder;
import praline.node.swarm.TorrentStatus;
import praline.node.transfer.DownloadStatus;
import praline.node.transfer.TransferEngine;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;

/**
 * A running node, as the layers above talk to it. Its methods may be called from any thread: each enters the node's
 * event loop, and what comes back comes from there. A node that has ended takes nothing more: searches stay without
 * hits, and questions fail with an {@link IllegalStateException}.
 */
public final class NodeControl {

    private final TcpHost host;
    private final OverlayEngine overlay;
    private final TransferEngine transfer;
    private final SwarmEngine swarm;
    private final Retrievals retrievals;
    private final SearchDesk searches;
    private final Sharing sharing;
    private final NodeConfig config;
    private final Guid servent;

    NodeControl(
            TcpHost host,
            Engines engines,
            Retrievals retrievals,
            SearchDesk searches,
            Sharing sharing,
            NodeConfig config,
            Guid servent) {
        this.host = host;
        this.overlay = engines.overlay();
        this.transfer = engines.transfer();
        this.swarm = engines.swarm();
        this.retrievals = retrievals;
        this.searches = searches;
        this.sharing = sharing;
        this.config = config;
        this.servent = servent;
    }

    /** The engines of a node. */
    record Engines(OverlayEngine overlay, TransferEngine transfer, SwarmEngine swarm) {}

    /** Where it accepts connections. */
    public Endpoint endpoint() {
        return host.listening();
    }

    /** What it is, or began as when it may choose; {@link #status} says what it is at present. */
    public Role role() {
        return config.role();
    }

    /** Its GUID, as hits carry it. */
    public Guid servent() {
        return servent;
    }

    /** Joins by one more seed. */
    public void connect(Endpoint seed) {
        host.run(() -> overlay.connect(seed));
    }

    /** Begins a search. */
    public RunningSearch search(Search search, SearchListener listener) {
        return searches.begin(overlay, search, listener);
    }

    /**
     * Begins to fetch a content into the folder for downloads, or goes on with what an earlier run left of it: in a
     * swarm as soon as a source names a torrent, else by HTTP. The node's listener hears what becomes of it, whatever
     * way the bytes come. A content that this node shares is done at once.
     *
     * @param sources who should have it, in the order of trust
     * @return empty when it is under way; else why not, for the user
     */
    public CompletionStage<Optional<String>> fetch(Wanted wanted, List<FoundSource> sources) {
        return ask(() -> config.downloads() == null
                ? Optional.of("this node has no folder for downloads")
                : retrievals.fetch(wanted, sources));
    }

    /** More sources for a content that is under way. */
    public void addSources(Sha1 sha1, List<FoundSource> sources) {
        host.run(() -> retrievals.addSources(sha1, sources));
    }

    /** Ends it without a word to the listener; what has come is kept for another {@link #fetch}. */
    public void stopFetching(Sha1 sha1) {
        host.run(() -> retrievals.stop(sha1));
    }

    /**
     * Begins to take part in a torrent, fetching it into the folder for downloads or seeding what stands there. The
     * swarms' listener hears what becomes of it. A torrent that is under way gets the order's peers and trackers.
     *
     * @return empty when it is under way; else why not, for the user
     */
    public CompletionStage<Optional<String>> startTorrent(TorrentOrder order) {
        return ask(() -> config.downloads() == null && order.shared() == null
                ? Optional.of("this node has no folder for downloads")
                : swarm.start(order));
    }

    /** More peers of a torrent that is under way. */
    public void addPeers(Sha1 infohash, List<Endpoint> peers) {
        host.run(() -> swarm.addPeers(infohash, peers));
    }

    /** Leaves a torrent; what has come is kept. */
    public void stopTorrent(Sha1 infohash) {
        host.run(() -> swarm.stop(infohash));
    }

    /** Payload bytes a second that all torrents together give and take from here on. */
    public void limitRates(long upRate, long downRate) {
        host.run(() -> swarm.limitRates(upRate, downRate));
    }

    /** The torrents that it takes part in. */
    public CompletionStage<ImmutableList<TorrentStatus>> torrents() {
        return ask(swarm::torrents);
    }

    public CompletionStage<NodeStatus> status() {
        return ask(() -> new NodeStatus(
                overlay.status(),
                host.status(),
                overlay.counters().copy(),
                transfer.counters().copy(),
                downloads(),
                transfer.uploadsActive(),
                transfer.uploadsQueued(),
                limitHits(),
                sharing.isScanning()));
    }

    private ImmutableList<DownloadStatus> downloads() {
        return Stream.concat(transfer.downloads().stream(), retrievals.status().stream())
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableMap<String, Long> limitHits() {
        Map<String, Long> hits = new LinkedHashMap<>(host.status().limitHits());
        overlay.limitHits().all().forEach((key, count) -> hits.merge(key, count, Long::sum));
        transfer.limitHits().all().forEach((key, count) -> hits.merge(key, count, Long::sum));
        swarm.limitHits().all().forEach((key, count) -> hits.merge(key, count, Long::sum));
        return ImmutableMap.copyOf(hits);
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        host.run(
                () -> answer.complete(question.get()),
                () -> answer.completeExceptionally(new IllegalStateException("the node has ended")));
        return answer;
    }
}
