package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.testing.Seeds;

/**
 * What a later run knows of a torrent when the one before was killed, lost its power or found its disk damaged. A disk
 * that is left as it stands is what a killed process leaves.
 */
class TorrentResumeTest {

    private static final MadeTorrent SONG = MadeTorrent.single("song.ogg", 3 * MadeTorrent.PIECE + 777);
    private static final MadeTorrent ALBUM = MadeTorrent.folder("album")
            .file(40_000, "one.ogg")
            .file(50_000, "more", "two.ogg")
            .build();

    @TempDir
    private Path folder;

    private TorrentBench bench;
    private Path data;

    @BeforeEach
    void open() throws IOException {
        bench = new TorrentBench(folder);
        data = bench.unfinished().resolve(SONG.infohash().hex() + ".data");
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    @Test
    void theFirstRecordStandsBeforeTheFirstByte() throws IOException {
        bench.open(SONG);

        assertThat(recorded()).contains(new BitSet());
        assertThat(data).isEmptyFile();
    }

    @Test
    void piecesOnRecordAreHad() throws IOException {
        bench.open(SONG);
        bench.storeAll(SONG, 0, 2);

        bench.restart(Map.of());

        assertOpens(List.of(0, 1), List.of());
    }

    @Test
    void piecesSinceTheLastRecordAreCheckedAndNotFetchedAgain() throws IOException {
        bench.restart(TorrentBench.LATE);
        bench.open(SONG);
        bench.storeAll(SONG, 1, 4);

        bench.restart(TorrentBench.LATE);
        assertOpens(List.of(), List.of(1, 2, 3));
        assertThat(bench.check(SONG, 1)).isTrue();
        assertThat(bench.check(SONG, 3)).isTrue();
        bench.disk().run(new Job.CloseTorrent(SONG.infohash()));

        assertOpens(List.of(1, 3), List.of(2));
    }

    @Test
    void writesThatThePowerTookAreNoticed() throws IOException {
        bench.open(SONG);
        bench.storeAll(SONG, 0, 1);
        bench.restart(TorrentBench.LATE);
        bench.open(SONG);
        bench.storeAll(SONG, 1, 3);
        byte[] left = Arrays.copyOf(SONG.piece(0), 3 * MadeTorrent.PIECE);
        Files.write(data, left);

        bench.restart(Map.of());

        assertOpens(List.of(0), List.of(1, 2));
        assertThat(bench.check(SONG, 0)).isTrue();
        assertThat(bench.check(SONG, 1)).isFalse();
        assertThat(bench.check(SONG, 2)).isFalse();
    }

    @Test
    void enoughPiecesAreRecordedAtOnce() throws IOException {
        bench.restart(Map.of("limits.download.syncMillis", 5_000L, "limits.download.syncPieces", 2L));
        bench.open(SONG);
        bench.storeAll(SONG, 0, 2);

        await().untilAsserted(
                        () -> assertThat(recorded().orElseThrow().cardinality()).isEqualTo(2));
    }

    @Test
    void aSinglePieceIsRecordedInTime() throws IOException {
        bench.restart(Map.of("limits.download.syncMillis", 20L));
        bench.open(SONG);
        bench.storeAll(SONG, 2, 3);

        await().untilAsserted(() -> assertThat(recorded().orElseThrow().get(2)).isTrue());
    }

    @Test
    void aRecordThatPromisesMoreThanTheFilesHoldIsNotBelieved() throws IOException {
        bench.fetch(SONG);
        bench.disk().run(new Job.CloseTorrent(SONG.infohash()));
        Files.write(data, Arrays.copyOf(SONG.content(), MadeTorrent.PIECE + 1));

        assertOpens(List.of(0), List.of());
    }

    @Test
    void bytesWithoutARecordAreCheckedAndStay() throws IOException {
        bench.open(SONG);
        bench.storeAll(SONG, 0, 3);
        bench.restart(Map.of());
        deleteRecords();

        assertOpens(List.of(), List.of(0, 1, 2));
        assertThat(bench.check(SONG, 2)).isTrue();
    }

    /** Pieces 2 and 3 are wrong on the disk: whatever the damaged record says, they must not come out as right. */
    @Test
    void aDamagedRecordIsNeverBelieved() throws IOException {
        bench.open(SONG);
        bench.storeAll(SONG, 0, 2);
        bench.disk().run(new Job.CloseTorrent(SONG.infohash()));
        Files.write(data, Arrays.copyOf(SONG.content(), SONG.content().length));
        Path record = bench.unfinished().resolve(SONG.infohash().hex() + ".pieces");
        byte[] whole = Files.readAllBytes(record);
        Seeds.check(200, random -> {
            deleteRecords();
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(record, random.nextBoolean() ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));

            assertOpens(List.of(), List.of(0, 1, 2, 3));

            bench.disk().run(new Job.CloseTorrent(SONG.infohash()));
            assertThat(data).hasBinaryContent(SONG.content());
        });
    }

