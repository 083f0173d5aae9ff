package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.ContentDigest;
import praline.protocol.bittorrent.ContentTorrent;
import praline.protocol.testing.Seeds;

/** Hashes of pieces on the disk: found again, and never believed when the disk has damaged them. */
class PieceHashesTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private PieceHashes hashes;

    @BeforeEach
    void open() {
        folder = temporary.resolve("pieces");
        hashes = PieceHashes.in(folder);
    }

    @Test
    void whatIsKeptIsFoundByALaterRun() throws IOException {
        ContentTorrent one = content(1, 600_000);
        ContentTorrent other = content(2, 300_000);
        hashes.keep(one);
        hashes.keep(other);

        PieceHashes later = PieceHashes.in(folder);

        assertThat(later.find(one.sha1(), 600_000)).contains(one.pieces());
        assertThat(later.find(other.sha1(), 300_000)).contains(other.pieces());
        assertThat(later.find(one.sha1(), 600_001)).isEmpty();
    }

    @Test
    void aContentOfOnePieceNeedsNoEntry() throws IOException {
        ContentTorrent small = content(1, 1_000);
        hashes.keep(small);

        assertThat(folder).doesNotExist();
        assertThat(hashes.find(small.sha1(), 1_000)).contains(small.pieces());
        assertThat(hashes.find(Sha1.digestOf(new byte[0]), 0)).contains(Bytes.EMPTY);
    }

    @Test
    void nothingIsKeptTwice() throws IOException {
        ContentTorrent content = content(1, 600_000);
        hashes.keep(content);
        long size = Files.size(onlyFile());

        hashes.keep(content);

        assertThat(onlyFile()).hasSize(size);
    }

    @Test
    void aDamagedEntryIsNotBelievedAndCanBeKeptAgain() throws IOException {
        ContentTorrent content = content(1, 600_000);
        hashes.keep(content);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        Seeds.check(300, random -> {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, random.nextBoolean() ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));

            assertThat(hashes.find(content.sha1(), 600_000)).isEmpty();
            hashes.keep(content);
            assertThat(hashes.find(content.sha1(), 600_000)).contains(content.pieces());
        });
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().orElseThrow();
        }
    }

    private static ContentTorrent content(int fill, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) fill);
        ContentDigest digest = new ContentDigest(size);
        digest.update(ByteBuffer.wrap(bytes));
        return digest.finish();
    }
}
