package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import praline.node.NodeListener;
import praline.node.engine.DialFailure;
import praline.node.library.ScanProgress;
import praline.node.overlay.Role;
import praline.node.transfer.TransferListener;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.QueryHit;

/**
 * Stands between a node and its listener, and tells the news of each download to those who asked for it, too. A node
 * speaks of all its downloads to one listener; users ask for one.
 */
final class FetchDesk implements NodeListener {

    private final NodeListener next;
    private final Map<Sha1, ImmutableList<TransferListener>> askers = new ConcurrentSkipListMap<>();

    FetchDesk(NodeListener next) {
        this.next = next;
    }

    /** {@code asker} hears of this download from now on. From any thread. */
    void add(Sha1 sha1, TransferListener asker) {
        askers.merge(
                sha1,
                ImmutableList.of(asker),
                (known, added) -> ImmutableList.<TransferListener>builder()
                        .addAll(known)
                        .addAll(added)
                        .build());
    }

    /** {@code asker} hears no more of this download. True: nobody else does, either. From any thread. */
    boolean remove(Sha1 sha1, TransferListener asker) {
        ImmutableList<TransferListener> left = askers.computeIfPresent(sha1, (key, known) -> {
            ImmutableList<TransferListener> others =
                    known.stream().filter(one -> one != asker).collect(ImmutableList.toImmutableList());
            return others.isEmpty() ? null : others;
        });
        return left == null;
    }

    @Override
    public void onProgress(Sha1 sha1, long stored, long size) {
        next.onProgress(sha1, stored, size);
        askersOf(sha1).forEach(asker -> asker.onProgress(sha1, stored, size));
    }

    @Override
    public void onDone(Sha1 sha1, String path) {
        next.onDone(sha1, path);
        askersOf(sha1).forEach(asker -> asker.onDone(sha1, path));
    }

    @Override
    public void onFailed(Sha1 sha1, String reason) {
        next.onFailed(sha1, reason);
        askersOf(sha1).forEach(asker -> asker.onFailed(sha1, reason));
    }

    @Override
    public void onWaiting(Sha1 sha1, Obstacle obstacle, String text) {
        next.onWaiting(sha1, obstacle, text);
        askersOf(sha1).forEach(asker -> asker.onWaiting(sha1, obstacle, text));
    }

    @Override
    public void onHit(long search, QueryHit hit) {
        next.onHit(search, hit);
    }

    @Override
    public void onSearchQuiet(long search) {
        next.onSearchQuiet(search);
    }

    @Override
    public void onJoined(Endpoint remote, Role role) {
        next.onJoined(remote, role);
    }

    @Override
    public void onLeft(Endpoint remote, Role role) {
        next.onLeft(remote, role);
    }

    @Override
    public void onUnreachable(Endpoint remote, DialFailure why) {
        next.onUnreachable(remote, why);
    }

    @Override
    public void onRefused(Endpoint remote, int status, String reason, boolean flat) {
        next.onRefused(remote, status, reason, flat);
    }

    @Override
    public void onBye(Endpoint remote, int code, String reason) {
        next.onBye(remote, code, reason);
    }

    @Override
    public void onPublicationRefused(Endpoint supernode) {
        next.onPublicationRefused(supernode);
    }

    @Override
    public void onPush(Push push) {
        next.onPush(push);
    }

    @Override
    public void onScan(ScanProgress progress) {
        next.onScan(progress);
    }

    @Override
    public void onScanned(int fileCount) {
        next.onScanned(fileCount);
    }

    @Override
    public void onUnshared(Path path, String why) {
        next.onUnshared(path, why);
    }

    private ImmutableList<TransferListener> askersOf(Sha1 sha1) {
        return askers.getOrDefault(sha1, ImmutableList.of());
    }
}
