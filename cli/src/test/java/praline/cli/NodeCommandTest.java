package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;

/** Nodes and searches as a user types them, on real TCP; first what works, then each kind of bad input. */
class NodeCommandTest {

    private static final String URN = "urn:sha1:5KMVPIKLW5TF44MBZLO4RBFCB3PVAEJU";

    @TempDir
    Path home;

    private ImmutableMap<String, String> environment;

    @BeforeEach
    void moveHome() {
        environment = ImmutableMap.of("HOME", home.toString());
    }

    @Test
    void aLeafsFileIsFoundThroughItsSupernode() throws IOException {
        Path share = Files.createDirectories(home.resolve("share"));
        Files.writeString(share.resolve("On the Origin of Species.txt"), "When on board H.M.S. Beagle");
        try (RunningCommand supernode = start("--role", "supernode");
                RunningCommand leaf =
                        start("--role", "leaf", "--connect", supernode.ready(), "--share", share.toString())) {
            leaf.ready();
            Outcome found = searchUntilFound(supernode.ready(), "origin", "species");
            assertEquals(0, found.exitCode(), found.err());
            JsonNode hit = Json.MAPPER.readTree(found.lines().get(0));
            assertEquals(
                    List.of("name", "size", "sha1", "host", "port", "servent", "hops", "ms"), List.copyOf(fields(hit)));
            assertEquals("On the Origin of Species.txt", hit.get("name").asText());
            assertEquals(27, hit.get("size").asLong());
            assertEquals(
                    leaf.ready(),
                    hit.get("host").asText() + ":" + hit.get("port").asInt());
            Outcome byHash =
                    search(supernode.ready(), "urn:sha1:" + hit.get("sha1").asText());
            assertEquals(0, byHash.exitCode(), byHash.err());
            assertEquals(3, search(supernode.ready(), "descent", "of", "man").exitCode());
        }
    }

    @Test
    void aVisitorComesBackToAFlatNetworkAsAFlatPeer() throws IOException {
        Path share = Files.createDirectories(home.resolve("share"));
        Files.writeString(share.resolve("micrographia.txt"), "some observables");
        try (RunningCommand peer = start("--role", "flat", "--share", share.toString())) {
            Outcome found = searchUntilFound(peer.ready(), "micrographia");
            assertEquals(0, found.exitCode(), found.err());
            assertEquals(1, found.lines().size());
        }
    }

    @Test
    void aRunningNodeIsAskedByItsControlApi() throws IOException {
        Path share = Files.createDirectories(home.resolve("share"));
        Files.writeString(share.resolve("micrographia.txt"), "some observables");
        try (RunningCommand sharer = start("--role", "flat", "--share", share.toString());
                RunningCommand asker =
                        start("--role", "flat", "--connect", sharer.ready(), "--control", "127.0.0.1:0")) {
            asker.ready();
            String url = asker.err().replaceAll("(?s).*(http://127[^,]*),.*", "$1");
            searchUntilFound(sharer.ready(), "micrographia");
            Outcome found = run("search", "--control", url, "--wait", "1", "micrographia");
            assertEquals(0, found.exitCode(), found.err());
            assertTrue(found.out().contains("micrographia.txt"), found.out());
        }
    }

    @Test
    void whatANameHoldsCannotActOnTheTerminal() throws IOException {
        Path share = Files.createDirectories(home.resolve("share"));
        String name = "evil\u001b]52;c;aGk=\u0007 \u001b[2J \u202egpj.exe \u009b31m.txt";
        Files.writeString(share.resolve(name), "pleased to meet you");
        try (RunningCommand peer = start("--role", "flat", "--share", share.toString())) {
            assertEquals(0, searchUntilFound(peer.ready(), "evil").exitCode());
            for (String form : new String[] {"--json", "--no-color"}) {
                Outcome found = run("search", "--connect", peer.ready(), "--wait", "1", form, "evil");
                assertEquals(0, found.exitCode(), found.err());
                String shown = found.out() + found.err();
                assertFalse(shown.matches("(?s).*[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202e].*"), shown);
            }
        }
    }

    @Test
    void twoNodesOfOneUserHaveAStateFolderEach() {
        try (RunningCommand one = start("--role", "flat");
                RunningCommand other = start("--role", "flat")) {
            one.ready();
            other.ready();
            assertTrue(Files.exists(home.resolve(".local/state/praline/node/lock")));
            assertTrue(Files.exists(home.resolve(".local/state/praline/node-2/lock")));
        }
    }

    @Test
    void anUnreachableSeedIsSpokenOfOnceAndTriedAgain() throws IOException {
        String nobody = "127.0.0.1:" + freePort();
        try (RunningCommand node = start("--role", "flat", "--connect", nobody)) {
            node.ready();
            node.awaitErr("cannot reach " + nobody + ", nobody listens there; it is tried again\n");
        }
    }

