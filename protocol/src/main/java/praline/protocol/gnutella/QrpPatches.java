package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import java.util.zip.Deflater;
import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * A query routing table as we send it: 4 bits an entry, zlib, in parts of at most 2 KiB, which both gtk-gnutella and
 * LimeWire take (spec/gnutella.md 9.3).
 */
public final class QrpPatches {

    /** Of each table that we send. */
    private static final int INFINITY = 7;

    private static final int ENTRY_BITS = 4;
    private static final int PRESENT = (1 - INFINITY) & 0xF;
    private static final int ABSENT = INFINITY - 1;

    /** Payload of a PATCH. */
    private static final int PAYLOAD_MAX = 2_048;

    private static final int DATA_MAX = PAYLOAD_MAX - QrpPatch.HEADER_SIZE;

    private QrpPatches() {}

    /** What begins a table of this size. */
    public static QrpReset reset(Guid guid, int bits) {
        return new QrpReset(guid, 1, 0, 1L << bits, INFINITY);
    }

    /**
     * The sequence that makes {@code after} of {@code before}, which have one size of 2^3..2^16 slots. It covers the
     * whole table, also when nothing changes.
     */
    public static ImmutableList<QrpPatch> between(QrpTable before, QrpTable after, Guid guid) {
        byte[] deflated = deflated(entries(before, after));
        int count = (deflated.length + DATA_MAX - 1) / DATA_MAX;
        ImmutableList.Builder<QrpPatch> patches = ImmutableList.builder();
        Bytes data = Bytes.copyOf(deflated);
        for (int i = 0; i < count; i++) {
            Bytes part = data.slice(i * DATA_MAX, Math.min((i + 1) * DATA_MAX, data.size()));
            patches.add(new QrpPatch(guid, 1, 0, i + 1, count, QrpPatch.ZLIB, ENTRY_BITS, part));
        }
        return patches.build();
    }

    /** Two slots a byte, the even one in the upper half. */
    private static byte[] entries(QrpTable before, QrpTable after) {
        byte[] entries = new byte[after.slots() / 2];
        for (int i = 0; i < after.chunkCount(); i++) {
            long changed = before.chunk(i) ^ after.chunk(i);
            for (; changed != 0; changed &= changed - 1) {
                int slot = (i << 6) + Long.numberOfTrailingZeros(changed);
                int entry = after.hasSlot(slot) ? PRESENT : ABSENT;
                entries[slot >> 1] |= (byte) ((slot & 1) == 0 ? entry << ENTRY_BITS : entry);
            }
        }
        return entries;
    }

    private static byte[] deflated(byte[] entries) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(entries);
            deflater.finish();
            // Deflating never adds more than a few bytes in a thousand.
            byte[] room = new byte[entries.length + entries.length / 100 + 64];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(room, size, room.length - size);
            }
            return java.util.Arrays.copyOf(room, size);
        } finally {
            deflater.end();
        }
    }
}
