package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;
import praline.protocol.Sha1;

/** Torrent files as a user makes and reads them. */
class TorrentCommandTest {

    private static final int SIZE = 100_000;

    @TempDir
    Path home;

    private Path data;
    private Path file;

    @BeforeEach
    void writeSomeData() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        data = Files.write(home.resolve("noise.bin"), content);
        file = home.resolve("noise.torrent");
    }

    @Test
    void aTorrentFileIsMadeAndSaysWhatItIs() {
        Outcome made = create("--announce", "http://127.0.0.1:80/announce", "--piece", "32K");
        assertEquals(0, made.exitCode(), made.err());
        assertEquals(file.toString(), made.lines().get(0));
        Outcome shown = show(file.toString());
        for (String expected : List.of(
                "name        noise.bin",
                "size        97.7 KiB (100,000 bytes)",
                "pieces      4 of 32.0 KiB",
                "private     no",
                "tracker     http://127.0.0.1:80/announce",
                "created by  praline 0.1.0",
                "  97.7 KiB  noise.bin")) {
            assertTrue(shown.lines().contains(expected), expected + " in " + shown.out());
        }
        assertTrue(
                shown.lines().containsAll(made.lines().subList(1, made.lines().size())), shown.out());
    }

    @Test
    void theInfohashIsThatOfTheInfoDictionary() throws IOException {
        create("--piece", "128K", "--private");
        String hash = new String(Sha1.digestOf(Files.readAllBytes(data)).toArray(), StandardCharsets.ISO_8859_1);
        String info = "d6:lengthi100000e4:name9:noise.bin12:piece lengthi131072e6:pieces20:" + hash + "7:privatei1ee";
        String infohash =
                Sha1.digestOf(info.getBytes(StandardCharsets.ISO_8859_1)).hex();
        assertEquals(
                infohash,
                json("torrent", "show", file.toString()).get("infohash").asText());
    }

    @Test
    void programsGetTheSameAsJson() throws IOException {
        JsonNode made =
                json("torrent", "create", data.toString(), "-o", file.toString(), "--announce", "udp://[::1]:9");
        assertEquals(SIZE, made.get("size").asInt());
        JsonNode shown = json("torrent", "show", file.toString());
        assertEquals(made.get("infohash"), shown.get("infohash"));
        assertEquals(made.get("magnet"), shown.get("magnet"));
        assertEquals(made.get("pieces"), shown.get("pieces"));
        assertFalse(shown.get("private").asBoolean());
        assertEquals("udp://[::1]:9", shown.get("trackers").get(0).get(0).asText());
        assertEquals("noise.bin", shown.get("files").get(0).get("path").get(0).asText());
    }

    @Test
    void aMagnetLinkIsShownWithWhatItSays() throws IOException {
        create();
        JsonNode shown = json("torrent", "show", file.toString());
        Outcome magnet = show(shown.get("magnet").asText() + "&x.pe=127.0.0.1:7");
        assertEquals(0, magnet.exitCode(), magnet.err());
        assertTrue(magnet.out().contains("infohash    " + shown.get("infohash").asText()), magnet.out());
        assertTrue(magnet.out().contains("peers       127.0.0.1:7"), magnet.out());
        assertFalse(magnet.out().contains("pieces"), magnet.out());
    }

    @Test
    void everyAnnounceIsATierAndCommasStayWithinOne() throws IOException {
        create("--announce", "http://a/announce,http://b/announce", "--announce", "udp://c:1");
        JsonNode tiers = json("torrent", "show", file.toString()).get("trackers");
        assertEquals("[[\"http://a/announce\",\"http://b/announce\"],[\"udp://c:1\"]]", tiers.toString());
    }

    @Test
    void aFolderIsOneTorrentWithAllItsFiles() throws IOException {
        Path folder = Files.createDirectories(home.resolve("album/disc 1"));
        Files.writeString(folder.resolve("b.txt"), "bb");
        Files.writeString(home.resolve("album/a.txt"), "a");
        Outcome made =
                run("torrent", "create", home.resolve("album").toString(), "-o", file.toString(), "--name", "lp");
        assertEquals(0, made.exitCode(), made.err());
        Outcome shown = show(file.toString());
        assertTrue(shown.lines().contains("name        lp"), shown.out());
        assertTrue(shown.lines().contains("       1 B  a.txt"), shown.out());
        assertTrue(shown.lines().contains("       2 B  disc 1/b.txt"), shown.out());
    }

    @Test
    void nothingIsOverwrittenUnasked() throws IOException {
        Files.writeString(file, "precious");
        Outcome refused = create();
        assertEquals(5, refused.exitCode());
        assertEquals("praline: the torrent file is there already (see --force): " + file + "\n", refused.err());
        assertEquals("precious", Files.readString(file));
        assertEquals(0, create("--force").exitCode());
        assertEquals(0, show(file.toString()).exitCode());
    }

    @Test
    void dataThatIsRightIsRight() {
        create();
        assertEquals(new Outcome(0, "right: 7 pieces\n", ""), verify(data));
        assertEquals(new Outcome(0, "right: 7 pieces\n", ""), verify(home));
    }

    @Test
    void aWrongByteIsFoundInItsPieceAndFile() throws IOException {
        create();
        byte[] content = Files.readAllBytes(data);
        content[2 * 16_384] ^= 1;
        content[3 * 16_384] ^= 1;
        content[6 * 16_384] ^= 1;
        Files.write(data, content);
        String expected = "wrong bytes  noise.bin\nwrong: 3 pieces of 7: 2-3, 6\n";
        assertEquals(new Outcome(6, expected, ""), verify(data));
        Outcome asJson = run("torrent", "verify", file.toString(), "--data", data.toString(), "--json");
        assertEquals(6, asJson.exitCode());
        assertEquals(
                "{\"right\":false,\"pieces\":7,\"wrong\":[2,3,6],"
                        + "\"faults\":[{\"path\":[\"noise.bin\"],\"fault\":\"wrong_bytes\"}]}\n",
                asJson.out());
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path junk = Files.writeString(home.resolve("junk.torrent"), "d4:infod4:name");
        Path v2 = Files.writeString(
                home.resolve("v2.torrent"), "d4:infod9:file treede12:meta versioni2e4:name1:a12:piece lengthi16384eee");
        Path missing = home.resolve("missing");
        assertFails(5, "this is no torrent file, or a damaged one: " + junk, "torrent", "show", junk.toString());
        assertFails(
                5, "this is a version 2 torrent; only version 1 is supported: " + v2, "torrent", "show", v2.toString());
        assertFails(5, "there is no such torrent file: " + missing, "torrent", "show", missing.toString());
        assertFails(5, "this is a folder and no torrent file: " + home, "torrent", "show", home.toString());
        Outcome magnet = show("magnet:?dn=nothing");
        assertEquals(5, magnet.exitCode());
        assertEquals(1, magnet.err().lines().count(), magnet.err());
        assertFails(5, "there is nothing to make a torrent of: " + missing, "torrent", "create", missing.toString());
        for (String piece : List.of("0", "63K", "8K", "128M", "K", "1T", "99999999999G", "-64K")) {
            Outcome outcome = create("--piece", piece);
            assertEquals(2, outcome.exitCode(), piece);
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
        assertEquals(2, create("--announce", "ftp://a/").exitCode());
        assertEquals(2, create("--name", "a/b").exitCode());
    }

    @Test
    void aStrangersNameCannotActOnTheTerminal() throws IOException {
        String hash = "x".repeat(20);
        Path hostile = Files.writeString(
                home.resolve("h.torrent"),
                "d7:comment5:\u001b[2Jh4:infod6:lengthi1e4:name5:\u001b[1mx12:piece lengthi16384e6:pieces20:" + hash
                        + "ee");
        Outcome shown = show(hostile.toString());
        assertEquals(0, shown.exitCode(), shown.err());
        assertFalse(shown.out().contains("\u001b"), shown.out());
    }

    private Outcome create(String... more) {
        return run(concat(List.of("torrent", "create", data.toString(), "-o", file.toString()), more));
    }

    private Outcome show(String torrent) {
        return run("torrent", "show", torrent);
    }

    private Outcome verify(Path path) {
        return run("torrent", "verify", file.toString(), "--data", path.toString());
    }

    private void assertFails(int exitCode, String line, String... arguments) {
        assertEquals(new Outcome(exitCode, "", "praline: " + line + "\n"), run(arguments));
    }

    private JsonNode json(String... arguments) throws IOException {
        Outcome outcome = run(concat(List.of(arguments), "--json"));
        assertEquals(0, outcome.exitCode(), outcome.err());
        return Json.MAPPER.readTree(outcome.out());
    }

    private static Outcome run(String... arguments) {
        return Commands.praline(arguments);
    }

    private static String[] concat(List<String> first, String... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toArray(String[]::new);
    }
}
