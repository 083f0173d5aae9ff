package praline.node.library;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Finds what may be shared under some folders: regular files that are not hidden (spec/hardening.md D12).
 *
 * <p>Links are never followed. What they lead to inside the folders is found in its own place, and what they lead to
 * outside was not meant to be shared; so no loop can arise, and every path that is found is real. Pipes and devices are
 * recognised by their attributes and never opened. A folder that cannot be read, or that vanishes, costs what is in it
 * and no more.
 */
final class FolderScan {

    /** Hears what is found. */
    interface Visitor {
        void onFile(FoundFile file);

        /** A folder is about to be listed. */
        default void onFolder(Path folder) {}

        void onProblem(Path path, String why);
    }

    private record Folder(Path path, int depth) {}

    private final ImmutableSet<Path> roots;
    private final LibraryLimits limits;
    private final BooleanSupplier stopped;
    private final Visitor visitor;
    private final Deque<Folder> pending = new ArrayDeque<>();
    private int fileCount;
    private boolean isFull;

    /**
     * @param roots real paths of folders; one may lie in another
     * @param stopped asked once for each entry
     */
    FolderScan(ImmutableList<Path> roots, LibraryLimits limits, BooleanSupplier stopped, Visitor visitor) {
        this.roots = ImmutableSet.copyOf(roots);
        this.limits = limits;
        this.stopped = stopped;
        this.visitor = visitor;
    }

    /** Walks all folders once. */
    void run() {
        for (Path root : roots) {
            pending.push(new Folder(root, 0));
        }
        while (!pending.isEmpty()) {
            list(pending.pop());
        }
    }

    private void list(Folder folder) {
        visitor.onFolder(folder.path());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                if (isFull || stopped.getAsBoolean()) {
                    pending.clear();
                    return;
                }
                look(entry, folder.depth() + 1);
            }
        } catch (DirectoryIteratorException e) {
            visitor.onProblem(folder.path(), "cannot be read to the end");
        } catch (IOException e) {
            visitor.onProblem(folder.path(), Problems.inWords(e));
        }
    }

    private void look(Path entry, int depth) {
        if (isHidden(entry)) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            visitor.onProblem(entry, Problems.inWords(e));
            return;
        }
        if (attributes.isDirectory()) {
            enter(entry, depth);
        } else if (attributes.isRegularFile()) {
            take(FoundFile.of(entry, attributes));
        }
    }

    private void enter(Path folder, int depth) {
        if (roots.contains(folder)) {
            return;
        }
        if (depth > limits.depth()) {
            visitor.onProblem(folder, "lies more than " + limits.depth() + " folders deep");
            return;
        }
        pending.push(new Folder(folder, depth));
    }

    /** An empty file is passed over: nobody can fetch anything of it, and all of them have the same hash. */
    private void take(FoundFile file) {
        if (file.size() == 0) {
            return;
        }
        if (file.size() > limits.fileSize()) {
            visitor.onProblem(file.path(), "is larger than " + limits.fileSize() + " bytes");
        } else if (fileCount == limits.files()) {
            visitor.onProblem(file.path(), "is one too many: only " + fileCount + " files are shared");
            isFull = true;
        } else {
            fileCount++;
            visitor.onFile(file);
        }
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }
}
