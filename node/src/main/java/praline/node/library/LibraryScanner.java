package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of what lies in the share folders. Each {@link #scan} walks them, hashes what is new and tells a listener
 * what has changed since the scan before: what is known already at once, the rest as it is hashed.
 *
 * <p>It blocks and reads whole disks: one worker of low priority calls it. Between scans it costs nothing but memory.
 */
public final class LibraryScanner {

    /** Files that go out together: one event for the engine, one or two batches for its supernode. */
    private static final int CHANGE_FILES_MAX = 500;

    /** How long a hashed file waits for company. */
    private static final long CHANGE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Work of at most so long is lost when the process is killed. */
    private static final long SAVE_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ImmutableList<Path> folders;
    private final HashCache hashes;
    private final LibraryLimits limits;
    private final Map<Path, SharedFile> shared = new LinkedHashMap<>();
    private volatile boolean isStopped;

    /** @param folders as {@link ShareFolders} checks them */
    public LibraryScanner(ImmutableList<Path> folders, HashCache hashes, LibraryLimits limits) {
        this.folders = folders;
        this.hashes = hashes;
        this.limits = limits;
    }

    /** Ends a scan that is under way, and all later ones, soon. From any thread. */
    public void stop() {
        isStopped = true;
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
        private final Map<Path, FoundFile> found = new LinkedHashMap<>();
        private final List<SharedFile> untold = new ArrayList<>();
        private final FileHasher hasher = new FileHasher(hashes.pieces(), () -> isStopped);
        private long lastTold = System.nanoTime();
        private long lastSaved = lastTold;
        private int filesDone;
        private int filesTotal;
        private long bytesDone;
        private long bytesTotal;

        Scan(ScanListener listener) {
            this.listener = listener;
        }

        boolean run() {
            new FolderScan(folders, limits, () -> isStopped, this).run();
            if (isStopped) {
                return false;
            }
            forgetGone();
            hashAll(tellKnown());
            tell();
            hashes.save();
            return !isStopped;
        }

        @Override
        public void onFile(FoundFile file) {
            found.put(file.path(), file);
            progress();
        }

        @Override
        public void onProblem(Path path, String why) {
            listener.onProblem(path, why);
        }

        private void forgetGone() {
            ImmutableList<Path> gone = shared.values().stream()
                    .map(SharedFile::file)
                    .filter(file -> !file.equals(found.get(file.path())))
                    .map(FoundFile::path)
                    .collect(ImmutableList.toImmutableList());
            gone.forEach(shared::remove);
            if (!gone.isEmpty()) {
                listener.onChange(new LibraryChange(gone, ImmutableList.of()));
            }
        }

        /** Shares what is in the cache, and returns what is not. */
        private List<FoundFile> tellKnown() {
            List<FoundFile> unknown = new ArrayList<>();
            for (FoundFile file : found.values()) {
                if (shared.containsKey(file.path())) {
                    continue;
                }
                Optional<SharedFile> known = hashes.find(file);
                if (known.isPresent()) {
                    share(known.get());
                } else {
                    unknown.add(file);
                    bytesTotal += file.size();
                }
            }
            tell();
            return unknown;
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
