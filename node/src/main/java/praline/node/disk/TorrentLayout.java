package praline.node.disk;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;

/** Where a torrent's one string of bytes lies in its files. */
final class TorrentLayout {

    private final TorrentInfo torrent;

    TorrentLayout(TorrentInfo torrent) {
        this.torrent = torrent;
    }

    /**
     * Neighbouring bytes of one file.
     *
     * @param file its index in the torrent
     * @param position of the first byte in the file
     * @param size bytes, 1 or more
     * @param isPadding whether they are zeros that stand in no file
     */
    record Part(int file, long position, int size, boolean isPadding) {}

    /** The parts of a piece, in their order. */
    List<Part> piece(int piece) {
        return range(torrent.pieceOffset(piece), torrent.pieceSize(piece));
    }

    /**
     * The parts of {@code size} bytes from {@code offset} on, in their order; none for no bytes.
     *
     * @throws IndexOutOfBoundsException if they do not lie in the torrent
     */
    List<Part> range(long offset, int size) {
        if (offset < 0 || size < 0 || offset > torrent.size() - size) {
            throw new IndexOutOfBoundsException(offset + " + " + size + " of " + torrent.size() + " bytes");
        }
        List<Part> parts = new ArrayList<>(1);
        long at = offset;
        long end = offset + size;
        for (int file = size == 0 ? 0 : fileAt(offset); at < end; file++) {
            TorrentFile where = files().get(file);
            long partEnd = Math.min(end, where.offset() + where.length());
            if (partEnd > at) {
                parts.add(new Part(file, at - where.offset(), (int) (partEnd - at), where.isPadding()));
                at = partEnd;
            }
        }
        return parts;
    }

    /** The pieces that lie, as a whole, in files that are as long as {@code lengths} says, file by file. */
    BitSet piecesWithin(long[] lengths) {
        BitSet within = new BitSet(torrent.pieceCount());
        within.set(0, torrent.pieceCount());
        for (int file = 0; file < lengths.length; file++) {
            TorrentFile where = files().get(file);
            if (!where.isPadding() && lengths[file] < where.length()) {
                int first = (int) ((where.offset() + lengths[file]) / torrent.pieceLength());
                int last = (int) ((where.offset() + where.length() - 1) / torrent.pieceLength());
                within.clear(first, last + 1);
            }
        }
        return within;
    }

    /** The last file that begins at or before {@code offset}; those that are empty may come before it. */
    private int fileAt(long offset) {
        int low = 0;
        int high = files().size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (files().get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private ImmutableList<TorrentFile> files() {
        return torrent.files();
    }
}
