package praline.node.library;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch on share folders says that something has changed, and never more. */
class FolderWatchTest {

    @TempDir
    private Path folder;

    @Test
    void aNewFileIsNewsOnce() throws IOException {
        try (FolderWatch watch = new FolderWatch(10)) {
            watch.watch(Set.of(folder));
            assertThat(watch.hasNews()).isFalse();
            Files.writeString(folder.resolve("new.txt"), "new");

            await().atMost(20, SECONDS).until(watch::hasNews);
        }
    }

    @Test
    void whatIsTooMuchIsNotWatchedAndTheRestIs() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (FolderWatch watch = new FolderWatch(1)) {
            watch.watch(Set.of(other));
            watch.watch(Set.of(folder));
            Files.writeString(folder.resolve("new.txt"), "new");

            await().atMost(20, SECONDS).until(watch::hasNews);
        }
    }

    @Test
    void aWatchThatIsOverSaysNothing() throws IOException {
        FolderWatch watch = new FolderWatch(1);
        watch.watch(Set.of(folder));
        watch.close();
        watch.watch(Set.of(folder));

        assertThat(watch.hasNews()).isFalse();
    }

    @Test
    void noWatchIsAskedForWhereNoneIsAllowed() throws IOException {
        try (FolderWatch watch = new FolderWatch(0)) {
            watch.watch(Set.of(folder));

            assertThat(watch.hasNews()).isFalse();
        }
    }
}