    @Test
    void anUnreachableSeedEndsASearch() throws IOException {
        String nobody = "127.0.0.1:" + freePort();
        Outcome outcome = search(nobody, "anything");
        assertFailure(4, "no node took us: " + nobody + " (nobody listens there)", outcome);
    }

    @Test
    void aTakenPortIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Outcome outcome = run("node", "--role", "flat", "--listen", address);
            assertEquals(4, outcome.exitCode());
            assertTrue(outcome.err().contains(address), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
    }

    @Test
    void aFolderThatCannotBeSharedIsOneLine() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        for (Path wrong : List.of(home.resolve("missing"), file, file.resolve("below"))) {
            Outcome outcome = run("node", "--role", "flat", "--listen", "127.0.0.1:0", "--share", wrong.toString());
            assertEquals(5, outcome.exitCode(), outcome.err());
            assertTrue(outcome.err().contains(wrong.toString()), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
    }

    @Test
    void aStateFolderInUseIsOneLine() {
        Path data = home.resolve("data");
        try (RunningCommand first = start("--role", "flat", "--data", data.toString())) {
            first.ready();
            Outcome second = run("node", "--role", "flat", "--listen", "127.0.0.1:0", "--data", data.toString());
            assertFailure(1, "another node uses the state folder: " + data, second);
        }
    }

    @Test
    void aMalformedUrnIsAUsageErrorBeforeAnybodyIsAsked() {
        for (String urn : List.of("urn:sha1:SHORT", "urn:md5:" + URN.substring(9), "urn:sha1:" + "1".repeat(32))) {
            Outcome outcome = search("127.0.0.1:1", urn);
            assertFailure(2, "this is no urn:sha1: with 32 letters and digits of base 32: " + urn, outcome);
        }
    }

    @Test
    void aSearchForNothingIsAUsageError() {
        assertFailure(2, "a search needs a word of two letters or more: a ?", search("127.0.0.1:1", "a", "?"));
    }

    @Test
    void aControlApiForEverybodyIsRefused() {
        Outcome outcome = run("node", "--role", "flat", "--listen", "127.0.0.1:0", "--control", "0.0.0.0:0");
        assertFailure(2, "the control API listens on loopback only: 0.0.0.0:0", outcome);
    }

    @Test
    void aControlApiThatIsGoneIsANetworkError() throws IOException {
        ImmutableMap<String, String> withToken = ImmutableMap.of("HOME", home.toString(), "PRALINE_TOKEN", "secret");
        String url = "http://127.0.0.1:" + freePort();
        Outcome outcome = Commands.in(withToken).run("search", "--control", url, "anything");
        assertFailure(4, "the control API does not answer, nobody listens there: " + url, outcome);
        Outcome without = run("search", "--control", url, "anything");
        assertEquals(5, without.exitCode());
        assertTrue(without.err().contains("there is no token for this node"), without.err());
    }

    @Test
    void whatIsNoAddressRoleOrProfileIsAUsageError() {
        for (String[] wrong : new String[][] {
            {"--role", "flat", "--listen", "localhost:80"},
            {"--role", "flat", "--listen", "127.0.0.1:65536"},
            {"--role", "boss", "--listen", "127.0.0.1:0"},
            {"--role", "flat", "--listen", "127.0.0.1:0", "--profile", "wild"},
            {"--role", "flat"}
        }) {
            String[] arguments = new String[wrong.length + 1];
            arguments[0] = "node";
            System.arraycopy(wrong, 0, arguments, 1, wrong.length);
            Outcome outcome = run(arguments);
            assertEquals(2, outcome.exitCode(), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
    }

    private RunningCommand start(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "node";
        all[1] = "--listen";
        all[2] = "127.0.0.1:0";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return RunningCommand.start(environment, all);
    }

    private Outcome run(String... arguments) {
        return Commands.in(environment).run(arguments);
    }

    private Outcome search(String node, String... words) {
        String[] all = new String[words.length + 6];
        System.arraycopy(new String[] {"search", "--connect", node, "--wait", "1", "--json"}, 0, all, 0, 6);
        System.arraycopy(words, 0, all, 6, words.length);
        return run(all);
    }

    /** Sharing begins after a node is ready, so the first searches may come too early. */
    private Outcome searchUntilFound(String node, String... words) {
        Outcome outcome = search(node, words);
        for (int tries = 0; outcome.exitCode() == ExitCode.NOTHING_FOUND && tries < 30; tries++) {
            outcome = search(node, words);
        }
        return outcome;
    }

    private static List<String> fields(JsonNode object) {
        return ImmutableMap.copyOf(object.properties()).keySet().asList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertFailure(int exitCode, String line, Outcome outcome) {
        assertEquals(new Outcome(exitCode, "", "praline: " + line + "\n"), outcome);
    }
}
