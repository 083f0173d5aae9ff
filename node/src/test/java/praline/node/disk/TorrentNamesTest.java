package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.testing.Seeds;

/**
 * The paths of many-file torrents, as strangers wrote them and as they come to the disk (spec/hardening.md section 7).
 */
class TorrentNamesTest {

    @TempDir
    private Path folder;

    @Test
    void ordinaryPathsStayAsTheyAre() throws IOException {
        assertThat(names(List.of(List.of("a.bin"), List.of("sub", "b.bin"), List.of("sub", "ünï.txt"))))
                .containsExactly("a.bin", "sub/b.bin", "sub/ünï.txt");
    }

    @Test
    void hostileElementsBecomeHarmless() throws IOException {
        assertThat(names(List.of(
                        List.of("..", "..", "etc"),
                        List.of("/root"),
                        List.of("a\\b", "nul\0"),
                        List.of("CON", ".ssh"))))
                .containsExactly("_/_/etc", "_root", "a_b/nul_", "_CON/_ssh");
    }

    @Test
    void noTwoFilesHaveOnePath() throws IOException {
        assertThat(names(List.of(List.of("a"), List.of("A"), List.of("a"), List.of("a", "b"), List.of("a", "c"))))
                .containsExactly("a", "A (2)", "a (3)", "a (4)/b", "a (4)/c");
        assertThat(names(List.of(List.of("x", "f"), List.of("X", "F"), List.of("x"))))
                .containsExactly("x/f", "x/F (2)", "x (2)");
    }

    @Test
    void aPathThatIsTooLongShrinksToItsFile() throws IOException {
        List<String> deep = IntStream.range(0, 100).mapToObj(i -> "d").toList();
        List<String> lengthy =
                IntStream.range(0, 10).mapToObj(i -> "x".repeat(300)).toList();

        assertThat(names(List.of(deep, lengthy))).containsExactly(String.join("/", deep), "x".repeat(240));
    }

    @Test
    void tooManyEqualNamesAreRefused() {
        MadeTorrent.Builder torrent = MadeTorrent.folder("same");
        for (int i = 0; i < 502; i++) {
            torrent.file(1, "same");
        }

        assertThatThrownBy(() -> TorrentNames.of(torrent.build().info())).isInstanceOf(RefusedException.class);
    }

    @Test
    void anyPathsLieInTheFolderAndDiffer() throws IOException {
        Seeds.check(300, random -> {
            MadeTorrent.Builder torrent = MadeTorrent.folder("any");
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                torrent.file(1, element(random), element(random));
            }

            List<String> paths = TorrentNames.of(torrent.build().info()).stream()
                    .map(names -> String.join("/", names))
                    .toList();

            assertThat(paths).doesNotHaveDuplicates().hasSize(count).allSatisfy(path -> {
                Path resolved = folder.resolve(path);
                assertThat(resolved.normalize().equals(resolved)).isTrue();
                assertThat(resolved.getNameCount()).isEqualTo(folder.getNameCount() + 2);
                assertThat(Utf8.encodedLength(path)).isLessThanOrEqualTo(2_000);
            });
        });
    }

    @Test
    void hostileNamesNeverLeaveTheFolder() throws IOException {
        MadeTorrent torrent = MadeTorrent.folder("../..")
                .file(10, "..", "..", "escaped")
                .file(10, "/", "tmp", "x")
                .build();
        try (TorrentBench bench = new TorrentBench(folder)) {
            bench.fetch(torrent);

            assertThat(bench.finish(torrent)).isInstanceOf(JobResult.Finished.class);

            assertThat(TorrentBench.filesIn(bench.finished())).containsExactly("___/_/_/escaped", "___/_/tmp/x");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aLinkAmongFinishedFilesIsNotFollowed() throws IOException {
        MadeTorrent torrent =
                MadeTorrent.folder("album").file(1_000, "sub", "a").build();
        try (TorrentBench bench = new TorrentBench(folder)) {
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            Files.write(elsewhere.resolve("a"), torrent.file(0));
            Files.createDirectory(bench.finished().resolve("album"));
            Files.createSymbolicLink(bench.finished().resolve("album/sub"), elsewhere);

            assertThat(bench.open(torrent).isFinished()).isFalse();
        }
    }

    @Test
    void filesThatHaveTheVeryNamesOfTheTorrentAreFound() throws IOException {
        MadeTorrent torrent = MadeTorrent.folder(".hidden").file(1_000, "what?").build();
        try (TorrentBench bench = new TorrentBench(folder)) {
            TorrentDiskTest.layOut(torrent, bench.finished().resolve(".hidden"));

            assertThat(bench.open(torrent).isFinished()).isTrue();
            assertThat(bench.check(torrent, 0)).isTrue();
        }
    }

    @Test
    void aFolderComesFromAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "no second file system here");
        Path far = Files.createTempDirectory(memory, "praline");
        MadeTorrent torrent = MadeTorrent.folder("album")
                .file(40_000, "sub", "a")
                .file(0, "b")
                .build();
        try (TorrentBench bench = new TorrentBench(far, folder.resolve("finished"))) {
            bench.fetch(torrent);

            assertThat(bench.finish(torrent)).isInstanceOf(JobResult.Finished.class);
            assertThat(TorrentBench.filesIn(bench.finished())).containsExactly("album/b", "album/sub/a");
            assertThat(bench.finished().resolve("album/sub/a")).hasBinaryContent(torrent.file(0));
            bench.disk().run(new Job.CloseTorrent(torrent.infohash()));
            assertThat(TorrentBench.pieces(bench.open(torrent).unsure())).isEmpty();
        } finally {
            TreePaths.delete(far);
        }
    }

    private static String element(RandomGenerator random) {
        int[] codePoints = random.ints(random.nextInt(6), 0, 300).toArray();
        return new String(codePoints, 0, codePoints.length) + "./\\aA ".charAt(random.nextInt(6));
    }

    private static List<String> names(List<List<String>> paths) throws IOException {
        MadeTorrent.Builder torrent = MadeTorrent.folder("names");
        paths.forEach(path -> torrent.file(1, path.toArray(String[]::new)));
        return TorrentNames.of(torrent.build().info()).stream()
                .map(names -> String.join("/", names))
                .toList();
    }
}
