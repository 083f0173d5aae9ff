package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/** One change of a leaf's index at its supernode (spec/praline.md section 2). */
@Immutable
public sealed interface IndexRecord {

    /** The leaf's number for the file, 0..2^32-1. */
    long index();

    /** The exact number of bytes that this record takes in a batch. */
    int wireSize();

    /**
     * A file that the leaf shares. Replaces a held record with the same index.
     *
     * <pre>
     *   1 (1) | index (4, LE) | size (8, LE) | SHA-1 (20) | flags (1) | [infohash (20)] | name length (2, LE) | name
     * </pre>
     *
     * @param size bytes, 0..2^63-1
     * @param infohash of the torrent that follows from the content, when it is known
     * @param partial whether the leaf still downloads the file
     * @param name UTF-8 in NFC, at most 255 bytes
     */
    record Add(long index, long size, Sha1 sha1, @Nullable Sha1 infohash, boolean partial, Bytes name)
            implements IndexRecord {

        @Override
        public int wireSize() {
            return 1 + 4 + 8 + Sha1.SIZE + 1 + (infohash == null ? 0 : Sha1.SIZE) + 2 + name.size();
        }

        /** The first 8 bytes (big-endian) of SHA-1(encoded record); {@link IndexStatus#digest()} is their XOR. */
        public long digest() {
            return IndexCodec.digestOf(this);
        }
    }

    /**
     * A file that the leaf shares no longer. One that is not held is ignored.
     *
     * <pre>2 (1) | index (4, LE)</pre>
     */
    record Remove(long index) implements IndexRecord {

        @Override
        public int wireSize() {
            return 1 + 4;
        }
    }
}
