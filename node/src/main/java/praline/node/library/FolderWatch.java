package praline.node.library;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that something has changed in the share folders, as far as the system tells: a scan finds out what. It is a
 * help, never a promise. A system watches a bounded number of folders, and some file systems say nothing at all, so
 * folders are looked through now and then all the same.
 *
 * <p>The scanner says which folders to watch; {@link #hasNews} may be asked from any other thread, and never blocks.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY
    };

    private final int foldersMax;
    private final Map<Path, WatchKey> keys = new LinkedHashMap<>();
    private volatile @Nullable WatchService service;
    private boolean hasFailed;

    /** @param foldersMax how many folders are watched; those that are found later are not */
    FolderWatch(int foldersMax) {
        this.foldersMax = foldersMax;
    }

    /** Watches these folders and no others. */
    synchronized void watch(Set<Path> folders) {
        if (foldersMax == 0 || hasFailed) {
            return;
        }
        Set<Path> gone = new LinkedHashSet<>(keys.keySet());
        gone.removeAll(folders);
        for (Path folder : gone) {
            WatchKey key = keys.remove(folder);
            if (key != null) {
                key.cancel();
            }
        }
        try {
            for (Path folder : folders) {
                if (keys.size() < foldersMax && !keys.containsKey(folder)) {
                    keys.put(folder, folder.register(begun(), KINDS));
                }
            }
        } catch (IOException | ClosedWatchServiceException e) {
            hasFailed = true;
            LOG.info("not all share folders can be watched, so changes are found more slowly: {}", e.getMessage());
        }
    }

    /** Whether something has changed since this was asked last. */
    boolean hasNews() {
        WatchService watching = service;
        boolean hasNews = false;
        try {
            for (WatchKey key = poll(watching); key != null; key = poll(watching)) {
                hasNews |= !key.pollEvents().isEmpty();
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            return false;
        }
        return hasNews;
    }

    @Override
    public synchronized void close() throws IOException {
        hasFailed = true;
        WatchService watching = service;
        if (watching != null) {
            watching.close();
        }
    }

    private static @Nullable WatchKey poll(@Nullable WatchService watching) {
        return watching == null ? null : watching.poll();
    }

    private WatchService begun() throws IOException {
        WatchService watching = service;
        if (watching == null) {
            watching = FileSystems.getDefault().newWatchService();
            service = watching;
        }
        return watching;
    }
}
