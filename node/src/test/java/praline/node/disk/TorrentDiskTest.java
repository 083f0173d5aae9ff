package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.node.library.FoundFile;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.library.PieceHashes;
import praline.node.state.StateFolder;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/**
 * Torrents on a real file system: pieces come, are refused when wrong, survive a kill, and get their names at the end.
 */
class TorrentDiskTest {

    /** Four pieces, the last one short. */
    private static final MadeTorrent SONG = MadeTorrent.single("song.ogg", 3 * MadeTorrent.PIECE + 777);

    private static final MadeTorrent ALBUM = MadeTorrent.folder("album")
            .file(20_000, "one.ogg")
            .file(0, "empty.txt")
            .file(50_001, "more", "two.ogg")
            .padding(28_303)
            .file(7, "more", "ünï.txt")
            .build();

    @TempDir
    private Path folder;

    private TorrentBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new TorrentBench(folder);
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    @Test
    void aTorrentOfOneFileGetsItsNameAtTheEnd() throws IOException {
        assertThat(bench.open(SONG).isFinished()).isFalse();
        bench.storeAll(SONG, 0, 4);
        assertThat(bench.finished()).isEmptyDirectory();

        JobResult result = bench.finish(SONG);

        Path song = bench.finished().resolve("song.ogg");
        assertThat(result).isEqualTo(new JobResult.Finished(song.toString()));
        assertThat(song).hasBinaryContent(SONG.content());
    }

    @Test
    void aTorrentOfManyFilesBecomesAFolder() throws IOException {
        bench.fetch(ALBUM);

        JobResult result = bench.finish(ALBUM);

        Path album = bench.finished().resolve("album");
        assertThat(result).isEqualTo(new JobResult.Finished(album.toString()));
        assertThat(TorrentBench.filesIn(album)).containsExactly("empty.txt", "more/two.ogg", "more/ünï.txt", "one.ogg");
        assertThat(album.resolve("one.ogg")).hasBinaryContent(ALBUM.file(0));
        assertThat(album.resolve("empty.txt")).isEmptyFile();
        assertThat(album.resolve("more/two.ogg")).hasBinaryContent(ALBUM.file(2));
        assertThat(album.resolve("more/ünï.txt")).hasBinaryContent(ALBUM.file(4));
    }

    @Test
    void theNameOfASingleFileMayBeGiven() {
        bench.fetch(SONG);

        JobResult result = bench.disk().run(new Job.FinishTorrent(SONG.infohash(), null, RemoteText.of("../a song")));

        assertThat(result)
                .isEqualTo(new JobResult.Finished(
                        bench.finished().resolve("___a song").toString()));
    }

    @Test
    void aNameThatIsTakenIsNotTouched() throws IOException {
        Files.createDirectories(bench.finished().resolve("album"));
        Files.writeString(bench.finished().resolve("song.ogg"), "mine");
        bench.fetch(SONG);
        bench.fetch(ALBUM);

        bench.finish(SONG);
        bench.finish(ALBUM);

        assertThat(bench.finished().resolve("song.ogg")).hasContent("mine");
        assertThat(bench.finished().resolve("song (2).ogg")).hasBinaryContent(SONG.content());
        assertThat(bench.finished().resolve("album")).isEmptyDirectory();
        assertThat(bench.finished().resolve("album (2)/one.ogg")).exists();
    }

    @Test
    void aWrongPieceIsNotWrittenAndItsBlocksAreNamed() throws IOException {
        bench.open(SONG);
        byte[] wrong = SONG.piece(1);
        wrong[20_000] ^= 1;
        ImmutableList<Block> blocks = MadeTorrent.blocks(wrong);

        JobResult result = bench.disk().run(new Job.StorePiece(SONG.infohash(), 1, blocks, false));

        assertThat(result).isInstanceOf(JobResult.PieceWrong.class);
        ImmutableList<Sha1> hashes = ((JobResult.PieceWrong) result).blocks();
        assertThat(hashes).hasSize(2);
        assertThat(hashes.get(0)).isEqualTo(Sha1.digestOf(Arrays.copyOf(wrong, 16_384)));
        assertThat(blocks).allMatch(block -> ((FakeBlock) block).isReleasedOnce());
        assertThat(bench.check(SONG, 1)).isFalse();
    }

