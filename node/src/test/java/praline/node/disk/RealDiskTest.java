package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.testing.Seeds;

/** Downloads in processes of their own, to which the worst happens. */
class RealDiskTest {
    private static final String FINISHED = "Finished[path=";

    @TempDir
    private Path folder;

    /** Each run is killed a moment after it has begun; the bytes of all runs together have the right hash. */
    @Test
    void aDownloadSurvivesKills() throws IOException, InterruptedException {
        RandomGenerator random = Seeds.generator(1);
        List<String> first = new ArrayList<>();
        for (int kills = 0; kills < 6; kills++) {
            Process process = start(DiskProcess.command("steps", folder));
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                first.add(out.readLine());
                // Told by what it has done and not by the clock: one block at least is stored and on record.
                int blocks = 1 + random.nextInt(4); // of 90; it runs on until the kill arrives
                for (int i = 0; i < blocks; i++) {
                    assertThat(out.readLine()).isNotNull();
                }
                process.destroyForcibly().waitFor();
            }
        }

        List<String> last = run(DiskProcess.command("download", folder));

        assertThat(first).contains("Opened[present=0, size=900000]").hasSizeGreaterThan(1);
        assertThat(last.get(0)).matches("Opened\\[present=[1-9][0-9]*, size=900000]");
        assertThat(last.get(1)).startsWith(FINISHED);
    }

    /** No piece that one run has stored is fetched by another, however soon after it the kill came. */
    @Test
    void aTorrentSurvivesKillsAndFetchesNoPieceTwice() throws IOException, InterruptedException {
        RandomGenerator random = Seeds.generator(2);
        List<String> command = DiskProcess.command(TorrentProcess.class, "fetch", folder);
        Path log = Files.createFile(folder.resolve("log"));
        for (int kills = 0; kills < 10; kills++) {
            long before = Files.size(log);
            Process process = builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            await().pollInterval(Duration.ofMillis(5)).until(() -> Files.size(log) > before);
            process.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(log));

        lines.addAll(run(command));

        assertThat(lines).filteredOn(line -> line.startsWith("stored")).doesNotHaveDuplicates();
        assertThat(lines).anyMatch(line -> line.matches("have [0-9]+ unsure [1-9][0-9]*"));
        assertThat(lines.get(lines.size() - 1)).startsWith(FINISHED);
        assertThat(folder.resolve("finished/song.ogg")).hasBinaryContent(TorrentProcess.content());
    }

    @Test
    void aTorrentMeetsAFullDiskAndGoesOn() throws IOException, InterruptedException {
        assumeTrue(mayMount(), "file systems cannot be mounted here");
        Path small = Files.createDirectory(folder.resolve("small"));
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
        command.add("mount -t tmpfs -o size=1m praline \"$0\" && exec \"$@\"");
        command.add(small.toString());
        command.addAll(DiskProcess.command(TorrentProcess.class, "full", small));

        List<String> lines = run(command);

        List<String> full =
                lines.stream().filter(line -> line.startsWith("Failed")).toList();
        assertThat(full)
                .hasSize(2)
                .allMatch(line ->
                        line.startsWith("Failed[problem=DISK_FULL, detail=disk full: " + small + "/unfinished, need "));
        assertThat(lines).filteredOn(line -> line.startsWith("stored")).doesNotHaveDuplicates();
        assertThat(lines.get(lines.size() - 1)).startsWith(FINISHED);
    }

    @Test
    void aFullDiskIsNoticedAndGoneOnFrom() throws IOException, InterruptedException {
        assumeTrue(mayMount(), "file systems cannot be mounted here");
        Path small = Files.createDirectory(folder.resolve("small"));
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
        command.add("mount -t tmpfs -o size=1m praline \"$0\" && exec \"$@\"");
        command.add(small.toString());
        command.addAll(DiskProcess.command("full", small));

        List<String> lines = run(command);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("Opened[present=0, size=900000]");
        assertThat(lines.get(1))
                .startsWith("Failed[problem=DISK_FULL, detail=disk full: " + small + "/unfinished, need ");
        assertThat(lines.get(2)).startsWith("Failed[problem=DISK_FULL");
        assertThat(lines.get(3)).matches("Opened\\[present=[5-9][0-9]{5}, size=900000]");
        assertThat(lines.get(4)).startsWith(FINISHED);
    }

    @Test
    void aNameThatTheLocaleCannotWriteIsWrittenInAscii() throws IOException, InterruptedException {
        ProcessBuilder builder = builder(DiskProcess.command("download", folder));
        builder.environment().put("LC_ALL", "POSIX");

        List<String> lines = run(builder);

        assertThat(lines.get(1)).startsWith(FINISHED).endsWith("/finished/ein St%C3%BCck.bin]");
        try (Stream<Path> files = Files.list(folder.resolve("finished"))) {
            assertThat(files).hasSize(1);
        }
    }

    private static boolean mayMount() throws IOException, InterruptedException {
        try {
            return start(List.of("unshare", "--mount", "mount", "-t", "tmpfs", "praline", "/mnt"))
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        return run(builder(command));
    }

    private static List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        List<String> lines = DiskProcess.outputOf(process);
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    private static Process start(List<String> command) throws IOException {
        return builder(command).start();
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
