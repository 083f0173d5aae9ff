package praline.node.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import praline.protocol.bittorrent.TorrentInfo;

/** Does something with each piece of a torrent, in about their order, by as many threads as there are cores. */
final class PieceWork {

    private final TorrentInfo torrent;
    private final HashingProgress progress;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private long done;

    PieceWork(TorrentInfo torrent, HashingProgress progress) {
        this.torrent = torrent;
        this.progress = progress;
    }

    /** What is done with one piece. */
    @FunctionalInterface
    interface Task {
        void run(int piece) throws IOException;
    }

    /**
     * Returns when all is done.
     *
     * @throws IOException the first that a task has thrown; the pieces behind it are left out
     */
    void run(Task task) throws IOException {
        int count = Math.min(Runtime.getRuntime().availableProcessors(), Math.max(1, torrent.pieceCount()));
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Boolean>> shares = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                shares.add(() -> share(task));
            }
            for (Future<Boolean> share : threads.invokeAll(shares)) {
                share.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            isStopped.set(true);
            threads.shutdownNow();
        }
    }

    /** Does what one thread can; false: it was stopped before the end. */
    private boolean share(Task task) throws IOException {
        for (int piece = next.getAndIncrement();
                piece < torrent.pieceCount() && !isStopped.get();
                piece = next.getAndIncrement()) {
            boolean isDone = false;
            try {
                task.run(piece);
                isDone = true;
            } finally {
                isStopped.compareAndSet(false, !isDone);
            }
            tell(torrent.pieceSize(piece));
        }
        return !isStopped.get();
    }

    private synchronized void tell(int size) {
        done += size;
        progress.on(done, torrent.size());
    }
}
