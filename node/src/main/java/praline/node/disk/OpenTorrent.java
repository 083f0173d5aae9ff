package praline.node.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.BitSet;
import praline.node.engine.JobResult;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/** The bytes of one torrent, wherever they are, and what is known of its pieces. From any thread. */
abstract sealed class OpenTorrent permits GrowingTorrent, StandingTorrent {

    private static final int BUFFER_SIZE = 128 * 1024;

    private final TorrentInfo torrent;
    private final TorrentLayout layout;
    /** Pieces that are right; guarded by this, as is the next. */
    private final BitSet verified;

    private final BitSet unsure;

    OpenTorrent(TorrentInfo torrent, BitSet verified, BitSet unsure) {
        this.torrent = torrent;
        this.layout = new TorrentLayout(torrent);
        this.verified = verified;
        this.unsure = unsure;
    }

    /** The file of this index, open for reading at least. */
    abstract OpenFiles.Lease lease(int file) throws IOException;

    /** Hears that what is known of the pieces has changed. */
    abstract void changed() throws IOException;

    /** Writes down what is known, after it was brought to the disk. */
    abstract void record() throws IOException;

    abstract boolean isFinished();

    /** Lets go of the files, as they are. */
    abstract void close() throws IOException;

    final TorrentInfo torrent() {
        return torrent;
    }

    final TorrentLayout layout() {
        return layout;
    }

    /** The answer to who opened it. */
    final synchronized JobResult.TorrentOpened opened() {
        return new JobResult.TorrentOpened(
                Bitfields.bitfield(verified, torrent.pieceCount()),
                Bitfields.bitfield(unsure, torrent.pieceCount()),
                isFinished());
    }

    /** A copy of the set of pieces that are right. */
    final synchronized BitSet verified() {
        return (BitSet) verified.clone();
    }

    /** Whether all that was unsure has been looked at. */
    final synchronized boolean isSure() {
        return unsure.isEmpty();
    }

    final synchronized boolean isComplete() {
        return verified.cardinality() == torrent.pieceCount();
    }

    /** Bytes of the pieces that stand nowhere, right or unsure. */
    final synchronized long missing() {
        int count = torrent.pieceCount() - verified.cardinality() - unsure.cardinality();
        long missing = (long) count * torrent.pieceLength();
        int last = torrent.pieceCount() - 1;
        if (count > 0 && !verified.get(last) && !unsure.get(last)) {
            missing -= torrent.pieceLength() - torrent.pieceSize(last);
        }
        return missing;
    }

    /** Notes what was found out about a piece; says whether that was news. */
    final synchronized boolean note(int piece, boolean isRight) {
        unsure.clear(piece);
        boolean isNews = verified.get(piece) != isRight;
        verified.set(piece, isRight);
        return isNews;
    }

    /** Hashes a piece as it is on the disk, and notes it. A file that is too short makes it wrong. */
    final boolean check(int piece) throws IOException {
        boolean isRight = isRight(piece);
        note(piece, isRight);
        changed();
        return isRight;
    }

    /**
     * Fills {@code target} with the bytes from {@code offset} on.
     *
     * @throws IOException if they cannot be read
     * @throws IndexOutOfBoundsException if they do not lie in the torrent
     */
    final void read(long offset, ByteBuffer target) throws IOException {
        for (TorrentLayout.Part part : layout.range(offset, target.remaining())) {
            ByteBuffer slice = target.slice(target.position(), part.size());
            if (part.isPadding()) {
                slice.put(new byte[part.size()]);
            } else {
                read(part, slice);
            }
            target.position(target.position() + part.size());
        }
    }

    private void read(TorrentLayout.Part part, ByteBuffer slice) throws IOException {
        try (OpenFiles.Lease lease = lease(part.file())) {
            FileChannel channel = lease.channel();
            while (slice.hasRemaining()) {
                if (channel.read(slice, part.position() + slice.position()) < 0) {
                    throw new EOFException("a file of the torrent ends at " + (part.position() + slice.position()));
                }
            }
        }
    }

    /** The SHA-1 of the torrent's whole string of bytes. */
    final Sha1 hash() throws IOException {
        return hash(0, torrent.size());
    }

    /** The SHA-1 of a piece as it is on the disk. */
    final Sha1 hash(int piece) throws IOException {
        return hash(torrent.pieceOffset(piece), torrent.pieceSize(piece));
    }

    private boolean isRight(int piece) throws IOException {
        try {
            return hash(piece).equals(torrent.hash(piece));
        } catch (EOFException tooShort) {
            return false;
        }
    }

    private Sha1 hash(long offset, long size) throws IOException {
        MessageDigest digest = Sha1.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, size));
        for (long done = 0; done < size; ) {
            read(offset + done, buffer.clear().limit((int) Math.min(buffer.capacity(), size - done)));
            done += buffer.flip().remaining();
            digest.update(buffer);
        }
        return Sha1.of(digest.digest());
    }
}
