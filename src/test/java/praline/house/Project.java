package praline.house;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The source tree of the project, wherever the test was started. */
final class Project {
    private final Path root;

    private Project(Path root) {
        this.root = root;
    }

    /** The first folder upwards from here that holds the build's settings. */
    static Project here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no .mvn folder above " + Path.of("").toAbsolutePath());
            }
        }
        return new Project(folder);
    }

    /** All Java files that people wrote, by their path from the root, with slashes. */
    ImmutableList<String> javaFiles() {
        return files(path -> path.endsWith(".java"));
    }

    /** What runs in a shell. */
    ImmutableList<String> scripts() {
        return files(path -> path.startsWith("scripts/") || path.startsWith(".ci/"));
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImmutableList<String> files(Predicate<String> chosen) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.matches("(.*/)?(target|node_modules|\\.git)/.*"))
                    .filter(chosen)
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
