package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.disk.Verification.Fault;
import praline.node.disk.Verification.Kind;
import praline.protocol.UserError;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * Torrents of files as they lie on the disk, and back. The contents and their infohashes are those of
 * spec/bittorrent.md section 14.
 */
class TorrentMakerTest {

    @TempDir
    private Path folder;

    @Test
    void aFileMakesTheTorrentThatOthersMakeOfIt() throws IOException {
        Path file = write(folder.resolve("alpha.bin"), "alpha", 100_000);

        TorrentInfo torrent = make(file, 32_768, false);

        assertThat(torrent.infohash().hex()).isEqualTo("3f87e7cb6670d06cb24666f9ccaec3ff581f6d86");
    }

    @Test
    void aFolderMakesTheTorrentThatOthersMakeOfIt() throws IOException {
        Path multi = multi();

        TorrentInfo torrent = make(multi, 16_384, true);

        assertThat(torrent.infohash().hex()).isEqualTo("a31a96a19fc9b1921e22f62f2544a49b18d56cb2");
    }

    @Test
    void progressReachesTheEnd() throws IOException {
        List<Long> done = new ArrayList<>();

        TorrentMaker.make(multi(), TorrentMaker.Options.STANDARD, (bytes, total) -> {
            assertThat(total).isEqualTo(70_008);
            done.add(bytes);
        });

        assertThat(done).isSorted().endsWith(70_008L).hasSize(5);
    }

    @Test
    void theNameMayBeChosen() throws IOException {
        TorrentMaker.Options options =
                new TorrentMaker.Options(Optional.of("other"), TorrentMaker.Options.AUTOMATIC, false);

        TorrentInfo torrent = TorrentMaker.make(multi(), options, (done, total) -> {});

        assertThat(torrent.name().tainted()).isEqualTo("other");
    }

    @Test
    void piecesGrowWithTheSize() {
        assertThat(TorrentMaker.pieceLength(1)).isEqualTo(16 << 10);
        assertThat(TorrentMaker.pieceLength(20_000_000)).isEqualTo(16 << 10);
        assertThat(TorrentMaker.pieceLength(1L << 30)).isEqualTo(1 << 20);
        assertThat(TorrentMaker.pieceLength(1L << 44)).isEqualTo(16 << 20);
    }

    @Test
    void whatNoTorrentCanHoldIsAnErrorAndNotPassedOver() throws IOException {
        Path multi = multi();
        Files.createSymbolicLink(multi.resolve("link"), folder);

        assertThatThrownBy(() -> make(multi, 16_384, false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> make(folder.resolve("nothing"), 16_384, false)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> make(Files.createDirectory(folder.resolve("empty")), 16_384, false))
                .isInstanceOf(UserError.class);
    }

    @Test
    void dataThatIsRightIsRightWhereverItIsLookedFor() throws IOException {
        Path multi = multi();
        TorrentInfo torrent = make(multi, 16_384, false);

        assertThat(Verification.of(torrent, multi, (done, total) -> {}).isRight())
                .isTrue();
        assertThat(Verification.of(torrent, folder, (done, total) -> {}).isRight())
                .isTrue();
    }

    @Test
    void eachFaultOfTheDataIsNamed() throws IOException {
        Path multi = multi();
        TorrentInfo torrent = make(multi, 16_384, false);
        byte[] damaged = Files.readAllBytes(multi.resolve("sub/b.bin"));
        damaged[30_000] ^= 1;
        Files.write(multi.resolve("sub/b.bin"), damaged);
        Files.write(multi.resolve("sub/ünï.txt"), new byte[9]);
        Files.delete(multi.resolve("empty.txt"));

        Verification verification = Verification.of(torrent, multi, (done, total) -> {});

        assertThat(verification.wrongPieces()).containsExactly(3, 4);
        assertThat(verification.faults())
                .containsExactly(
                        fault(Kind.MISSING, "empty.txt"),
                        fault(Kind.WRONG_BYTES, "sub", "b.bin"),
                        fault(Kind.WRONG_SIZE, "sub", "ünï.txt"));
        assertThat(multi.resolve("sub/b.bin")).hasBinaryContent(damaged);
    }

    @Test
    void aFileThatIsCutOffHasWrongPiecesWhereItEnds() throws IOException {
        Path file = write(folder.resolve("alpha.bin"), "alpha", 100_000);
        TorrentInfo torrent = make(file, 32_768, false);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 70_000));

        Verification verification = Verification.of(torrent, folder, (done, total) -> {});

        assertThat(verification.wrongPieces()).containsExactly(2, 3);
        assertThat(verification.faults()).containsExactly(fault(Kind.WRONG_SIZE, "alpha.bin"));
    }

    private static TorrentInfo make(Path data, int pieceLength, boolean isPrivate) throws IOException {
        return TorrentMaker.make(
                data, new TorrentMaker.Options(Optional.empty(), pieceLength, isPrivate), (done, total) -> {});
    }

    private static Fault fault(Kind kind, String... path) {
        return new Fault(Arrays.stream(path).map(RemoteText::of).collect(ImmutableList.toImmutableList()), kind);
    }

    private Path multi() throws IOException {
        Path multi = folder.resolve("multi");
        Files.createDirectories(multi.resolve("sub"));
        write(multi.resolve("a.bin"), "m-a", 20_000);
        write(multi.resolve("empty.txt"), "m-empty", 0);
        write(multi.resolve("sub/b.bin"), "m-b", 50_001);
        write(multi.resolve("sub/ünï.txt"), "m-c", 7);
        return multi;
    }

    /** Bytes by the rule of the vectors: SHA-256 of the label and the number of each 32 bytes. */
    private static Path write(Path file, String label, int size) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] content = new byte[size];
            for (int from = 0; from < size; from += 32) {
                byte[] block = digest.digest((label + ":" + from / 32).getBytes(StandardCharsets.US_ASCII));
                System.arraycopy(block, 0, content, from, Math.min(32, size - from));
            }
            return Files.write(file, content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
