package praline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;

/** Torrents as a user fetches and gives them: two commands on loopback, between them real TCP. */
class TorrentGetTest {

    private static final int SIZE = 3_000_000;

    @TempDir
    Path home;

    private ImmutableMap<String, String> environment;
    private byte[] content;
    private Path shared;
    private String torrent;
    private Path out;

    @BeforeEach
    void makeATorrent() throws IOException {
        environment = ImmutableMap.of("HOME", home.toString());
        content = new byte[SIZE];
        new Random(7).nextBytes(content);
        shared = Files.createDirectories(home.resolve("shared"));
        Path data = Files.write(shared.resolve("noise.bin"), content);
        torrent = home.resolve("noise.torrent").toString();
        out = home.resolve("out");
        Outcome made = run("torrent", "create", data.toString(), "-o", torrent, "--piece", "32K");
        assertEquals(0, made.exitCode(), made.err());
    }

    @Test
    void whatOneGivesTheOtherGets() throws IOException {
        try (RunningCommand seed = seed("--stay")) {
            Outcome outcome = get(torrent, "--peer", seed.ready());
            assertEquals(0, outcome.exitCode(), outcome.err());
            Path file = out.resolve("noise.bin");
            assertTrue(outcome.lines().get(0).startsWith("ready 127.0.0.1:"), outcome.out());
            assertEquals(
                    List.of("done " + file),
                    outcome.lines().subList(1, outcome.lines().size()));
            assertArrayEquals(content, Files.readAllBytes(file));
            assertEquals("done " + shared.resolve("noise.bin"), lastLine(seed));
        }
        assertNothingIsLeftBeside("noise.bin");
    }

    @Test
    void aMagnetLinkAndAPeerAreEnough() throws IOException {
        String magnet = Json.MAPPER
                .readTree(run("torrent", "show", torrent, "--json").out())
                .get("magnet")
                .asText();
        try (RunningCommand seed = seed("--stay")) {
            Outcome outcome = get(magnet + "&x.pe=" + seed.ready(), "--sequential", "--preallocate");
            assertEquals(0, outcome.exitCode(), outcome.err());
            assertArrayEquals(content, Files.readAllBytes(out.resolve("noise.bin")));
        }
    }

    @Test
    void aFolderKeepsItsShape() throws IOException {
        Path album = Files.createDirectories(shared.resolve("album/disc 1"));
        Files.write(album.resolve("a.bin"), new byte[100_000]);
        Files.writeString(shared.resolve("album/b.txt"), "bb");
        Files.createFile(shared.resolve("album/empty"));
        String albumTorrent = home.resolve("album.torrent").toString();
        run("torrent", "create", shared.resolve("album").toString(), "-o", albumTorrent);
        try (RunningCommand seed = running(albumTorrent, shared, "--stay")) {
            Outcome outcome = get(albumTorrent, "--peer", seed.ready());
            assertEquals("done " + out.resolve("album"), outcome.lines().get(1), outcome.err());
            assertEquals(100_000, Files.size(out.resolve("album/disc 1/a.bin")));
            assertEquals("bb", Files.readString(out.resolve("album/b.txt")));
            assertEquals(0, Files.size(out.resolve("album/empty")));
        }
    }

    @Test
    void whatIsThereIsVerifiedAndNotFetched() throws IOException {
        Outcome outcome = run("get", torrent, "--out", shared.toString(), "--json");
        assertEquals(0, outcome.exitCode(), outcome.err());
        List<String> events = new ArrayList<>();
        for (String line : outcome.lines()) {
            JsonNode event = Json.MAPPER.readTree(line);
            if (!List.of("checking", "progress").contains(event.get("event").asText())) {
                events.add(event.get("event").asText());
            }
        }
        assertEquals(List.of("metadata", "ready", "done"), events);
    }

