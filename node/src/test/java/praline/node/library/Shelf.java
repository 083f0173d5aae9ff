package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A share folder in a test, its scanner, and what the scanner has told so far. */
final class Shelf implements ScanListener {

    final Path root;
    final Map<Path, SharedFile> shared = new LinkedHashMap<>();
    final List<LibraryChange> changes = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final List<ScanProgress> progress = new ArrayList<>();

    private LibraryScanner scanner;

    Shelf(Path root) throws IOException {
        this(root, HashCache.inMemory(LibraryLimits.STANDARD), LibraryLimits.STANDARD);
    }

    Shelf(Path root, HashCache hashes, LibraryLimits limits) throws IOException {
        this.root = root.toRealPath();
        scanner = new LibraryScanner(ImmutableList.of(this.root), hashes, limits);
    }

    /** Writes a file, with all folders on the way, and gives it a time of change that no other write of it gets. */
    Path write(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.UTF_8);
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000L + text.hashCode()));
        return path;
    }

    Shelf scan() {
        scanner.scan(this);
        return this;
    }

    boolean isSettled() {
        return scanner.isSettled();
    }

    void stop() {
        scanner.stop();
    }

    /** The shared files by their paths below the root, sorted. */
    List<String> names() {
        return shared.keySet().stream()
                .map(path -> root.relativize(path).toString())
                .sorted()
                .toList();
    }

    int hashed() {
        return progress.stream().mapToInt(ScanProgress::filesDone).max().orElse(0);
    }

    @Override
    public void onChange(LibraryChange change) {
        changes.add(change);
        change.gone().forEach(shared::remove);
        change.present().forEach(file -> shared.put(file.file().path(), file));
    }

    @Override
    public void onProgress(ScanProgress step) {
        progress.add(step);
    }

    @Override
    public void onProblem(Path path, String why) {
        problems.add(root.relativize(path) + " " + why);
    }
}
