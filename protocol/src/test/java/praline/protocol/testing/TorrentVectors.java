package praline.protocol.testing;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import praline.protocol.Bytes;

/**
 * The torrent files that the folder {@code vectors} beside the tests of {@code praline.protocol.bittorrent} holds, and
 * their contents, which follow from a rule: its {@code README.md} has both.
 */
public final class TorrentVectors {

    private static final int PERIOD = 32;

    private TorrentVectors() {}

    /** The bytes of {@code v1-single}, {@code v1-multi-private}, {@code v2-only} or {@code hybrid}. */
    public static Bytes torrent(String name) {
        try {
            return Bytes.copyOf(Resources.toByteArray(
                    Resources.getResource("praline/protocol/bittorrent/vectors/" + name + ".torrent")));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the torrent " + name, e);
        }
    }

    /** The first {@code size} bytes of the stream with this label: SHA-256 of {@code label:0}, {@code label:1}, … */
    public static byte[] content(String label, int size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] content = new byte[size];
            for (int at = 0; at < size; at += PERIOD) {
                byte[] part = digest.digest((label + ":" + at / PERIOD).getBytes(StandardCharsets.US_ASCII));
                System.arraycopy(part, 0, content, at, Math.min(PERIOD, size - at));
            }
            return content;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
