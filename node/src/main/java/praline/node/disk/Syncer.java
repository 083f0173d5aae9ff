package praline.node.disk;

import java.io.IOException;
import java.util.Map;
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
    /** Torrents that wait for their turn, and whether it comes at once. */
    private final Map<GrowingTorrent, Boolean> waiting = new ConcurrentHashMap<>(4);

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
    void changed(GrowingTorrent torrent) throws IOException {
        if (limits.syncMillis() == 0) {
            torrent.record();
        } else if (torrent.unrecorded() >= limits.syncPieces()) {
            if (waiting.put(torrent, true) != Boolean.TRUE) {
                thread.execute(() -> sync(torrent));
            }
        } else if (waiting.putIfAbsent(torrent, false) == null) {
            thread.schedule(() -> sync(torrent), limits.syncMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits for the end of what is under way. Nothing is done afterwards. */
    @Override
    public void close() {
        thread.shutdown();
        boolean isInterrupted = false;
        while (!thread.isTerminated()) {
            try {
                if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                    continue;
                }
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sync(GrowingTorrent torrent) {
        waiting.remove(torrent);
        try {
            torrent.record();
        } catch (IOException e) {
            torrent.failed(e);
        }
    }
}
