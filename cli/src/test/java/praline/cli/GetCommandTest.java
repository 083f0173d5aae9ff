package praline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.protocol.Sha1;

/** Fetching a file as a user types it: from one node that shares it, on real TCP. */
class GetCommandTest {

    private static final int SIZE = 2_000_000;

    @TempDir
    Path home;

    private ImmutableMap<String, String> environment;
    private Path share;
    private byte[] content;
    private String urn;

    @BeforeEach
    void shareAFile() throws IOException {
        environment = ImmutableMap.of("HOME", home.toString());
        share = Files.createDirectories(home.resolve("share"));
        content = new byte[SIZE];
        new Random(7).nextBytes(content);
        Files.write(share.resolve("noise.bin"), content);
        urn = "urn:sha1:" + Sha1.digestOf(content).base32();
    }

    @Test
    void theFileArrivesUnderItsNameAndNothingElse() throws IOException {
        try (RunningCommand sharer = sharer()) {
            Outcome outcome = get(sharer.ready(), home.resolve("out"));
            assertEquals(0, outcome.exitCode(), outcome.err());
            Path file = home.resolve("out/noise.bin");
            assertEquals(file + "\n", outcome.out());
            assertArrayEquals(content, Files.readAllBytes(file));
            try (Stream<Path> files = Files.list(home.resolve("out"))) {
                assertEquals(1, files.count());
            }
        }
    }

    @Test
    void aRunningNodeFetchesAndTheUserHasACopy() throws IOException {
        try (RunningCommand sharer = sharer();
                RunningCommand asker = node("--connect", sharer.ready(), "--control", "127.0.0.1:0")) {
            asker.ready();
            String url = asker.err().replaceAll("(?s).*(http://127[^,]*),.*", "$1");
            Path out = home.resolve("out");
            Outcome outcome = run("get", "--control", url, "--wait", "30", "--out", out.toString(), urn);
            assertEquals(0, outcome.exitCode(), outcome.err());
            assertArrayEquals(content, Files.readAllBytes(out.resolve("noise.bin")));
        }
    }

    @Test
    void aHitIsFetchedByItsNumber() throws IOException {
        Files.write(share.resolve("other noise.bin"), new byte[100]);
        try (RunningCommand sharer = sharer();
                RunningCommand asker = node("--connect", sharer.ready(), "--control", "127.0.0.1:0")) {
            asker.ready();
            String url = asker.err().replaceAll("(?s).*(http://127[^,]*),.*", "$1");
            for (String[] way : new String[][] {{"--connect", sharer.ready()}, {"--control", url}}) {
                Path out = home.resolve("out" + way[0]);
                Outcome outcome =
                        run("search", way[0], way[1], "--wait", "30", "--get", "2", "--out", out.toString(), "noise");
                assertEquals(0, outcome.exitCode(), outcome.err());
                String[] lines = outcome.out().lines().toArray(String[]::new);
                Path file = Path.of(lines[lines.length - 1]);
                assertEquals(out, file.getParent());
                String urnOfFile =
                        "urn:sha1:" + Sha1.digestOf(Files.readAllBytes(file)).base32();
                assertTrue(outcome.out().contains("\n 2 " + urnOfFile + " "), outcome.out());
            }
            Outcome none = run("search", "--connect", sharer.ready(), "--wait", "2", "--get", "7", "noise");
            assertEquals(3, none.exitCode(), none.err());
            assertTrue(none.err().endsWith("there is no hit number 7\n"), none.err());
        }
    }

    @Test
    void whatNobodyHasIsNotFound() {
        try (RunningCommand sharer = sharer()) {
            String other = "urn:sha1:" + Sha1.digestOf(new byte[] {1}).base32();
            Outcome outcome = run(
                    "get",
                    "--connect",
                    sharer.ready(),
                    "--wait",
                    "1",
                    "--out",
                    home.resolve("out").toString(),
                    other);
            assertEquals(new Outcome(3, "", "nobody was found who has it: " + other + "\n"), outcome);
        }
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        Outcome noFolder = run("get", "--connect", "127.0.0.1:1", "--out", file.toString(), urn);
        assertEquals(new Outcome(5, "", "praline: the folder for the file is no folder: " + file + "\n"), noFolder);
        Outcome noUrn = run("get", "--connect", "127.0.0.1:1", "--out", home.toString(), "urn:sha1:SHORT");
        assertEquals(2, noUrn.exitCode());
        assertEquals(1, noUrn.err().lines().count(), noUrn.err());
        Outcome nobody = run(
                "get", "--connect", "127.0.0.1:1", "--out", home.resolve("out").toString(), urn);
        assertEquals(4, nobody.exitCode());
        assertEquals(1, nobody.err().lines().count(), nobody.err());
    }

    /** A file system of 1 MiB stands for a full disk; where it cannot be mounted, there is nothing to see. */
    @Test
    void aFullDiskIsOneLineAndNoHalfFileWithTheFinalName() throws IOException, InterruptedException {
        Path small = Files.createDirectories(home.resolve("small"));
        assumeTrue(system("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()), "cannot mount a tmpfs");
        try (RunningCommand sharer = sharer()) {
            Outcome outcome = get(sharer.ready(), small);
            assertEquals(1, outcome.exitCode(), outcome.out());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertTrue(outcome.err().startsWith("praline: "), outcome.err());
            assertFalse(Files.exists(small.resolve("noise.bin")));
        } finally {
            system("umount", small.toString());
        }
    }

    private RunningCommand sharer() {
        return node("--share", share.toString());
    }

    private RunningCommand node(String... more) {
        String[] all = Stream.concat(Stream.of("node", "--role", "flat", "--listen", "127.0.0.1:0"), Stream.of(more))
                .toArray(String[]::new);
        return RunningCommand.start(environment, all);
    }

    private Outcome get(String node, Path out) {
        return run("get", "--connect", node, "--wait", "30", "--out", out.toString(), urn);
    }

    private Outcome run(String... arguments) {
        return Commands.in(environment).run(arguments);
    }

    private static boolean system(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
