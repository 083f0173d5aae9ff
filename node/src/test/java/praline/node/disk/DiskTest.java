package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.text.RemoteText;

/** Downloads on a real file system: they grow, are cut off, resumed, verified and named. */
class DiskTest {
    private static final byte[] CONTENT = new byte[100_000];

    static {
        SplitMix64.stream(1, 1).nextBytes(CONTENT);
    }

    private static final Sha1 SHA1 = Sha1.digestOf(CONTENT);

    @TempDir
    private Path folder;

    private Path unfinished;
    private Path finished;
    private long usable = Long.MAX_VALUE / 2;
    private Disk disk;

    @BeforeEach
    void open() throws IOException {
        unfinished = folder.resolve("state/downloads");
        finished = folder.resolve("finished");
        disk = newDisk(Map.of("limits.download.syncMillis", 0L));
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void aDownloadGetsItsNameWhenItsHashIsRight() throws IOException {
        openDownload();
        store(0, CONTENT.length);

        assertThat(filesIn(finished)).isEmpty();
        JobResult result = disk.run(new Job.FinishDownload(SHA1, RemoteText.of("song.ogg")));

        assertThat(result)
                .isEqualTo(new JobResult.Finished(finished.resolve("song.ogg").toString()));
        assertThat(finished.resolve("song.ogg")).hasBinaryContent(CONTENT);
        assertThat(filesIn(unfinished)).isEmpty();
    }

    @Test
    void wrongBytesAreDiscardedAndGetNoName() throws IOException {
        byte[] wrong = CONTENT.clone();
        wrong[77_777] ^= 1;
        openDownload();
        store(wrong, 0, wrong.length);

        JobResult result = disk.run(new Job.FinishDownload(SHA1, RemoteText.of("song.ogg")));

        assertThat(result)
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.WRONG_HASH));
        assertThat(filesIn(finished)).isEmpty();
        assertThat(filesIn(unfinished)).isEmpty();
        assertThat(openDownload()).isEqualTo(new JobResult.Opened(0, CONTENT.length));
    }

    @Test
    void missingBytesAreWrongBytes() {
        openDownload();
        store(0, 50_000);

        assertThat(disk.run(new Job.FinishDownload(SHA1, RemoteText.of("song.ogg"))))
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.WRONG_HASH));
    }

    @Test
    void blocksMayComeInAnyOrderAndOnlyThoseWithoutAGapCount() {
        openDownload();
        store(60_000, 100_000);
        store(0, 10_000);
        assertThat(openDownload()).isEqualTo(new JobResult.Opened(10_000, CONTENT.length));

        store(10_000, 60_000);

        assertThat(openDownload()).isEqualTo(new JobResult.Opened(CONTENT.length, CONTENT.length));
        assertThat(disk.run(new Job.FinishDownload(SHA1, RemoteText.of("song.ogg"))))
                .isInstanceOf(JobResult.Finished.class);
    }

    @Test
    void theFirstRecordStandsBeforeTheFirstByte() throws IOException {
        openDownload();

        assertThat(filesIn(unfinished)).contains(SHA1 + ".record");
        assertThat(newDisk(Map.of()).run(new Job.OpenDownload(SHA1, Job.SIZE_UNKNOWN)))
                .isEqualTo(new JobResult.Opened(0, CONTENT.length));
    }

    @Test
    void afterAKillADownloadGoesOnWhereItsRecordEnds() throws IOException {
        openDownload();
        store(0, 40_000);

        // The first disk is left as it stands, as a process that was killed leaves its files.
        Disk restarted = newDisk(Map.of());

        assertThat(restarted.run(new Job.OpenDownload(SHA1, Job.SIZE_UNKNOWN)))
                .isEqualTo(new JobResult.Opened(40_000, CONTENT.length));
    }

    @Test
    void bytesThatWereNotForcedAreNotTrustedAfterAKill() throws IOException {
        disk = newDisk(Map.of("limits.download.syncMillis", 5_000L));
        openDownload();
        store(0, 40_000);

        assertThat(newDisk(Map.of()).run(new Job.OpenDownload(SHA1, Job.SIZE_UNKNOWN)))
                .isEqualTo(new JobResult.Opened(0, CONTENT.length));
    }

    @Test
    void aClosedDownloadLosesNothing() throws IOException {
        disk = newDisk(Map.of("limits.download.syncMillis", 5_000L));
        openDownload();
        store(0, 40_000);

        assertThat(disk.run(new Job.CloseDownload(SHA1))).isEqualTo(new JobResult.Closed());

        assertThat(openDownload()).isEqualTo(new JobResult.Opened(40_000, CONTENT.length));
    }

    @Test
    void aRecordThatPromisesMoreThanTheFileHoldsIsNotBelieved() throws IOException {
        openDownload();
        store(0, 40_000);
        disk.run(new Job.CloseDownload(SHA1));
        Files.write(unfinished.resolve(SHA1 + ".part"), new byte[1_000]);

        assertThat(openDownload()).isEqualTo(new JobResult.Opened(1_000, CONTENT.length));
    }

    @Test
    void aDiscardedDownloadIsForgotten() throws IOException {
        openDownload();
        store(0, 40_000);

        disk.run(new Job.DiscardDownload(SHA1));

        assertThat(filesIn(unfinished)).isEmpty();
        assertThat(disk.run(new Job.OpenDownload(SHA1, Job.SIZE_UNKNOWN)))
                .isEqualTo(new JobResult.Opened(0, Job.SIZE_UNKNOWN));
        assertThat(filesIn(unfinished)).isEmpty();
    }

    @Test
    void aDownloadThatDoesNotFitWaitsAndSaysWhatItNeeds() throws IOException {
        usable = 64 << 20;

        assertThat(openDownload())
                .isEqualTo(new JobResult.Failed(
                        Problem.DISK_FULL, "disk full: " + unfinished + ", need 67.2 MB, have 67.1 MB"));
        assertThat(filesIn(unfinished)).isEmpty();

        usable += CONTENT.length;
        assertThat(openDownload()).isEqualTo(new JobResult.Opened(0, CONTENT.length));
    }

    @Test
    void allDownloadsTogetherMustFit() {
        usable = (64 << 20) + 150_000;
        openDownload();

        assertThat(disk.run(new Job.OpenDownload(Sha1.digestOf(new byte[1]), 60_000)))
                .isInstanceOf(JobResult.Failed.class);
        store(0, 20_000);
        usable -= 20_000;
        assertThat(disk.run(new Job.OpenDownload(Sha1.digestOf(new byte[1]), 50_000)))
                .isInstanceOf(JobResult.Opened.class);
    }

    @Test
    void roomIsLookedAtAgainWhileBytesCome() throws IOException {
        disk = newDisk(Map.of("limits.download.diskCheckBytes", 65_536L));
        openDownload();
        usable = 1 << 20;
        assertThat(run(0, 60_000)).isEqualTo(new JobResult.Stored(60_000));

        assertThat(run(60_000, 70_000))
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.DISK_FULL));
        assertThat(openDownload()).isInstanceOf(JobResult.Failed.class);

        usable = 1 << 30;
        assertThat(openDownload()).isEqualTo(new JobResult.Opened(70_000, CONTENT.length));
    }

    @Test
    void everyBlockIsReleasedAlsoWhenItCannotBeStored() {
        FakeBlock early = new FakeBlock(CONTENT, 0, 10);

        JobResult result = disk.run(new Job.StoreBlock(SHA1, 0, early));

        assertThat(result).isInstanceOf(JobResult.Failed.class);
        assertThat(early.isReleasedOnce()).isTrue();
    }

    @Test
    void anEmptyFileIsADownloadToo() {
        Sha1 sha1 = Sha1.digestOf(new byte[0]);

        assertThat(disk.run(new Job.OpenDownload(sha1, 0))).isEqualTo(new JobResult.Opened(0, 0));
        assertThat(disk.run(new Job.FinishDownload(sha1, RemoteText.of("empty"))))
                .isEqualTo(new JobResult.Finished(finished.resolve("empty").toString()));
        assertThat(finished.resolve("empty")).isEmptyFile();
    }

    private Disk newDisk(Map<String, Long> limits) throws IOException {
        return Disk.open(
                unfinished,
                finished,
                Limits.with(TransferLimits.class, limits).download(),
                DiskChoices.STANDARD,
                HashCache.inMemory(LibraryLimits.STANDARD),
                anyFolder -> usable);
    }

    private JobResult openDownload() {
        return disk.run(new Job.OpenDownload(SHA1, CONTENT.length));
    }

    private void store(int from, int to) {
        store(CONTENT, from, to);
    }

    private void store(byte[] content, int from, int to) {
        FakeBlock block = new FakeBlock(content, from, to);
        assertThat(disk.run(new Job.StoreBlock(SHA1, from, block))).isEqualTo(new JobResult.Stored(to - from));
        assertThat(block.isReleasedOnce()).isTrue();
    }

    private JobResult run(int from, int to) {
        return disk.run(new Job.StoreBlock(SHA1, from, new FakeBlock(CONTENT, from, to)));
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
