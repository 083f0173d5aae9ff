package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import praline.protocol.UserError;

/**
 * The files of a cluster on the disk. Each node shares a folder of its own, in which the files that the spread gives it
 * are hard links to the one copy there is, or copies where the file system cannot link.
 *
 * <pre>
 * STATE/texts/…                 the corpus, when the user shares nothing
 * STATE/nodes/7/share/…         what node 7 shares
 * STATE/nodes/7/downloads/…     what it fetched
 * </pre>
 */
public final class ClusterFiles {

    private final Path state;

    /** @param state the cluster's state folder */
    public ClusterFiles(Path state) {
        this.state = state;
    }

    /** Where the node with this number keeps what it has to remember. */
    public Path nodeFolder(int number) {
        return state.resolve("nodes").resolve(Integer.toString(number));
    }

    public Path shareFolder(int number) {
        return nodeFolder(number).resolve("share");
    }

    public Path downloadFolder(int number) {
        return nodeFolder(number).resolve("downloads");
    }

    /**
     * Gives every node its files, from {@code share} or, when that is null, from the corpus. What an earlier cluster
     * left in the nodes' share folders is taken away first; downloads stay.
     *
     * @throws UserError if {@code share} cannot be read, or the state folder cannot be written
     */
    public void spread(@Nullable Path share, ClusterPlan plan, long seed) {
        try {
            Path source = share == null ? corpus() : share;
            ImmutableList<Path> files = filesIn(source);
            FileSpread spread = FileSpread.draw(files.size(), plan.nodes().size(), seed);
            for (PlannedNode node : plan.nodes()) {
                Path folder = shareFolder(node.number());
                deleteTree(folder);
                Files.createDirectories(folder);
                for (int file : spread.of(node.number())) {
                    place(files.get(file), folder.resolve(source.relativize(files.get(file))));
                }
            }
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "the cluster's files cannot be laid out (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + ")",
                    state.toString());
        } catch (UncheckedIOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT,
                    "something in the share folder cannot be read",
                    String.valueOf(e.getMessage()));
        }
    }

    private Path corpus() throws IOException {
        Path texts = state.resolve("texts");
        Corpus.writeTo(texts);
        return texts;
    }

    /**
     * Regular files that are not hidden, in the order of their paths. A file that vanishes meanwhile is passed over.
     */
    private static ImmutableList<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "the share folder is no folder" : "the share folder is not there";
            throw new UserError(UserError.Kind.BAD_INPUT, what, folder.toString());
        }
        if (!Files.isReadable(folder)) {
            throw new UserError(UserError.Kind.BAD_INPUT, "the share folder cannot be read", folder.toString());
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !isHidden(folder, path) && Files.isRegularFile(path))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
    }

    private static boolean isHidden(Path root, Path path) {
        for (Path element : root.relativize(path)) {
            if (element.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static void place(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try {
            Files.createLink(target, file.toRealPath());
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(file, target);
        }
    }

    /** Links are taken away, never what they lead to. */
    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
