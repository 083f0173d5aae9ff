package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.testing.Seeds;

/**
 * The expected hashes were computed by another program, in another language, from the text of spec/praline.md section
 * 4.
 */
class ContentTorrentTest {

    @Test
    void theTorrentOfASmallFileIsAsComputedElsewhere() {
        byte[] content = "hello gnutella world\n".repeat(5_000).getBytes(StandardCharsets.US_ASCII);

        ContentTorrent torrent = torrentOf(content);

        assertThat(torrent.sha1().hex()).isEqualTo("cd6882a18a0d8de08517dc245d3946373cbd11d5");
        assertThat(torrent.infohash().hex()).isEqualTo("79a2cff71ac332b0903d5b1576cfd66acd4fa650");
        assertThat(torrent.info().utf8())
                .startsWith(
                        "d6:lengthi105000e4:name32:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV12:piece lengthi262144e6:pieces20:");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 34065c3200cabfd1e63ef4a3825622fe8c83eef5, 0",
        "524288, f1945b52bf5252c3f9fc734403bede4b763eb756, 2",
        "600000, 6b63f2670f9865b0ab898bbe36117fa19d69166c, 3"
    })
    void piecesAreCutAtTheirLengthAndTheLastIsShorter(int size, String infohash, int pieceCount) {
        ContentTorrent torrent = torrentOf(pattern(size));

        assertThat(torrent.infohash().hex()).isEqualTo(infohash);
        assertThat(torrent.pieces().size()).isEqualTo(20 * pieceCount);
    }

    @Test
    void howTheContentIsCutWhileItIsReadDoesNotMatter() {
        byte[] content = pattern(600_000);
        ContentTorrent atOnce = torrentOf(content);

        Seeds.check(50, random -> {
            ContentDigest digest = new ContentDigest(content.length);
            for (int at = 0; at < content.length; ) {
                int part = Math.min(content.length - at, 1 + random.nextInt(300_000));
                digest.update(ByteBuffer.wrap(content, at, part));
                at += part;
                assertThat(digest.done()).isEqualTo(at);
            }
            assertThat(digest.finish()).isEqualTo(atOnce);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 262144, 0",
        "1, 262144, 1",
        "536870912, 262144, 2048",
        "536870913, 524288, 1025",
        "34359738368, 16777216, 2048",
        "34359738369, 16777216, 2049",
        "1125899906842624, 16777216, 67108864"
    })
    void piecesGrowSoThatThereAreFewOfThemUpToSixteenMebibytes(long size, int length, long count) {
        assertThat(ContentTorrent.pieceLength(size)).isEqualTo(length);
        assertThat(ContentTorrent.pieceCount(size)).isEqualTo(count);
    }

    @Test
    void aContentThatEndsEarlyOrLateHasNoTorrent() {
        ContentDigest digest = new ContentDigest(10);
        digest.update(ByteBuffer.allocate(9));

        assertThatThrownBy(digest::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> digest.update(ByteBuffer.allocate(2))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ContentTorrent torrentOf(byte[] content) {
        ContentDigest digest = new ContentDigest(content.length);
        digest.update(ByteBuffer.wrap(content));
        return digest.finish();
    }

    private static byte[] pattern(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (((long) i * i + i / 7) % 251);
        }
        return content;
    }
}
