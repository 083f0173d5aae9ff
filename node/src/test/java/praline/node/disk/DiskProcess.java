package praline.node.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.text.RemoteText;

/**
 * A process of its own that downloads one file to a real disk, for what cannot be tried inside the JVM of the tests: a
 * kill, a file system that is full, a locale. It says on each line of its output what happened.
 */
public final class DiskProcess {

    static final String NAME = "ein Stück.bin";
    private static final int SIZE = 900_000;
    private static final int BLOCK = 10_000;
    private static final byte[] CONTENT = new byte[SIZE];

    static {
        SplitMix64.stream(7, 1).nextBytes(CONTENT);
    }

    private static final Sha1 SHA1 = Sha1.digestOf(CONTENT);

    private final Disk disk;
    private final Consumer<JobResult> out;
    private final boolean tellsOfBlocks;

    private DiskProcess(Disk disk, Consumer<JobResult> out, boolean tellsOfBlocks) {
        this.disk = disk;
        this.out = out;
        this.tellsOfBlocks = tellsOfBlocks;
    }

    /**
     * The command that starts this process.
     *
     * @param mode {@code download}; {@code steps}, to be told of each block too; {@code full} for a disk that fills up
     */
    static List<String> command(String mode, Path folder) {
        return command(DiskProcess.class, mode, folder);
    }

    /** The command that starts {@code main} with a mode and a folder. */
    static List<String> command(Class<?> main, String mode, Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                main.getName(),
                mode,
                folder.toString());
    }

    /** What {@code process} prints, up to its end. */
    static List<String> outputOf(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Map<String, Long> limits = Map.of("limits.download.syncMillis", 0L, "limits.download.diskReserve", 0L);
        try (Disk disk = Disk.open(
                folder.resolve("unfinished"),
                folder.resolve("finished"),
                Limits.with(TransferLimits.class, limits).download(),
                DiskChoices.STANDARD,
                HashCache.inMemory(LibraryLimits.STANDARD))) {
            new DiskProcess(disk, System.out::println, arguments[0].equals("steps"))
                    .download(arguments[0].equals("full"), folder.resolve("filler"));
        }
    }

    private void download(boolean fillsUp, Path filler) throws IOException {
        int present = open();
        if (fillsUp) {
            present = fillUp(filler, present);
        }
        store(present, SIZE);
        out.accept(disk.run(new Job.FinishDownload(SHA1, RemoteText.of(NAME))));
    }

    private int open() {
        JobResult result = disk.run(new Job.OpenDownload(SHA1, SIZE));
        out.accept(result);
        return result instanceof JobResult.Opened opened ? (int) opened.present() : -1;
    }

    /** Stores while somebody else takes the room, and goes on when it is free again. */
    private int fillUp(Path filler, int present) throws IOException {
        int half = store(present, SIZE / 2);
        Files.write(filler, new byte[300_000]);
        store(half, SIZE);
        open();
        Files.delete(filler);
        return open();
    }

    /** Stores blocks up to {@code end}, or to the first failure. */
    private int store(int from, int end) {
        for (int offset = from; offset < end; offset += BLOCK) {
            int blockEnd = Math.min(end, offset + BLOCK);
            JobResult result = disk.run(new Job.StoreBlock(SHA1, offset, new FakeBlock(CONTENT, offset, blockEnd)));
            if (result instanceof JobResult.Failed) {
                out.accept(result);
                return offset;
            }
            if (tellsOfBlocks) {
                out.accept(result);
            }
        }
        return end;
    }
}
