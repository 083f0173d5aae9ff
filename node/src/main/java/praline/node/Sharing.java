package praline.node;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import praline.node.library.ComingFile;
import praline.node.library.Library;
import praline.node.library.LibraryChange;
import praline.node.library.LibraryScanner;
import praline.node.library.ScanListener;
import praline.node.library.ScanProgress;
import praline.node.library.ScanTimes;
import praline.node.library.SharedFile;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.protocol.Sha1;

/**
 * Brings what lies in the share folders into the library, and tells the overlay of it. The scan runs on a worker and
 * posts what it finds; the library belongs to the node's event loop.
 */
final class Sharing implements ScanListener {

    /** A person sees no more than this. */
    private static final long NEWS_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int CHANGES_AHEAD = 2;

    private final TcpHost host;
    private final OverlayEngine overlay;
    private final Library library;
    private final LibraryScanner scanner;
    private final NodeListener news;
    /** Where finished downloads stand. */
    private final Map<Sha1, Path> fetched = new LinkedHashMap<>(4);
    /** Changes that the event loop has not taken yet: the worker waits, so that others have their turns between. */
    private final Semaphore room = new Semaphore(CHANGES_AHEAD);

    private final ScanTimes times = new ScanTimes();

    /** Of the event loop. */
    private boolean scanning;
    /** Of the worker that scans. */
    private long lastNews = System.nanoTime() - NEWS_PERIOD_NANOS;

    Sharing(TcpHost host, OverlayEngine overlay, Library library, LibraryScanner scanner, NodeListener news) {
        this.host = host;
        this.overlay = overlay;
        this.library = library;
        this.scanner = scanner;
        this.news = news;
    }

    /** Whether a scan is under way, or waits for its worker. */
    boolean isScanning() {
        return scanning;
    }

    /** A scan is about to be done by a worker. False: one is on its way already. */
    boolean beginScan() {
        boolean begins = !scanning;
        scanning = true;
        if (begins) {
            times.onBegin();
        }
        return begins;
    }

    /** Whether the folders should be looked through, by what the system tells and by the time. */
    boolean isScanDue() {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        if (scanner.hasNews()) {
            times.onNews(now);
        }
        return !scanning && times.isDue(now);
    }

    /** Looks through the folders; blocks for as long as that takes. */
    void scan() {
        boolean isComplete = scanner.scan(this);
        host.run(() -> {
            scanning = false;
            long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            times.onEnd(now, scanner.walkMillis(), scanner.isSettled());
            if (isComplete) {
                news.onScanned(library.fileCount());
            }
        });
    }

    /** Ends a scan under way, soon. */
    void stop() {
        scanner.stop();
    }

    /** Some of a content is here: others may know. */
    void begin(ComingFile file) {
        overlay.filesChanged(library.begin(file));
    }

    /** None of a content is here that a scan has not found. */
    void end(Sha1 content) {
        forgetFetched(content);
        overlay.filesChanged(library.end(content));
    }

    /** A download is whole, and is shared as long as this node runs; a scan of its folder finds it there, too. */
    void fetched(SharedFile file) {
        fetched.put(file.sha1(), file.file().path());
        overlay.filesChanged(library.apply(new LibraryChange(ImmutableList.of(), ImmutableList.of(file))));
        overlay.filesChanged(library.end(file.sha1()));
    }

    /** A file is not what it was. If it was shared, a scan says more. */
    void changed(Sha1 content) {
        host.run(() -> forgetFetched(content));
    }

    private void forgetFetched(Sha1 content) {
        Path path = fetched.remove(content);
        if (path != null) {
            overlay.filesChanged(library.apply(new LibraryChange(ImmutableList.of(path), ImmutableList.of())));
        }
    }

    @Override
    public void onChange(LibraryChange change) {
        if (hasRoom()) {
            host.run(
                    () -> {
                        overlay.filesChanged(library.apply(change));
                        room.release();
                    },
                    room::release);
        }
    }

    /** Waits until the event loop has taken some of what came before. False: the node ends. */
    private boolean hasRoom() {
        try {
            while (!room.tryAcquire(1, TimeUnit.SECONDS)) {
                if (scanner.isStopped()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void onProgress(ScanProgress progress) {
        long now = System.nanoTime();
        if (now - lastNews >= NEWS_PERIOD_NANOS) {
            lastNews = now;
            host.run(() -> news.onScan(progress));
        }
    }

    @Override
    public void onProblem(Path path, String why) {
        host.run(() -> news.onUnshared(path, why));
    }
}