    @Test
    void aKillBetweenTheTwoNamesOfAFileLeavesOne() throws IOException {
        bench.fetch(SONG);
        bench.disk().run(new Job.CloseTorrent(SONG.infohash()));
        Path song = bench.finished().resolve("song.ogg");
        claim(SONG, data, "song.ogg");
        Files.createLink(song, data);

        assertThat(bench.open(SONG).isFinished()).isTrue();
        assertThat(data).doesNotExist();
        assertThat(bench.finish(SONG)).isEqualTo(new JobResult.Finished(song.toString()));
    }

    @Test
    void aKillBeforeTheMoveOfAFolderCostsNothing() throws IOException {
        bench.fetch(ALBUM);
        bench.disk().run(new Job.CloseTorrent(ALBUM.infohash()));
        claim(ALBUM, bench.unfinished().resolve(ALBUM.infohash().hex() + ".data"), "album");
        Files.createDirectory(bench.finished().resolve("album"));

        JobResult.TorrentOpened opened = bench.open(ALBUM);

        assertThat(opened.isFinished()).isFalse();
        assertThat(TorrentBench.pieces(opened.have())).containsExactly(0, 1, 2);
        assertThat(bench.finish(ALBUM))
                .isEqualTo(
                        new JobResult.Finished(bench.finished().resolve("album").toString()));
    }

    @Test
    void checkingFinishedFilesTouchesNothing() throws IOException {
        Path album = bench.finished().resolve("album");
        TorrentDiskTest.layOut(ALBUM, album);
        Files.write(album.resolve("one.ogg"), new byte[40_000]);
        Map<Path, List<Object>> before = facts(album);

        bench.open(ALBUM);
        for (int piece = 0; piece < 3; piece++) {
            assertThat(bench.check(ALBUM, piece)).isEqualTo(piece == 2);
        }
        bench.disk().run(new Job.CloseTorrent(ALBUM.infohash()));

        assertThat(facts(album)).isEqualTo(before);
    }

    @Test
    void aCheckGoesOnWhereItWasInterrupted() throws IOException {
        Files.write(bench.finished().resolve("song.ogg"), SONG.content());
        bench.open(SONG);
        bench.check(SONG, 0);
        bench.check(SONG, 1);

        bench.restart(Map.of());

        assertOpens(List.of(0, 1), List.of(2, 3));
    }

    private void assertOpens(List<Integer> have, List<Integer> unsure) {
        JobResult.TorrentOpened opened = bench.open(SONG);
        assertThat(TorrentBench.pieces(opened.have())).isEqualTo(have);
        assertThat(TorrentBench.pieces(opened.unsure())).isEqualTo(unsure);
    }

    private Optional<BitSet> recorded() throws IOException {
        return new TorrentRecord(bench.unfinished(), SONG.infohash())
                .read(SONG.info().pieceCount())
                .map(TorrentRecord.State::verified);
    }

    /** What stands on the disk right before a finished torrent gets its name. */
    private void claim(MadeTorrent torrent, Path root, String name) throws IOException {
        BitSet all = new BitSet();
        all.set(0, torrent.info().pieceCount());
        StandingFiles files = StandingFiles.find(root, torrent.info()).orElseThrow();
        new TorrentRecord(bench.unfinished(), torrent.infohash())
                .write(
                        new TorrentRecord.State(all, name, files.stamp()),
                        torrent.info().pieceCount());
    }

    private void deleteRecords() throws IOException {
        try (Stream<Path> files = Files.list(bench.unfinished())) {
            for (Path file :
                    files.filter(path -> path.toString().contains(".pieces")).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Map<Path, List<Object>> facts(Path root) throws IOException {
        Map<Path, List<Object>> facts = new TreeMap<>();
        for (String name : TorrentBench.filesIn(root)) {
            Path file = root.resolve(name);
            facts.put(
                    file,
                    List.of(
                            Arrays.hashCode(Files.readAllBytes(file)),
                            Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)));
        }
        return facts;
    }
}
