package praline.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.UserError;

/** A state folder belongs to one node at a time, in this process and in others; another JVM stands for the others. */
class StateFolderTest {

    @TempDir
    private Path temporary;

    @Test
    void aFolderIsMadeAndFilesInItAreFoundAgain() throws IOException {
        Path path = temporary.resolve("a").resolve("b");
        try (StateFolder folder = StateFolder.open(path)) {
            folder.file("hosts").write(new byte[] {1});
        }

        try (StateFolder folder = StateFolder.open(path)) {
            assertThat(folder.file("hosts").read()).hasValue(new byte[] {1});
        }
    }

    @Test
    void aSecondNodeInThisProcessIsKeptOut() throws IOException {
        try (StateFolder folder = StateFolder.open(temporary)) {
            assertThatThrownBy(() -> StateFolder.open(folder.path()))
                    .isInstanceOf(UserError.class)
                    .hasMessage("another node uses the state folder: " + temporary);
        }
        StateFolder.open(temporary).close();
    }

    @Test
    void aSecondProcessIsKeptOut() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read())
                    .as("the other process holds it")
                    .isEqualTo('h');

            assertThatThrownBy(() -> StateFolder.open(temporary))
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.FAILED));
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        StateFolder.open(temporary).close();
    }

    /** Holds the folder until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            StateFolder folder = StateFolder.open(Path.of(arguments[0]));
            System.out.print('h');
            System.out.flush();
            while (System.in.read() >= 0) {
                folder.path();
            }
        }
    }

    @Test
    void aFileInItsPlaceIsTheUsersErrorAndStaysUntouched() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "mine");

        assertThatThrownBy(() -> StateFolder.open(file))
                .isInstanceOf(UserError.class)
                .hasMessage("the state folder is a file: " + file);
        assertThatThrownBy(() -> StateFolder.open(file.resolve("below")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void theLockOfAProcessThatDiedIsFree() throws IOException {
        try (FileChannel left =
                FileChannel.open(temporary.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            left.force(true);
        }

        try (StateFolder folder = StateFolder.open(temporary)) {
            assertThat(folder.path()).isEqualTo(temporary);
        }
    }
}
