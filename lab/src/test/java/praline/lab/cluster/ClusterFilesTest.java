package praline.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.UserError;

/** What lies where after files were spread over a cluster's nodes. */
class ClusterFilesTest {

    @TempDir
    Path folder;

    @Test
    void withoutAShareFolderTheNodesShareTheCorpus() throws IOException {
        spread(null, 5);
        assertEquals(new TreeSet<>(Corpus.names()), new TreeSet<>(shared(5)));
    }

    @Test
    void aUsersFilesAreSpreadButNotTheHiddenOnes() throws IOException {
        Path share = folder.resolve("mine");
        write(share.resolve("a.txt"));
        write(share.resolve("deep/er/b.txt"));
        write(share.resolve(".secret"));
        write(share.resolve(".git/c.txt"));
        spread(share, 3);
        assertEquals(new TreeSet<>(List.of("a.txt", "deep/er/b.txt")), new TreeSet<>(shared(3)));
    }

    @Test
    void anEarlierClustersFilesAreGoneButNeverTheUsersOwn() throws IOException {
        Path share = folder.resolve("mine");
        write(share.resolve("a.txt"));
        spread(share, 3);
        write(folder.resolve("state/nodes/1/downloads/fetched.txt"));
        spread(null, 3);
        assertFalse(shared(3).contains("a.txt"));
        assertTrue(Files.exists(share.resolve("a.txt")));
        assertTrue(Files.exists(folder.resolve("state/nodes/1/downloads/fetched.txt")));
    }

    @Test
    void aFolderThatCannotBeSharedIsOneLineOfBadInput() throws IOException {
        Path file = folder.resolve("file");
        write(file);
        for (Path wrong : List.of(folder.resolve("missing"), file, file.resolve("below"))) {
            UserError error = assertThrows(UserError.class, () -> spread(wrong, 3));
            assertEquals(5, error.kind().exitCode());
            assertTrue(error.getMessage().endsWith(": " + wrong), error.getMessage());
        }
    }

    private void spread(Path share, int nodes) {
        ClusterPlan plan = ClusterPlan.draw(new ClusterOptions(nodes, 0, null, 2, 1));
        new ClusterFiles(folder.resolve("state")).spread(share, plan, 1);
    }

    private List<String> shared(int nodes) throws IOException {
        ClusterFiles files = new ClusterFiles(folder.resolve("state"));
        TreeSet<String> names = new TreeSet<>();
        for (int number = 1; number <= nodes; number++) {
            Path share = files.shareFolder(number);
            try (Stream<Path> paths = Files.walk(share)) {
                paths.filter(Files::isRegularFile)
                        .forEach(path -> names.add(share.relativize(path).toString()));
            }
        }
        return List.copyOf(names);
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "some text");
    }
}
