package praline.supernode.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexRecord;

/**
 * The records of one page of the {@link DocumentSpace}, packed into one run of bytes, so that a look at a record waits
 * for memory twice at most.
 *
 * <pre>
 *   where each record begins; 0: nowhere (64 x 2 bytes) | records, one after another
 *   record: SHA-1 (20) | flags (1) | name size (1) | file index (1..4) | size (1..8) | [infohash (20)] | name
 *   flags: infohash follows (1 bit), partial (1), bytes of the file index less one (2), of the size less one (3)
 * </pre>
 *
 * <p>The bytes of a page never change: a change makes another page. A record is named by its place, 0..63.
 */
final class RecordPage {

    /** Of a name: its size is one byte. */
    static final int NAME_SIZE_MAX = 255;

    private static final int TABLE_SIZE = Short.BYTES * DocumentSpace.PAGE_SIZE;

    /** A page without records. */
    static final byte[] EMPTY = new byte[TABLE_SIZE];

    private static final int FLAGS_AT = Sha1.SIZE;
    private static final int NAME_SIZE_AT = FLAGS_AT + 1;
    private static final int INDEX_AT = NAME_SIZE_AT + 1;

    private static final int HAS_INFOHASH = 1;
    private static final int IS_PARTIAL = 2;
    private static final int INDEX_WIDTH_SHIFT = 2;
    private static final int INDEX_WIDTH_MASK = 3;
    private static final int SIZE_WIDTH_SHIFT = 4;
    private static final int SIZE_WIDTH_MASK = 7;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private RecordPage() {}

    static boolean holds(byte[] page, int place) {
        return offset(page, place) != 0;
    }

    /** The page with a record in a place that is free. */
    static byte[] with(byte[] page, int place, IndexRecord.Add record) {
        byte[] more = Arrays.copyOf(page, page.length + sizeOf(record));
        SHORT.set(more, Short.BYTES * place, (short) page.length);
        append(ByteBuffer.wrap(more).position(page.length), record);
        return more;
    }

    /** The page without the record in a place. */
    static byte[] without(byte[] page, int place) {
        int at = offset(page, place);
        int size = sizeOf(page, place);
        byte[] fewer = Arrays.copyOf(page, page.length - size);
        System.arraycopy(page, at + size, fewer, at, fewer.length - at);
        SHORT.set(fewer, Short.BYTES * place, (short) 0);
        for (int other = 0; other < DocumentSpace.PAGE_SIZE; other++) {
            int offset = offset(fewer, other);
            if (offset > at) {
                SHORT.set(fewer, Short.BYTES * other, (short) (offset - size));
            }
        }
        return fewer;
    }

    static IndexRecord.Add get(byte[] page, int place) {
        @Nullable Sha1 infohash = hasInfohash(page, place) ? infohash(page, place) : null;
        return new IndexRecord.Add(
                fileIndex(page, place),
                fileSize(page, place),
                sha1(page, place),
                infohash,
                isPartial(page, place),
                name(page, place));
    }

    static long fileIndex(byte[] page, int place) {
        int at = offset(page, place);
        return number(page, at + INDEX_AT, indexWidth(page[at + FLAGS_AT]));
    }

    static long fileSize(byte[] page, int place) {
        int at = offset(page, place);
        int flags = page[at + FLAGS_AT];
        return number(page, at + INDEX_AT + indexWidth(flags), sizeWidth(flags));
    }

    static Sha1 sha1(byte[] page, int place) {
        return sha1At(page, offset(page, place));
    }

    static boolean hasInfohash(byte[] page, int place) {
        return (flags(page, place) & HAS_INFOHASH) != 0;
    }

    /** The infohash of a record that has one. */
    static Sha1 infohash(byte[] page, int place) {
        return sha1At(page, offset(page, place) + headSize(flags(page, place)));
    }

    static boolean isPartial(byte[] page, int place) {
        return (flags(page, place) & IS_PARTIAL) != 0;
    }

    static Bytes name(byte[] page, int place) {
        int size = nameSize(page, place);
        int at = offset(page, place) + sizeOf(page, place) - size;
        return Bytes.read(ByteBuffer.wrap(page).position(at), size);
    }

    static int nameSize(byte[] page, int place) {
        return page[offset(page, place) + NAME_SIZE_AT] & 0xFF;
    }

    /** The bytes that the record in a place takes. */
    static int sizeOf(byte[] page, int place) {
        int flags = flags(page, place);
        return headSize(flags) + infohashSize(flags) + nameSize(page, place);
    }

    /** The bytes that a record will take. */
    static int sizeOf(IndexRecord.Add record) {
        int flags = flags(record);
        return headSize(flags) + infohashSize(flags) + record.name().size();
    }

    private static void append(ByteBuffer target, IndexRecord.Add record) {
        int flags = flags(record);
        record.sha1().writeTo(target);
        target.put((byte) flags);
        target.put((byte) record.name().size());
        putNumber(target, record.index(), indexWidth(flags));
        putNumber(target, record.size(), sizeWidth(flags));
        @Nullable Sha1 infohash = record.infohash();
        if (infohash != null) {
            infohash.writeTo(target);
        }
        record.name().writeTo(target);
    }

    private static int flags(IndexRecord.Add record) {
        return (record.infohash() == null ? 0 : HAS_INFOHASH)
                | (record.partial() ? IS_PARTIAL : 0)
                | ((width(record.index()) - 1) << INDEX_WIDTH_SHIFT)
                | ((width(record.size()) - 1) << SIZE_WIDTH_SHIFT);
    }

    /** How many bytes a number takes that is not negative. */
    private static int width(long number) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + Byte.SIZE - 1) / Byte.SIZE);
    }

    private static int offset(byte[] page, int place) {
        return (short) SHORT.get(page, Short.BYTES * place) & 0xFFFF;
    }

    private static int flags(byte[] page, int place) {
        return page[offset(page, place) + FLAGS_AT];
    }

    private static int indexWidth(int flags) {
        return ((flags >>> INDEX_WIDTH_SHIFT) & INDEX_WIDTH_MASK) + 1;
    }

    private static int sizeWidth(int flags) {
        return ((flags >>> SIZE_WIDTH_SHIFT) & SIZE_WIDTH_MASK) + 1;
    }

    /** What stands before the infohash. */
    private static int headSize(int flags) {
        return INDEX_AT + indexWidth(flags) + sizeWidth(flags);
    }

    private static int infohashSize(int flags) {
        return (flags & HAS_INFOHASH) != 0 ? Sha1.SIZE : 0;
    }

    private static Sha1 sha1At(byte[] page, int at) {
        return new Sha1((long) LONG.get(page, at), (long) LONG.get(page, at + 8), (int) INT.get(page, at + 16));
    }

    private static long number(byte[] page, int at, int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = (number << Byte.SIZE) | (page[at + i] & 0xFF);
        }
        return number;
    }

    private static void putNumber(ByteBuffer target, long number, int width) {
        for (int i = width - 1; i >= 0; i--) {
            target.put((byte) (number >>> (Byte.SIZE * i)));
        }
    }

    private static VarHandle view(Class<?> arrays) {
        return MethodHandles.byteArrayViewVarHandle(arrays, ByteOrder.BIG_ENDIAN);
    }
}
