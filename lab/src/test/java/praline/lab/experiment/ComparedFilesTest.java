package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.lab.experiment.Comparison.ProgressListener;
import praline.protocol.UserError;

/** Where a comparison's files come from. */
class ComparedFilesTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreSortedByNameAndEachContentCountsOnce() throws IOException {
        Files.writeString(folder.resolve("b.txt"), "one");
        Files.writeString(folder.resolve("a.txt"), "two");
        Files.writeString(folder.resolve("c.txt"), "one");

        assertThat(ComparedFiles.of(folder, ProgressListener.NONE))
                .extracting(file -> file.name().utf8())
                .containsExactly("a.txt", "b.txt");
    }

    @Test
    void anEmptyFolderIsBadInput() {
        assertThatThrownBy(() -> ComparedFiles.of(folder, ProgressListener.NONE))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.kind()).isEqualTo(UserError.Kind.BAD_INPUT));
    }

    @Test
    void withoutAFolderTheCorpusIsShared() {
        assertThat(ComparedFiles.of(null, ProgressListener.NONE)).hasSizeGreaterThan(100);
    }
}