    @Test
    void anInterruptedDownloadGoesOnWhereItWas() throws IOException {
        try (RunningCommand seed = seed("--stay", "--up", "1M")) {
            String peer = seed.ready();
            try (RunningCommand first = running(torrent, out, "--peer", peer, "--json")) {
                first.awaitOut("\"piecesHad\":1");
            }
            assertFalse(Files.exists(out.resolve("noise.bin")));
            Outcome second = get(torrent, "--peer", peer, "--json");
            assertEquals(0, second.exitCode(), second.err());
            assertArrayEquals(content, Files.readAllBytes(out.resolve("noise.bin")));
            assertTrue(last(second, "progress").get("downloaded").asLong() < SIZE, second.out());
        }
    }

    @Test
    void theGunStartsIt() throws IOException {
        InputStream before = System.in;
        try (RunningCommand seed = seed("--stay");
                PipedOutputStream trigger = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(trigger)) {
            System.setIn(in);
            try (RunningCommand armed = running(torrent, out, "--peer", seed.ready(), "--gun")) {
                armed.awaitOut("armed\n");
                assertFalse(armed.out().contains("done"), armed.out());
                trigger.write("go\n".getBytes(StandardCharsets.UTF_8));
                trigger.flush();
                assertEquals(0, armed.exitCode(), armed.err());
                assertTrue(armed.out().endsWith("done " + out.resolve("noise.bin") + "\n"), armed.out());
            }
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aSeedThatHasGivenEnoughEnds() throws IOException {
        try (RunningCommand seed = seed("--stay", "ratio:1")) {
            assertEquals(0, get(torrent, "--peer", seed.ready()).exitCode());
            assertEquals(0, seed.exitCode());
        }
        assertEquals(
                0,
                run("get", torrent, "--out", shared.toString(), "--stay", "0.1").exitCode());
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder and no torrent");
        Outcome noFolder = run("get", torrent, "--out", file.toString());
        assertEquals(new Outcome(5, "", "praline: the folder for the file is no folder: " + file + "\n"), noFolder);
        assertFails(5, file.toString());
        assertFails(5, "nonsense");
        assertFails(5, "magnet:?xt=urn:btih:short");
        assertFails(2, "urn:sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assertFails(2, torrent, "--connect", "127.0.0.1:1");
        assertFails(2, torrent, "--up", "fast");
        assertFails(2, torrent, "--stay=long");
        assertFails(2, torrent, "--peer", "somebody");
        assertFails(4, torrent, "--listen", "192.0.2.1:0");
    }

    private void assertFails(int exitCode, String... arguments) {
        Outcome outcome = get(
                arguments[0], List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        assertEquals(exitCode, outcome.exitCode(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(
                1,
                outcome.err()
                        .lines()
                        .filter(line -> line.startsWith("praline: "))
                        .count(),
                outcome.err());
    }

    private void assertNothingIsLeftBeside(String name) throws IOException {
        for (Path folder : List.of(shared, out)) {
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(folder.resolve(name)), files.toList());
            }
        }
    }

    private static JsonNode last(Outcome outcome, String event) throws IOException {
        JsonNode last = Json.MAPPER.createObjectNode();
        for (String line : outcome.lines()) {
            JsonNode one = Json.MAPPER.readTree(line);
            last = one.get("event").asText().equals(event) ? one : last;
        }
        return last;
    }

    private static String lastLine(RunningCommand command) {
        return command.out().lines().reduce("", (first, second) -> second);
    }

    private RunningCommand seed(String... more) {
        return running(torrent, shared, more);
    }

    private RunningCommand running(String what, Path folder, String... more) {
        return RunningCommand.start(environment, arguments(what, folder, more));
    }

    private Outcome get(String what, String... more) {
        return run(arguments(what, out, more));
    }

    private static String[] arguments(String what, Path folder, String... more) {
        return Stream.concat(Stream.of("get", what, "--out", folder.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    private Outcome run(String... arguments) {
        return Commands.in(environment).run(arguments);
    }
}