    @Test
    void aDisputedPieceTellsItsBlocksThoughItIsRight() {
        bench.open(SONG);

        JobResult result = bench.disk().run(new Job.StorePiece(SONG.infohash(), 1, SONG.blocks(1), true));

        assertThat(((JobResult.PieceStored) result).blocks()).hasSize(2);
    }

    @Test
    void blocksAreReleasedAlsoWhenTheTorrentIsNotOpen() {
        ImmutableList<Block> blocks = SONG.blocks(0);

        JobResult result = bench.disk().run(new Job.StorePiece(SONG.infohash(), 0, blocks, false));

        assertThat(result).isInstanceOf(JobResult.Failed.class);
        assertThat(blocks).allMatch(block -> ((FakeBlock) block).isReleasedOnce());
    }

    @Test
    void aTorrentWithMissingPiecesIsNotFinished() {
        bench.open(SONG);
        bench.storeAll(SONG, 0, 3);

        assertThat(bench.finish(SONG)).isInstanceOf(JobResult.Failed.class);
        assertThat(bench.store(SONG, 3)).isEqualTo(JobResult.PieceStored.PLAIN);
        assertThat(bench.finish(SONG)).isInstanceOf(JobResult.Finished.class);
    }

    @Test
    void aContentThatIsNotTheOneThatWasWantedGetsNoName() throws IOException {
        bench.fetch(SONG);

        JobResult result = bench.disk().run(new Job.FinishTorrent(SONG.infohash(), Sha1.digestOf(new byte[1]), null));

        assertThat(result)
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.WRONG_HASH));
        assertThat(bench.finished()).isEmptyDirectory();
        assertThat(bench.unfinished()).isEmptyDirectory();
    }

    @Test
    void aContentThatIsTheOneThatWasWantedGetsItsName() {
        bench.fetch(SONG);

        assertThat(bench.disk().run(new Job.FinishTorrent(SONG.infohash(), Sha1.digestOf(SONG.content()), null)))
                .isInstanceOf(JobResult.Finished.class);
    }

    @Test
    void bytesAreReadAcrossFilesAndPaddingIsZeros() throws IOException {
        bench.fetch(ALBUM);
        assertThat(bench.read(ALBUM, 0, ALBUM.content().length)).isEqualTo(ALBUM.content());
        assertThat(bench.read(ALBUM, 19_990, 100)).isEqualTo(Arrays.copyOfRange(ALBUM.content(), 19_990, 20_090));

        bench.finish(ALBUM);

        assertThat(bench.read(ALBUM, 0, ALBUM.content().length)).isEqualTo(ALBUM.content());
        assertThatThrownBy(() -> bench.read(ALBUM, ALBUM.content().length - 1, 2))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void theInfoOfATorrentIsFoundAgain() throws IOException {
        bench.open(ALBUM);
        bench.restart(Map.of());

        assertThat(bench.disk().run(new Job.FindTorrent(ALBUM.infohash())))
                .isEqualTo(new JobResult.Described(ALBUM.info()));
        assertThat(bench.disk().run(new Job.FindTorrent(SONG.infohash())))
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void finishedFilesAreKnownAfterARestart() throws IOException {
        bench.fetch(ALBUM);
        bench.finish(ALBUM);
        bench.restart(Map.of());

        JobResult.TorrentOpened opened = bench.open(ALBUM);

        assertThat(opened.isFinished()).isTrue();
        assertThat(TorrentBench.pieces(opened.have())).hasSize(ALBUM.info().pieceCount());
        assertThat(TorrentBench.pieces(opened.unsure())).isEmpty();
    }

    @Test
    void finishedFilesThatWereTouchedAreCheckedAgain() throws IOException {
        bench.fetch(ALBUM);
        bench.finish(ALBUM);
        bench.restart(Map.of());
        Files.setLastModifiedTime(bench.finished().resolve("album/one.ogg"), FileTime.fromMillis(1));

        JobResult.TorrentOpened opened = bench.open(ALBUM);

        assertThat(opened.isFinished()).isTrue();
        assertThat(TorrentBench.pieces(opened.have())).isEmpty();
        assertThat(TorrentBench.pieces(opened.unsure())).hasSize(ALBUM.info().pieceCount());
    }

    @Test
    void whatTheUserHadAlreadyIsFoundAndChecked() throws IOException {
        layOut(ALBUM, bench.finished().resolve("album"));

        JobResult.TorrentOpened opened = bench.open(ALBUM);

        assertThat(opened.isFinished()).isTrue();
        assertThat(TorrentBench.pieces(opened.unsure())).containsExactly(0, 1, 2, 3);
        for (int piece = 0; piece < 4; piece++) {
            assertThat(bench.check(ALBUM, piece)).isTrue();
        }
        assertThat(bench.finish(ALBUM))
                .isEqualTo(
                        new JobResult.Finished(bench.finished().resolve("album").toString()));
        bench.disk().run(new Job.CloseTorrent(ALBUM.infohash()));
        assertThat(TorrentBench.pieces(bench.open(ALBUM).have())).containsExactly(0, 1, 2, 3);
    }

    @Test
    void filesOfAnotherSizeAreNotTheTorrents() throws IOException {
        layOut(ALBUM, bench.finished().resolve("album"));
        Files.write(bench.finished().resolve("album/more/ünï.txt"), new byte[6]);

        assertThat(bench.open(ALBUM).isFinished()).isFalse();
    }

    @Test
    void finishedFilesThatAreWrongStayAndACopyGrows() throws IOException {
        Path song = bench.finished().resolve("song.ogg");
        byte[] damaged = SONG.content().clone();
        damaged[MadeTorrent.PIECE + 5] ^= 1;
        Files.write(song, damaged);
        bench.open(SONG);
        for (int piece = 0; piece < 4; piece++) {
            assertThat(bench.check(SONG, piece)).isEqualTo(piece != 1);
        }

        JobResult.TorrentOpened renewed =
                (JobResult.TorrentOpened) bench.disk().run(new Job.RenewTorrent(SONG.infohash()));

        assertThat(renewed.isFinished()).isFalse();
        assertThat(TorrentBench.pieces(renewed.have())).containsExactly(0, 2, 3);
        bench.restart(Map.of());
        assertThat(bench.open(SONG)).isEqualTo(renewed);
        assertThat(bench.store(SONG, 1)).isEqualTo(JobResult.PieceStored.PLAIN);
        assertThat(bench.finish(SONG))
                .isEqualTo(new JobResult.Finished(
                        bench.finished().resolve("song (2).ogg").toString()));
        assertThat(song).hasBinaryContent(damaged);
        assertThat(bench.finished().resolve("song (2).ogg")).hasBinaryContent(SONG.content());
    }

    @Test
    void nothingIsLeftWhereFinishedTorrentsAreNotRemembered() throws IOException {
        bench.restart(Map.of(), new DiskChoices(Allocation.SPARSE, false));
        bench.fetch(ALBUM);

        bench.finish(ALBUM);
        bench.disk().run(new Job.CloseTorrent(ALBUM.infohash()));

        assertThat(bench.unfinished()).isEmptyDirectory();
    }

    @Test
    void aSharedFileIsACompleteTorrentUntilItChanges() throws IOException {
        Path file = Files.write(folder.resolve("shared.ogg"), SONG.content());
        FoundFile place = FoundFile.at(file.toRealPath()).orElseThrow();
        try (Disk shares = Disk.ofShares(HashCache.inMemory(LibraryLimits.STANDARD))) {
            JobResult opened = shares.run(new Job.OpenTorrent(SONG.info(), place));
            assertThat(((JobResult.TorrentOpened) opened).isFinished()).isTrue();
            assertThat(((JobResult.TorrentOpened) opened).unsure().hex()).isEqualTo("00");
            ByteBuffer target = ByteBuffer.allocate(100);
            shares.read(SONG.infohash(), 1, 40_000 - MadeTorrent.PIECE, target);
            assertThat(target.array()).isEqualTo(Arrays.copyOfRange(SONG.content(), 40_000, 40_100));
            shares.run(new Job.CloseTorrent(SONG.infohash()));

            Files.write(file, new byte[5]);

            assertThat(shares.run(new Job.OpenTorrent(SONG.info(), place)))
                    .isInstanceOfSatisfying(
                            JobResult.Failed.class,
                            failed -> assertThat(failed.problem()).isEqualTo(Problem.CHANGED));
        }
    }

    @Test
    void aSharedFileIsDescribedAndThenKnownWithoutReadingIt() throws IOException {
        byte[] content = new byte[600_000];
        Path file = Files.write(folder.resolve("shared.ogg"), content);
        FoundFile place = FoundFile.at(file.toRealPath()).orElseThrow();
        try (StateFolder state = StateFolder.open(folder.resolve("state"));
                Disk shares = Disk.ofShares(HashCache.load(
                        state.file("hashes"), PieceHashes.in(folder.resolve("pieces")), LibraryLimits.STANDARD))) {
            JobResult first = shares.run(new Job.DescribeShared(place));
            assertThat(((JobResult.Described) first).torrent().pieceCount()).isEqualTo(3);

            content[1] = 1; // behind the back of its time of change: only a second reading would notice
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(place.modifiedNanos(), TimeUnit.NANOSECONDS));

            assertThat(shares.run(new Job.DescribeShared(place))).isEqualTo(first);
            Files.write(file, new byte[1]);
            assertThat(shares.run(new Job.DescribeShared(place)))
                    .isInstanceOfSatisfying(
                            JobResult.Failed.class,
                            failed -> assertThat(failed.problem()).isEqualTo(Problem.CHANGED));
        }
    }

    @Test
    void roomIsTakenAtOnceIfTheUserWants() throws IOException {
        bench.restart(Map.of(), new DiskChoices(Allocation.FULL, true));

        bench.open(ALBUM);

        Path data = bench.unfinished().resolve(ALBUM.infohash().hex() + ".data");
        assertThat(data.resolve("one.ogg")).hasSize(20_000);
        assertThat(data.resolve("more/two.ogg")).hasSize(50_001);
        bench.storeAll(ALBUM, 0, 4);
        bench.finish(ALBUM);
        assertThat(bench.finished().resolve("album/more/two.ogg")).hasBinaryContent(ALBUM.file(2));
    }

    @Test
    void aTorrentThatDoesNotFitWaitsAndSaysWhatItNeeds() throws IOException {
        bench.usable = 64 << 20;

        assertThat(bench.tryOpen(SONG))
                .isEqualTo(new JobResult.Failed(
                        Problem.DISK_FULL, "disk full: " + bench.unfinished() + ", need 67.2 MB, have 67.1 MB"));
        assertThat(TorrentBench.filesIn(bench.unfinished())).isEmpty();

        bench.usable += SONG.content().length;
        assertThat(bench.tryOpen(SONG)).isInstanceOf(JobResult.TorrentOpened.class);
    }

    @Test
    void torrentsAndDownloadsTogetherMustFit() {
        bench.usable = (64L << 20) + SONG.content().length + 50_000;
        bench.open(SONG);
        Sha1 other = Sha1.digestOf(new byte[1]);

        assertThat(bench.disk().run(new Job.OpenDownload(other, 60_000))).isInstanceOf(JobResult.Failed.class);
        bench.store(SONG, 0);
        bench.usable -= MadeTorrent.PIECE;
        assertThat(bench.disk().run(new Job.OpenDownload(other, 50_000))).isInstanceOf(JobResult.Opened.class);
    }

    @Test
    void roomIsLookedAtAgainWhilePiecesCome() throws IOException {
        bench.restart(Map.of("limits.download.diskCheckBytes", 65_536L));
        bench.open(SONG);
        bench.usable = 1 << 20;

        assertThat(bench.store(SONG, 0)).isEqualTo(JobResult.PieceStored.PLAIN);
        assertThat(bench.store(SONG, 1))
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.DISK_FULL));
        assertThat(bench.tryOpen(SONG)).isInstanceOf(JobResult.Failed.class);

        bench.usable = 1 << 30;
        assertThat(TorrentBench.pieces(bench.open(SONG).have())).containsExactly(0, 1);
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        bench.restart(Map.of("limits.download.maxFile", 1_048_576L));
        MadeTorrent large = MadeTorrent.folder("large").file(1_048_577, "a").build();

        assertThat(bench.tryOpen(large))
                .isInstanceOfSatisfying(
                        JobResult.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.REFUSED));
    }

    static void layOut(MadeTorrent torrent, Path root) throws IOException {
        for (int index = 0; index < torrent.info().files().size(); index++) {
            var file = torrent.info().files().get(index);
            if (!file.isPadding()) {
                List<String> names =
                        file.path().stream().map(RemoteText::tainted).toList();
                Path path = root.resolve(String.join("/", names));
                Files.createDirectories(path.getParent());
                Files.write(path, torrent.file(index));
            }
        }
    }
}
