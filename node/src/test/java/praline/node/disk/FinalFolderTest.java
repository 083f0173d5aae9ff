package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** Names that strangers gave, in a real folder. */
class FinalFolderTest {
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});

    @TempDir
    private Path temporary;

    private Path target;
    private FinalFolder folder;

    @BeforeEach
    void open() throws IOException {
        target = temporary.resolve("finished");
        folder = new FinalFolder(target, anyFolder -> Long.MAX_VALUE);
    }

    @Test
    void aNameThatIsTakenGetsANumber() throws IOException {
        assertThat(take("song.ogg")).isEqualTo("song.ogg");
        assertThat(take("song.ogg")).isEqualTo("song (2).ogg");
        assertThat(take("song.ogg")).isEqualTo("song (3).ogg");
        assertThat(take("SONG.ogg")).isEqualTo("SONG (4).ogg");
    }

    @Test
    void whatWasThereIsNeverTouched() throws IOException {
        Path mine = Files.writeString(target.resolve("song.ogg"), "mine");
        Path folderOfThatName = Files.createDirectory(target.resolve("pictures"));

        take("song.ogg");

        assertThat(take("pictures")).isEqualTo("pictures (2)");
        assertThat(mine).hasContent("mine");
        assertThat(folderOfThatName).isEmptyDirectory();
    }

    @Test
    void aDanglingLinkIsNotFollowed() throws IOException {
        Path outside = temporary.resolve("outside");
        Files.createSymbolicLink(target.resolve("song.ogg"), outside);

        assertThat(take("song.ogg")).isEqualTo("song (2).ogg");
        assertThat(outside).doesNotExist();
    }

    @Test
    void aHostileNameStaysInTheFolder() throws IOException {
        for (String name : List.of(
                "../../escaped",
                "/etc/passwd",
                "..",
                ".",
                "",
                "a/b\\c",
                "nul\0byte",
                "CON",
                ".bashrc",
                "photo\u202Egpj.exe")) {
            take(name);
        }

        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void anyNameMakesOneVisibleFile() {
        Seeds.check(300, random -> {
            int[] codePoints = random.ints(random.nextInt(300), 0, Character.MAX_CODE_POINT + 1)
                    .toArray();
            String name = new String(codePoints, 0, codePoints.length);
            long before = count(target);

            String taken = take(name);

            assertThat(taken).doesNotStartWith(".");
            assertThat(target.resolve(taken)).hasContent("content");
            assertThat(count(target)).isEqualTo(before + 1);
        });
    }

    @Test
    void aFolderThatBecameALinkIsNotWrittenThrough() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.delete(target);
        Files.createSymbolicLink(target, elsewhere);

        assertThatThrownBy(() -> take("song.ogg"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads to " + elsewhere);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFolderThatWasALinkFromTheBeginningIsTheUsersWish() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);
        folder = new FinalFolder(link, anyFolder -> Long.MAX_VALUE);

        assertThat(take("song.ogg")).isEqualTo("song.ogg");
        assertThat(target.resolve("song.ogg")).exists();
    }

    @Test
    void aFileComesFromAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && isElsewhere(memory), "no second file system here");
        Path far = Files.createTempDirectory(memory, "praline");
        try {
            Path data = Files.writeString(far.resolve("data"), "content");
            folder.requireRoom(far, 7, 0);

            Path path = folder.take(data, 7, RemoteText.of("song.ogg"), SHA1);

            assertThat(path).isEqualTo(target.resolve("song.ogg")).hasContent("content");
            assertThat(data).doesNotExist();
            assertThat(count(target)).isEqualTo(1);
        } finally {
            Files.deleteIfExists(far.resolve("data"));
            Files.delete(far);
        }
    }

    @Test
    void aFileFromAnotherFileSystemNeedsRoom() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && isElsewhere(memory), "no second file system here");
        folder = new FinalFolder(target, anyFolder -> 1_000);

        assertThatThrownBy(() -> folder.requireRoom(memory, 990, 20))
                .isInstanceOf(DiskFullException.class)
                .hasMessageStartingWith("disk full: " + target);
    }

    private boolean isElsewhere(Path path) throws IOException {
        FileStore here = Files.getFileStore(target);
        return !Files.getFileStore(path).equals(here);
    }

    private String take(String name) throws IOException {
        Path data = Files.writeString(temporary.resolve("data"), "content");
        return folder.take(data, 7, RemoteText.of(name), SHA1).getFileName().toString();
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
