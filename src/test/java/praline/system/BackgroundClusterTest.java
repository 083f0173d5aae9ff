package praline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters as a user has them: started in the background by one command, asked and ended by others. */
class BackgroundClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path state;

    @AfterEach
    void endCluster() {
        cluster("stop");
    }

    @Test
    void aClusterOutlivesTheCommandThatStartedItAndItsLeader() {
        Program.Outcome up = cluster("up", "--nodes", "20", "--supernodes", "2", "--json");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("\"nodes\":20,\"supernodes\":2");
        awaitHits();
        assertThat(cluster("kill", "1").exitCode()).isZero();
        awaitHits();
        assertThat(cluster("stop").out()).isEqualTo("The cluster has ended.\n");
        assertThat(state.resolve("control.json")).doesNotExist();
        assertThat(cluster("status").exitCode()).isEqualTo(4);
    }

    @Test
    void nodesInProcessesEndWithTheirCluster() {
        Program.Outcome up = cluster("up", "--nodes", "3", "--supernodes", "1", "--processes");
        assertThat(up.exitCode()).as(up.err()).isZero();
        awaitHits();
        long pid = Long.parseLong(read("control.json").replaceAll("(?s).*\"pid\":(\\d+).*", "$1"));
        List<ProcessHandle> nodes =
                ProcessHandle.of(pid).orElseThrow().children().toList();
        assertThat(nodes).hasSize(3);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void whyAClusterDoesNotComeUpIsSaidByTheCommandThatStartedIt() throws IOException {
        Path file = Files.writeString(state.resolve("file"), "no folder");
        Program.Outcome up = cluster("up", "--nodes", "2", "--share", file.toString());
        assertThat(up).isEqualTo(new Program.Outcome(5, "", "praline: the share folder is no folder: " + file + "\n"));
    }

    private void awaitHits() {
        await().atMost(PATIENCE)
                .until(() -> cluster("search", "--limit", "1", "--wait", "5", "prejudice")
                                .exitCode()
                        == 0);
    }

    private Program.Outcome cluster(String command, String... more) {
        return Program.inOwnProcess("cluster", List.of(command, "--state", state.toString()), more);
    }

    private String read(String file) {
        try {
            return Files.readString(state.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
