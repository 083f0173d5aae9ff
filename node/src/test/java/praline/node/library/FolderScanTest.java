package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lays traps in a share folder and looks at what is found (spec/hardening.md D12). */
class FolderScanTest {

    @TempDir
    private Path temporary;

    @Test
    void filesAreFoundInAllFoldersAndHiddenOrEmptyOnesAreNot() throws IOException {
        Shelf shelf = shelf();
        shelf.write("one.txt", "1");
        shelf.write("deep/er/two.txt", "2");
        shelf.write(".hidden", "3");
        shelf.write(".git/config", "4");
        shelf.write("deep/.cache/five.txt", "5");
        shelf.write("empty.txt", "");

        assertThat(shelf.scan().names()).containsExactly("deep/er/two.txt", "one.txt");
        assertThat(shelf.problems).isEmpty();
    }

    @Test
    void noLinkIsFollowedBeItOutInOrInACircle() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Shelf shelf = shelf();
        Path inside = shelf.write("folder/mine.txt", "mine");
        Files.createSymbolicLink(shelf.root.resolve("link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(shelf.root.resolve("out"), outside);
        Files.createSymbolicLink(shelf.root.resolve("again.txt"), inside);
        Files.createSymbolicLink(shelf.root.resolve("folder/loop"), shelf.root);
        Files.createSymbolicLink(shelf.root.resolve("dangling"), Path.of("nowhere"));

        assertThat(shelf.scan().names()).containsExactly("folder/mine.txt");
    }

    @Test
    void aShareFolderMayItselfBeALink() throws IOException {
        Shelf shelf = shelf();
        shelf.write("mine.txt", "mine");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), shelf.root);

        assertThat(ShareFolders.of(List.of(link.toString(), shelf.root.toString())))
                .containsExactly(shelf.root);
    }

    @Test
    void aFolderWithinASharedFolderIsSharedOnce() throws IOException {
        Shelf shelf = shelf();
        Path below = shelf.write("below/mine.txt", "mine").getParent();
        Path hidden = shelf.write(".hidden/asked-for.txt", "yes").getParent();

        List<Path> found = scan(LibraryLimits.STANDARD, shelf.root, below, hidden);

        assertThat(found).containsExactlyInAnyOrder(below.resolve("mine.txt"), hidden.resolve("asked-for.txt"));
    }

    @Test
    @Timeout(30)
    void aPipeIsNeitherSharedNorOpened() throws Exception {
        Shelf shelf = shelf();
        shelf.write("mine.txt", "mine");
        Path pipe = shelf.root.resolve("pipe");
        Process mkfifo =
                new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.exists(pipe)).as("mkfifo made it").isTrue();

        assertThat(shelf.scan().names()).containsExactly("mine.txt");
        assertThatThrownBy(() -> new FoundFile(pipe, 0, 0).open()).isInstanceOf(IOException.class);
    }

    @Test
    void aDeviceIsNotAFile() throws IOException {
        List<Path> found = scan(LibraryLimits.STANDARD, Path.of("/dev").toRealPath());

        assertThat(found).doesNotContain(Path.of("/dev/null"), Path.of("/dev/zero"), Path.of("/dev/random"));
    }

    @Test
    void tooDeepAFolderIsNamedAndLeftOut() throws IOException {
        Shelf shelf = new Shelf(folder(), HashCache.inMemory(limits("depth", 2)), limits("depth", 2));
        shelf.write("1/2/in.txt", "in");
        shelf.write("1/2/3/out.txt", "out");

        assertThat(shelf.scan().names()).containsExactly("1/2/in.txt");
        assertThat(shelf.problems).containsExactly("1/2/3 lies more than 2 folders deep");
    }

    @Test
    void moreFilesThanTheLimitAreNamedOnceAndLeftOut() throws IOException {
        Shelf shelf = new Shelf(folder(), HashCache.inMemory(limits("files", 3)), limits("files", 3));
        for (int i = 0; i < 3; i++) {
            shelf.write("a/" + i, "text");
        }
        assertThat(shelf.scan().names()).hasSize(3);
        assertThat(shelf.problems).as("as many as allowed").isEmpty();

        shelf.write("b/4", "text");
        shelf.write("b/5", "text");
        shelf.scan();
        assertThat(shelf.problems).singleElement().asString().endsWith("is one too many: only 3 files are shared");
    }

    @Test
    void aFileLargerThanTheLimitIsNamedAndLeftOut() throws IOException {
        Shelf shelf = new Shelf(folder(), HashCache.inMemory(limits("fileSize", 3)), limits("fileSize", 3));
        shelf.write("fits", "123");
        shelf.write("large", "1234");

        assertThat(shelf.scan().names()).containsExactly("fits");
        assertThat(shelf.problems).containsExactly("large is larger than 3 bytes");
    }

    @Test
    void whatVanishesDuringTheScanIsNamedAndTheRestIsFound() throws IOException {
        Shelf shelf = shelf();
        shelf.write("a/1", "1");
        shelf.write("b/2", "2");
        List<Path> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();

        new FolderScan(ImmutableList.of(shelf.root), LibraryLimits.STANDARD, () -> false, new FolderScan.Visitor() {
                    @Override
                    public void onFile(FoundFile file) {
                        found.add(file.path());
                        removeTheOther(file.path());
                    }

                    @Override
                    public void onProblem(Path path, String why) {
                        problems.add(why);
                    }
                })
                .run();

        assertThat(found).hasSize(1);
        assertThat(problems).containsExactly("has vanished");
    }

    /** Root may read everything, so this can only be seen by other users. */
    @Test
    void anUnreadableFolderIsNamedAndTheRestIsFound() throws IOException {
        Shelf shelf = shelf();
        shelf.write("open/1", "1");
        Path closed = shelf.write("closed/2", "2").getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "root reads everything");

            assertThat(shelf.scan().names()).containsExactly("open/1");
            assertThat(shelf.problems).containsExactly("closed cannot be read: permission denied");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void problemsAreToldInWords() {
        assertThat(Problems.inWords(new AccessDeniedException("/secret")))
                .isEqualTo("cannot be read: permission denied");
        assertThat(Problems.inWords(new FileSystemException("/secret", null, "Input/output error")))
                .isEqualTo("cannot be read: Input/output error");
        assertThat(Problems.inWords(new IOException())).isEqualTo("cannot be read");
    }

    private static void removeTheOther(Path file) {
        Path root = file.getParent().getParent();
        Path other = file.endsWith("a/1") ? root.resolve("b") : root.resolve("a");
        try {
            Files.delete(other.resolve(file.endsWith("a/1") ? "2" : "1"));
            Files.delete(other);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("shelf"));
    }

    private Shelf shelf() throws IOException {
        return new Shelf(folder());
    }

    private static LibraryLimits limits(String name, long value) {
        return LibraryLimits.with(Map.of("limits.library." + name, value));
    }

    private static List<Path> scan(LibraryLimits limits, Path... roots) {
        List<Path> found = new ArrayList<>();
        new FolderScan(ImmutableList.copyOf(roots), limits, () -> false, new FolderScan.Visitor() {
                    @Override
                    public void onFile(FoundFile file) {
                        found.add(file.path());
                    }

                    @Override
                    public void onProblem(Path path, String why) {}
                })
                .run();
        return found;
    }
}
