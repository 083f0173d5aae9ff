package praline.node;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.library.ComingFile;
import praline.node.library.Library;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.retrieval.RetrievalPort;
import praline.node.retrieval.Retrievals;
import praline.node.swarm.SwarmEngine;
import praline.node.swarm.TorrentOrder;
import praline.node.transfer.PushPath;
import praline.node.transfer.TransferEngine;
import praline.node.transfer.Wanted;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/** What retrievals need of a node: its engines, its searches, its library, its host's clock. Of the event loop. */
final class RetrievalDesk implements RetrievalPort {

    private static final Logger LOG = LoggerFactory.getLogger(RetrievalDesk.class);

    private final TcpHost host;
    private final WireLimits limits;
    private final Storage storage;
    private final Consumer<Runnable> worker;
    private final Map<Sha1, RunningSearch> searches = new LinkedHashMap<>(4);
    private @Nullable Node node;

    /**
     * A desk that knows nobody yet.
     *
     * @param worker runs what blocks, elsewhere
     */
    RetrievalDesk(TcpHost host, WireLimits limits, Storage storage, Consumer<Runnable> worker) {
        this.host = host;
        this.limits = limits;
        this.storage = storage;
        this.worker = worker;
    }

    /** The parts of the node that are made after this one, because they tell retrievals what happens. */
    record Node(
            OverlayEngine overlay,
            TransferEngine transfer,
            SwarmEngine swarm,
            SearchDesk searches,
            Library library,
            Sharing sharing,
            Retrievals retrievals) {}

    void attach(Node made) {
        node = made;
    }

    @Override
    public long now() {
        return host.overlay().now();
    }

    @Override
    public void wakeIn(long millis) {
        host.after(millis, () -> node().retrievals.watch());
    }

    @Override
    public void later(Runnable task) {
        host.run(task);
    }

    /** Two that cannot be dialled do not get together. */
    @Override
    public void learnPath(Endpoint source, PushPath path) {
        if (!node().overlay.isFirewalled()) {
            node().transfer.learnPath(source, path);
        }
    }

    @Override
    public Optional<String> transfer(Wanted wanted, List<Endpoint> sources) {
        return node().transfer.fetch(wanted, sources);
    }

    @Override
    public void stopTransfer(Sha1 content) {
        node().transfer.stop(content);
    }

    @Override
    public Optional<String> join(TorrentOrder order) {
        return node().swarm.start(order);
    }

    @Override
    public void leave(Sha1 infohash) {
        node().swarm.stop(infohash);
    }

    @Override
    public void addPeers(Sha1 infohash, List<Endpoint> peers) {
        node().swarm.addPeers(infohash, peers);
    }

    @Override
    public void addRangeSources(Sha1 infohash, List<Endpoint> sources) {
        node().swarm.addRangeSources(infohash, sources);
    }

    /** Every supernode is a tracker on its port (spec/praline.md section 5). */
    @Override
    public ImmutableList<ImmutableList<String>> trackers() {
        return node().overlay.status().links().stream()
                .filter(link -> link.role() == Role.SUPERNODE && link.contact().port() != 0)
                .map(link -> ImmutableList.of("http://" + link.contact() + "/announce"))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public void search(Sha1 content) {
        endSearch(content);
        Node here = node();
        Search search = Search.forContent(content, here.overlay.status().role());
        searches.put(content, here.searches.begin(here.overlay, search, hit -> {
            if (content.equals(hit.sha1())) {
                here.retrievals.addSources(content, List.of(hit.source()));
            }
        }));
    }

    @Override
    public void endSearch(Sha1 content) {
        RunningSearch running = searches.remove(content);
        if (running != null) {
            running.end();
        }
    }

    @Override
    public Optional<String> shared(Sha1 content) {
        return node().library.find(content).map(file -> file.file().path().toString());
    }

    @Override
    public void announcePartial(Sha1 content, TorrentInfo torrent, RemoteText name) {
        Bytes told = Bytes.ofUtf8(SafeName.of(name.tainted(), limits));
        node().sharing.begin(new ComingFile(content, torrent.infohash(), torrent.size(), told));
    }

    @Override
    public void withdraw(Sha1 content) {
        node().sharing.end(content);
    }

    @Override
    public void announceWhole(Sha1 content, @Nullable Sha1 infohash, String path) {
        worker.accept(() -> {
            try {
                storage.fetched(Path.of(path), content, infohash)
                        .ifPresent(file -> host.run(() -> node().sharing.fetched(file)));
            } catch (IOException e) {
                LOG.warn("a finished download is not shared", e);
                host.run(() -> node().sharing.end(content));
            }
        });
    }

    private Node node() {
        if (node == null) {
            throw new IllegalStateException("the node is not complete yet");
        }
        return node;
    }
}
