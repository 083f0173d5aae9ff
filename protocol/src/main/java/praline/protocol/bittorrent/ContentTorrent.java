package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * The one torrent that follows from a content (spec/praline.md section 4). Its info dictionary has four keys and no
 * more:
 *
 * <pre>{@code d6:lengthi<size>e4:name32:<BASE32 of the SHA-1>12:piece lengthi<f(size)>e6:pieces<n>:<hashes>e}</pre>
 *
 * @param sha1 of the whole content
 * @param size bytes, 0 or more
 * @param pieces the SHA-1 of each piece, 20 bytes each, one after another
 */
@Immutable
public record ContentTorrent(Sha1 sha1, long size, Bytes pieces) {

    /** Bytes of a piece of a small content. */
    public static final int PIECE_LENGTH_MIN = 256 << 10;

    /** Bytes of a piece of the largest contents, which then have more than {@link #PIECES_WANTED_MAX} of them. */
    public static final int PIECE_LENGTH_MAX = 16 << 20;

    /** Above so many pieces they are made longer. */
    public static final int PIECES_WANTED_MAX = 2_048;

    /**
     * The torrent of these hashes; throws {@link IllegalArgumentException} if they are not as many as the size needs.
     */
    public ContentTorrent {
        if (size < 0 || pieces.size() != pieceCount(size) * Sha1.SIZE) {
            throw new IllegalArgumentException(size + " bytes and " + pieces.size() + " bytes of hashes disagree");
        }
    }

    /** Bytes of each piece but the last: doubled from the least while there would be too many pieces. */
    public static int pieceLength(long size) {
        int length = PIECE_LENGTH_MIN;
        while (length < PIECE_LENGTH_MAX && size > (long) PIECES_WANTED_MAX * length) {
            length *= 2;
        }
        return length;
    }

    /** How many pieces {@code size} bytes have; none for an empty content. */
    public static long pieceCount(long size) {
        int length = pieceLength(size);
        return size / length + (size % length == 0 ? 0 : 1);
    }

    /** The bencoded info dictionary. */
    public Bytes info() {
        byte[] head = ("d6:lengthi" + size + "e4:name32:" + sha1.base32() + "12:piece lengthi" + pieceLength(size)
                        + "e6:pieces" + pieces.size() + ":")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(head.length + pieces.size() + 1);
        info.put(head);
        pieces.writeTo(info);
        info.put((byte) 'e').flip();
        return Bytes.read(info, info.remaining());
    }

    /** SHA-1 of {@link #info()}: the torrent's name in the swarm. */
    public Sha1 infohash() {
        return Sha1.digestOf(info().toArray());
    }
}
