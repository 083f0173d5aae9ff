package praline.node.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.testing.Seeds;

/** Damages state files in every way that a crash or a bad disk can, and looks at what is read. */
class StateFileTest {

    private static final byte[] OLD = "the generation before".getBytes(UTF_8);
    private static final byte[] NEW = "the newest generation, a little longer".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenLastIsRead() throws IOException {
        StateFile file = file();
        assertThat(file.read()).isEmpty();

        file.write(OLD);
        assertThat(file.read()).hasValue(OLD);
        file.write(NEW);
        assertThat(file.read()).hasValue(NEW);
        file.write(new byte[0]);
        assertThat(file.read()).hasValue(new byte[0]);
    }

    @Test
    void whatIsDeletedHasNoGenerationBefore() throws IOException {
        writtenTwice();

        file().delete();

        assertThat(file().read()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDamagedNewestFallsBackToTheGenerationBefore() throws IOException {
        byte[] whole = writtenTwice();

        Files.write(folder.resolve("state"), Arrays.copyOf(whole, whole.length - 1));

        assertThat(file().read()).hasValue(OLD);
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] whole = writtenTwice();

        for (int size = 0; size < whole.length; size++) {
            assertThat(StateFile.contentOf(Arrays.copyOf(whole, size)))
                    .as("cut to %d bytes", size)
                    .isEmpty();
        }
        assertThat(StateFile.contentOf(Arrays.copyOf(whole, whole.length + 1)))
                .as("one byte more")
                .isEmpty();
        assertThat(StateFile.contentOf(whole)).hasValue(NEW);
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] whole = writtenTwice();

        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(StateFile.contentOf(damaged)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void whenBothGenerationsAreDamagedNothingIsReadAndBothAreKept() throws IOException {
        writtenTwice();
        Files.write(folder.resolve("state"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("state.previous"), new byte[0]);

        assertThat(file().read()).isEmpty();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.matches("state\\.corrupt-\\d+"))
                    .anyMatch(name -> name.matches("state\\.previous\\.corrupt-\\d+"));
        }
    }

    @Test
    void aDamagedNewestDoesNotPushOutTheGoodGenerationAtTheNextWrite() throws IOException {
        writtenTwice();
        Files.write(folder.resolve("state"), new byte[] {1, 2, 3});
        StateFile file = file();
        file.read();

        file.write(NEW);

        Files.delete(folder.resolve("state"));
        assertThat(file.read()).hasValue(OLD);
    }

    /** What lies in the folder when the process dies between two steps of a write. */
    @Test
    void aCrashInTheMiddleOfAWriteLosesAtMostThatWrite() throws IOException {
        byte[] newest = writtenTwice();
        Path unfinished = folder.resolve("state.new");

        Seeds.check(100, random -> {
            Files.write(unfinished, Arrays.copyOf(newest, random.nextInt(newest.length)));
            assertThat(file().read()).as("half written").hasValue(NEW);
        });
        Files.write(unfinished, newest);
        Files.move(folder.resolve("state"), folder.resolve("state.previous"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(file().read()).as("between the two moves").hasValue(NEW);

        file().write(OLD);
        assertThat(file().read()).as("after the restart").hasValue(OLD);
    }

    private StateFile file() {
        return new StateFile(folder.resolve("state"));
    }

    private byte[] writtenTwice() throws IOException {
        file().write(OLD);
        file().write(NEW);
        return Files.readAllBytes(folder.resolve("state"));
    }
}
