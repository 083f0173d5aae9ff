package praline.protocol.bittorrent;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/** Hashes a content in one pass, as a whole and by pieces. Used once, by one thread. */
public final class ContentDigest {

    private final long size;
    private final int pieceLength;
    private final ByteBuffer pieces;
    private final MessageDigest whole = Sha1.newDigest();
    private final MessageDigest piece = Sha1.newDigest();
    private long done;

    /**
     * @param size bytes of the content, 0 or more, which must be known beforehand because it decides how long a piece
     *     is; at most what has 100 million pieces, that is 1.6 PB
     */
    public ContentDigest(long size) {
        this.size = size;
        this.pieceLength = ContentTorrent.pieceLength(size);
        this.pieces = ByteBuffer.allocate(Math.toIntExact(ContentTorrent.pieceCount(size) * Sha1.SIZE));
    }

    /** Takes the next bytes, all that remain in {@code content}; together they must not exceed the size. */
    public void update(ByteBuffer content) {
        if (content.remaining() > size - done) {
            throw new IllegalArgumentException("more bytes than the " + size + " that the content has");
        }
        whole.update(content.duplicate());
        while (content.hasRemaining()) {
            int part = (int) Math.min(content.remaining(), pieceLength - done % pieceLength);
            piece.update(content.slice(content.position(), part));
            content.position(content.position() + part);
            done += part;
            if (done % pieceLength == 0 || done == size) {
                pieces.put(piece.digest());
            }
        }
    }

    /** Bytes taken so far. */
    public long done() {
        return done;
    }

    /** The torrent of the content, whose bytes must all have been taken. */
    public ContentTorrent finish() {
        if (done != size) {
            throw new IllegalStateException(done + " of " + size + " bytes were hashed");
        }
        return new ContentTorrent(Sha1.of(whole.digest()), size, Bytes.copyOf(pieces.array()));
    }
}
