package praline.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;

/** A cluster's life by its commands, in this process; and clusters that cannot be. */
class ClusterCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private ImmutableMap<String, String> environment;

    @BeforeEach
    void moveHome() {
        environment = ImmutableMap.of("HOME", home.toString());
    }

    @Test
    void aClusterIsSearchedLosesALeaderAndIsSearchedAgain() throws IOException {
        try (RunningCommand cluster = up("--nodes", "20", "--supernodes", "2")) {
            cluster.awaitOut("The cluster runs: 2 supernodes and 18 leaves");
            awaitRecords(2);
            JsonNode hit = first(run("cluster", "search", "--json", "--limit", "1", "--wait", "20", "prejudice"));
            Path out = home.resolve("out");
            Outcome got = run(
                    "cluster",
                    "get",
                    "--wait",
                    "20",
                    "--out",
                    out.toString(),
                    "urn:sha1:" + hit.get("sha1").asText());
            assertEquals(0, got.exitCode(), got.err());
            assertEquals(hit.get("size").asLong(), Files.size(Path.of(got.out().strip())));

            Outcome killed = run("cluster", "kill", "1");
            assertTrue(killed.out().startsWith("killed node 1, a supernode at 127.1.0.1:"), killed.out());
            assertEquals(1, run("cluster", "kill", "1").exitCode());
            awaitRecords(1);
            assertEquals(
                    0,
                    run("cluster", "search", "--limit", "1", "--wait", "20", "prejudice")
                            .exitCode());

            Outcome table = run("cluster", "status", "--nodes");
            assertTrue(table.lines().stream().allMatch(line -> line.length() <= 80), table.out());
            assertEquals(0, run("cluster", "stop").exitCode());
            assertEquals(0, cluster.exitCode());
        }
        Outcome gone = run("cluster", "status");
        assertEquals(4, gone.exitCode());
        assertTrue(gone.err().startsWith("praline: no cluster runs here"), gone.err());
    }

    @Test
    void aClusterWithQueryRoutingFindsWhatItsLeavesHave() throws IOException {
        try (RunningCommand cluster = up("--nodes", "14", "--supernodes", "3", "--degree", "2", "--mode", "qrp")) {
            cluster.awaitOut("The cluster runs: 3 supernodes and 11 leaves");
            cluster.awaitOut("Supernodes ask each other one by one, and wait a 20th as long");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertEquals(
                            0,
                            run("cluster", "search", "--limit", "1", "--wait", "5", "prejudice")
                                    .exitCode()));
            JsonNode supernodes =
                    first(run("cluster", "status", "--json")).get("roles").get(1);
            assertEquals(0, supernodes.get("recordsHeld").asInt(), "they know words, not files");
            assertEquals(0, run("cluster", "stop").exitCode());
        }
    }

    @Test
    void theTokenIsForItsOwnerAlone() throws IOException {
        try (RunningCommand cluster = up("--nodes", "2", "--share", emptyFolder())) {
            cluster.awaitOut("The cluster runs: a flat network of 2 nodes");
            Path token = home.resolve(".local/state/praline/cluster/token");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
            Outcome second = run("cluster", "up", "--nodes", "2");
            assertEquals(1, second.exitCode());
            assertTrue(second.err().startsWith("praline: a cluster runs here already"), second.err());
            assertEquals(2, run("cluster", "kill", "3").exitCode());
            assertEquals(2, run("cluster", "search", "--node", "9", "anything").exitCode());
        }
    }

    @Test
    void clustersThatCannotBeAreOneLineBeforeAnythingStarts() throws IOException {
        Path garbage = Files.writeString(home.resolve("edges"), "1 2\n2 three\n");
        assertFailure(5, "line 2: expected two node numbers", "--topology", garbage.toString());
        assertFailure(
                5,
                "there is no such file",
                "--topology",
                home.resolve("missing").toString());
        assertFailure(2, "3 supernodes; 4 supernodes are enough", "--nodes", "404", "--supernodes", "3");
        assertFailure(2, "150 at most", "--nodes", "151", "--processes");
        assertFailure(2, "--degree 3", "--degree", "3");
        assertFailure(
                5,
                "the share folder is not there",
                "--share",
                home.resolve("missing").toString(),
                "--foreground");
        assertTrue(Files.notExists(home.resolve(".local/state/praline/cluster/control.json")));
    }

    private void assertFailure(int exitCode, String part, String... arguments) {
        Outcome outcome = run(concat(new String[] {"cluster", "up"}, arguments));
        assertEquals(exitCode, outcome.exitCode(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(part), outcome.err());
    }

    /** Every leaf has published all its files to the leaders that live. */
    private void awaitRecords(int leaders) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode status = first(run("cluster", "status", "--json"));
            JsonNode leaf = status.get("roles").get(0);
            JsonNode supernode = status.get("roles").get(1);
            assertEquals(leaders, supernode.get("alive").asInt());
            assertEquals(0, status.get("scanning").asInt());
            assertTrue(leaf.get("filesShared").asInt() > 0);
            assertEquals(
                    leaf.get("filesShared").asInt(),
                    supernode.get("recordsHeld").asInt());
        });
    }

    private RunningCommand up(String... arguments) {
        return RunningCommand.start(environment, concat(new String[] {"cluster", "up", "--foreground"}, arguments));
    }

    private Outcome run(String... arguments) {
        return Commands.in(environment).run(arguments);
    }

    private String emptyFolder() throws IOException {
        return Files.createDirectories(home.resolve("empty")).toString();
    }

    private static JsonNode first(Outcome outcome) throws IOException {
        assertEquals(0, outcome.exitCode(), outcome.err());
        return Json.MAPPER.readTree(outcome.lines().get(0));
    }

    private static String[] concat(String[] first, String[] second) {
        return List.of(List.of(first), List.of(second)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
