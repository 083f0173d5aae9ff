package praline.node;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import praline.node.library.Library;
import praline.node.library.LibraryChange;
import praline.node.library.LibraryScanner;
import praline.node.library.ScanListener;
import praline.node.library.ScanProgress;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;

/**
 * Brings what lies in the share folders into the library, and tells the overlay of it. The scan runs on a worker and
 * posts what it finds; the library belongs to the node's event loop.
 */
final class Sharing implements ScanListener {

    /** A person sees no more than this. */
    private static final long NEWS_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TcpHost host;
    private final OverlayEngine overlay;
    private final Library library;
    private final LibraryScanner scanner;
    private final NodeListener news;
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
        return begins;
    }

    /** Looks through the folders; blocks for as long as that takes. */
    void scan() {
        boolean isComplete = scanner.scan(this);
        host.run(() -> {
            scanning = false;
            if (isComplete) {
                news.onScanned(library.fileCount());
            }
        });
    }

    /** Ends a scan under way, soon. */
    void stop() {
        scanner.stop();
    }

    @Override
    public void onChange(LibraryChange change) {
        host.run(() -> overlay.filesChanged(library.apply(change)));
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
