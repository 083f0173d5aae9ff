package praline.node.retrieval;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import praline.node.swarm.TorrentOrder;
import praline.node.transfer.PushPath;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** A node in the hands of a test: what is asked of it is kept, and time passes when the test says so. */
final class HandPort implements RetrievalPort {

    final Map<Sha1, TorrentOrder> torrents = new LinkedHashMap<>();
    final Map<Sha1, List<Endpoint>> peers = new LinkedHashMap<>();
    final Map<Sha1, List<Endpoint>> ranges = new LinkedHashMap<>();
    final Map<Sha1, List<Endpoint>> transfers = new LinkedHashMap<>();
    final Map<Endpoint, PushPath> paths = new LinkedHashMap<>();
    final List<Sha1> searches = new ArrayList<>();
    final List<Long> searchedAt = new ArrayList<>();
    final Map<Sha1, String> shared = new LinkedHashMap<>();
    final TreeSet<Sha1> partial = new TreeSet<>();
    final List<String> whole = new ArrayList<>();

    /** Why no torrent is taken; null: they are. */
    @Nullable
    String refusal;

    long now;
    private long wakeAt = Long.MAX_VALUE;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Lets time pass, and wakes {@code retrievals} when they want it. */
    void pass(Retrievals retrievals, long millis) {
        long end = now + millis;
        while (wakeAt <= end) {
            now = Math.max(now, wakeAt);
            wakeAt = Long.MAX_VALUE;
            retrievals.watch();
        }
        now = end;
    }

    /** What engines have told is acted upon. */
    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void wakeIn(long millis) {
        wakeAt = Math.min(wakeAt, now + millis);
    }

    @Override
    public void learnPath(Endpoint source, PushPath path) {
        paths.put(source, path);
    }

    @Override
    public void later(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Optional<String> transfer(Wanted wanted, List<Endpoint> sources) {
        transfers.computeIfAbsent(wanted.sha1(), none -> new ArrayList<>()).addAll(sources);
        return Optional.empty();
    }

    @Override
    public void stopTransfer(Sha1 content) {
        transfers.remove(content);
    }

    @Override
    public Optional<String> join(TorrentOrder order) {
        if (refusal == null) {
            torrents.put(order.infohash(), order);
            peers.computeIfAbsent(order.infohash(), none -> new ArrayList<>()).addAll(order.peers());
        }
        return Optional.ofNullable(refusal);
    }

    @Override
    public void leave(Sha1 infohash) {
        torrents.remove(infohash);
    }

    @Override
    public void addPeers(Sha1 infohash, List<Endpoint> more) {
        peers.computeIfAbsent(infohash, none -> new ArrayList<>()).addAll(more);
    }

    @Override
    public void addRangeSources(Sha1 infohash, List<Endpoint> sources) {
        ranges.computeIfAbsent(infohash, none -> new ArrayList<>()).addAll(sources);
    }

    @Override
    public ImmutableList<ImmutableList<String>> trackers() {
        return ImmutableList.of(ImmutableList.of("http://10.0.0.9:6346/announce"));
    }

    @Override
    public void search(Sha1 content) {
        searches.add(content);
        searchedAt.add(now);
    }

    @Override
    public void endSearch(Sha1 content) {}

    @Override
    public Optional<String> shared(Sha1 content) {
        return Optional.ofNullable(shared.get(content));
    }

    @Override
    public void announcePartial(Sha1 content, TorrentInfo torrent, RemoteText name) {
        partial.add(content);
    }

    @Override
    public void withdraw(Sha1 content) {
        partial.remove(content);
    }

    @Override
    public void announceWhole(Sha1 content, @Nullable Sha1 infohash, String path) {
        whole.add(path);
    }
}
