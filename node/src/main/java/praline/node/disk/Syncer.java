package praline.node.disk;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import praline.node.transfer.TransferLimits;

/**
 * Brings growing torrents to the disk behind the backs of those who write: soon after the first piece that is not on
 * record, and at once when there are many (spec/hardening.md D2). Its thread is there only while there is something to
 * do.
 */
final class Syncer implements AutoCloseable {

    private final TransferLimits.Download limits;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<GrowingTorrent> waitingAWhile = ConcurrentHashMap.newKeySet(4);
    private final Set<GrowingTorrent> waitingForTheirTurn = ConcurrentHashMap.newKeySet(4);

    Syncer(TransferLimits.Download limits) {
        this.limits = limits;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "praline-sync");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A torrent has a piece more than its record says. */
    @SuppressWarnings("FutureReturnValueIgnored") // the torrent hears of every failure
    void changed(GrowingTorrent torrent) throws IOException {
        if (limits.syncMillis() == 0) {
            torrent.record();
        } else if (torrent.unrecorded() >= limits.syncPieces()) {
            if (waitingForTheirTurn.add(torrent)) {
                thread.execute(() -> sync(torrent, waitingForTheirTurn));
            }
        } else if (waitingAWhile.add(torrent)) {
            thread.schedule(() -> sync(torrent, waitingAWhile), limits.syncMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits for the end of what is under way. Nothing is done afterwards. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread);
    }

    private void sync(GrowingTorrent torrent, Set<GrowingTorrent> waiting) {
        waiting.remove(torrent);
        try {
            torrent.record();
        } catch (IOException e) {
            torrent.failed(e);
        } catch (RuntimeException bug) {
            torrent.failed(new IOException("the torrent cannot be brought to the disk", bug));
        }
    }
}
