package praline.node.library;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of what lies in the share folders. Each {@link #scan} walks them, hashes what is new and tells a listener
 * what has changed since the scan before: what is known already as it is found, the rest as it is hashed. A file that
 * appears or changes while the node runs is hashed when it has stood still for two seconds: whoever writes it is likely
 * to be done. The first scan does not wait, and takes the files as they are.
 *
 * <p>It blocks and reads whole disks: one worker of low priority calls it. Between scans it costs memory, and a watch
 * on the folders that says when something changes.
 */
public final class LibraryScanner implements AutoCloseable {

    /** Files that go out together: one event for the engine, some milliseconds of its loop (spec/hardening.md B6). */
    private static final int CHANGE_FILES_MAX = 100;

    /** How long a hashed file waits for company. */
    private static final long CHANGE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Work of at most so long is lost when the process is killed. */
    private static final long SAVE_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How long a file must stand still before it is hashed. */
    private static final long SETTLE_MILLIS = 2_000;

    private final ImmutableList<Path> folders;
    private final HashCache hashes;
    private final LibraryLimits limits;
    private final Map<Path, SharedFile> shared = new LinkedHashMap<>();
    private final FolderWatch watch;
    private boolean hasScanned;
    private volatile boolean isSettled = true;
    private volatile long walkMillis;
    private volatile boolean isStopped;

    /** @param folders as {@link ShareFolders} checks them */
    public LibraryScanner(ImmutableList<Path> folders, HashCache hashes, LibraryLimits limits) {
        this.folders = folders;
        this.hashes = hashes;
        this.limits = limits;
        this.watch = new FolderWatch(limits.watched());
    }

    /** Ends a scan that is under way, and all later ones, soon. From any thread. */
    public void stop() {
        isStopped = true;
    }

    public boolean isStopped() {
        return isStopped;
    }

    /** Whether the system has told of a change since this was asked last. From any thread; it does not block. */
    public boolean hasNews() {
        return watch.hasNews();
    }

    /** Whether the last scan passed over no file that somebody seems to be writing. From any thread. */
    public boolean isSettled() {
        return isSettled;
    }

    /**
     * How long the last scan walked through the folders, in milliseconds; 0 for the first, which also tells what it
     * finds. From any thread.
     */
    public long walkMillis() {
        return walkMillis;
    }

    /** Ends the watch on the folders. */
    @Override
    public void close() throws IOException {
        watch.close();
    }

    /**
     * Walks the folders and hashes what is new. False: it was stopped before the end; what had been hashed by then was
     * told and is remembered.
     */
    public synchronized boolean scan(ScanListener listener) {
        return new Scan(listener).run();
    }

    /** One walk and what follows from it. */
    private final class Scan implements FolderScan.Visitor {

        private final ScanListener listener;
        private final Set<Path> listed = new LinkedHashSet<>();
        private final Set<Path> found = new LinkedHashSet<>();
        private final List<FoundFile> unknown = new ArrayList<>();
        /** What was shared and is not any more. */
        private final List<Path> gone = new ArrayList<>();

        private final List<SharedFile> untold = new ArrayList<>();
        private final FileHasher hasher = new FileHasher(hashes.pieces(), () -> isStopped);
        private long lastTold = System.nanoTime();
        private long lastSaved = lastTold;
        private boolean isAllSettled = true;
        private int filesDone;
        private int filesTotal;
        private long bytesDone;
        private long bytesTotal;

        Scan(ScanListener listener) {
            this.listener = listener;
        }

        boolean run() {
            long begun = System.nanoTime();
            new FolderScan(folders, limits, () -> isStopped, this).run();
            if (isStopped) {
                return false;
            }
            tell();
            forgetGone();
            watch.watch(listed);
            walkMillis = hasScanned ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) : 0;
            hashAll(unknown);
            tell();
            hashes.save();
            hasScanned |= !isStopped;
            isSettled = isAllSettled;
            return !isStopped;
        }

        @Override
        public void onFolder(Path folder) {
            listed.add(folder);
        }

        @Override
        public void onFile(FoundFile file) {
            found.add(file.path());
            SharedFile before = shared.get(file.path());
            if (before == null || !before.file().equals(file)) {
                onNewFile(file);
            }
            progress();
        }

        /** Shares it if its hashes are known; else it is no longer what was shared. */
        private void onNewFile(FoundFile file) {
            Optional<SharedFile> known = hashes.find(file);
            if (known.isPresent()) {
                share(known.get());
                return;
            }
            if (shared.remove(file.path()) != null) {
                gone.add(file.path());
            }
            if (hasScanned && file.isFresh(SETTLE_MILLIS)) {
                isAllSettled = false;
            } else {
                unknown.add(file);
                bytesTotal += file.size();
            }
        }

        @Override
        public void onProblem(Path path, String why) {
            listener.onProblem(path, why);
        }

        private void forgetGone() {
            for (Path path : shared.keySet()) {
                if (!found.contains(path)) {
                    gone.add(path);
                }
            }
            gone.forEach(shared::remove);
            for (List<Path> some : Lists.partition(gone, CHANGE_FILES_MAX)) {
                listener.onChange(new LibraryChange(ImmutableList.copyOf(some), ImmutableList.of()));
            }
        }

        private void hashAll(List<FoundFile> files) {
            filesTotal = files.size();
            progress();
            for (FoundFile file : files) {
                if (isStopped) {
                    return;
                }
                hash(file);
                filesDone++;
                progress();
                tellAndSaveInTime();
            }
        }

        private void hash(FoundFile file) {
            long before = bytesDone;
            @Nullable SharedFile hashed = null;
            try {
                hashed = hasher.hash(file, this::progressBy);
            } catch (IOException e) {
                listener.onProblem(file.path(), Problems.inWords(e));
            }
            if (hashed != null) {
                hashes.remember(hashed);
                share(hashed);
            }
            bytesDone = before + file.size();
        }

        private void share(SharedFile file) {
            shared.put(file.file().path(), file);
            untold.add(file);
            if (untold.size() == CHANGE_FILES_MAX) {
                tell();
            }
        }

        private void tell() {
            if (!untold.isEmpty()) {
                listener.onChange(new LibraryChange(ImmutableList.of(), ImmutableList.copyOf(untold)));
                untold.clear();
            }
            lastTold = System.nanoTime();
        }

        private void tellAndSaveInTime() {
            long now = System.nanoTime();
            if (now - lastTold > CHANGE_WAIT_NANOS) {
                tell();
            }
            if (now - lastSaved > SAVE_PERIOD_NANOS) {
                hashes.save();
                lastSaved = System.nanoTime();
            }
        }

        private void progressBy(int bytes) {
            bytesDone += bytes;
            progress();
        }

        private void progress() {
            listener.onProgress(new ScanProgress(found.size(), filesDone, filesTotal, bytesDone, bytesTotal));
        }
    }
}
