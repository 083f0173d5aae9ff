package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.BitSet;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.http.AvailableRanges;

/** Some of a torrent's pieces. A full set takes no more memory than an empty one. */
final class PieceSet {

    private static final int TOP_BIT = 0x80;

    private final int count;
    /** Unused while the set is full. */
    private BitSet bits = new BitSet(0);

    private int size;

    /** An empty set of pieces out of {@code count}. */
    PieceSet(int count) {
        this.count = count;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == count;
    }

    boolean has(int piece) {
        return isFull() ? piece < count : bits.get(piece);
    }

    /** False: it was there. */
    boolean add(int piece) {
        if (has(piece)) {
            return false;
        }
        bits.set(piece);
        size++;
        if (isFull()) {
            bits = new BitSet(0);
        }
        return true;
    }

    /** False: it was not there. */
    boolean remove(int piece) {
        if (!has(piece)) {
            return false;
        }
        if (isFull()) {
            bits.set(0, count);
        }
        bits.clear(piece);
        size--;
        return true;
    }

    void addAll() {
        bits = new BitSet(0);
        size = count;
    }

    void clear() {
        bits = new BitSet(0);
        size = 0;
    }

    /** The first piece at or after {@code from} that is not in the set, or -1. */
    int nextMissing(int from) {
        if (isFull()) {
            return -1;
        }
        int missing = bits.nextClearBit(from);
        return missing < count ? missing : -1;
    }

    /** The first piece at or after {@code from} that is in the set, or -1. */
    int next(int from) {
        if (isFull()) {
            return from < count ? from : -1;
        }
        return bits.nextSetBit(from);
    }

    /** Replaces the set by a bitfield, whose spare bits do not count; false: it has another length, nothing is done. */
    boolean read(Bytes bitfield) {
        if (bitfield.size() != bitfieldSize(count)) {
            return false;
        }
        clear();
        BitSet read = new BitSet(count);
        for (int piece = 0; piece < count; piece++) {
            if ((bitfield.at(piece / Byte.SIZE) & TOP_BIT >> piece % Byte.SIZE) != 0) {
                read.set(piece);
            }
        }
        size = read.cardinality();
        if (!isFull()) {
            bits = read;
        }
        return true;
    }

    Bytes toBitfield() {
        ByteBuffer bitfield = ByteBuffer.allocate(bitfieldSize(count));
        for (int piece = next(0); piece >= 0; piece = next(piece + 1)) {
            int at = piece / Byte.SIZE;
            bitfield.put(at, (byte) (bitfield.get(at) | TOP_BIT >> piece % Byte.SIZE));
        }
        return Bytes.read(bitfield, bitfield.remaining());
    }

    /** The bytes of the pieces in the set, neighbours in one part; of too many parts the first. */
    AvailableRanges ranges(TorrentInfo info) {
        ImmutableList.Builder<AvailableRanges.Span> spans = ImmutableList.builder();
        int first = next(0);
        for (int count = 0; first >= 0 && count < AvailableRanges.SPANS_MAX; count++) {
            int missing = nextMissing(first);
            int end = missing < 0 ? this.count : missing;
            long endOffset = info.pieceOffset(end - 1) + info.pieceSize(end - 1);
            spans.add(new AvailableRanges.Span(info.pieceOffset(first), endOffset - 1));
            first = end < this.count ? next(end) : -1;
        }
        return new AvailableRanges(spans.build());
    }

    private static int bitfieldSize(int count) {
        return (count + Byte.SIZE - 1) / Byte.SIZE;
    }
}
