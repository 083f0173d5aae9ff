package praline.supernode.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexRecord;

/**
 * The records of one leaf, packed one after another into one run of bytes.
 *
 * <pre>
 *   file index (4) | SHA-1 (20) | flags (1) | words (1) | name size (1) | size (4 or 8) | [infohash (20)] | name
 * </pre>
 *
 * <p>A record is known by its slot, 0 or more, from which follows its document: the leaf owns pages of the
 * {@link DocumentSpace}, each for 64 slots. Slots of removed records are used again, and bytes are moved together when
 * half of them are waste. When the leaf goes, all of this goes at once.
 */
final class LeafRecords {

    /** Of a name: its size is one byte. */
    static final int NAME_SIZE_MAX = 255;

    static final int NO_SLOT = IntTable.NONE;

    private static final int SHA1_AT = 4;
    private static final int FLAGS_AT = SHA1_AT + Sha1.SIZE;
    private static final int WORDS_AT = FLAGS_AT + 1;
    private static final int NAME_SIZE_AT = WORDS_AT + 1;
    private static final int SIZE_AT = NAME_SIZE_AT + 1;

    private static final int HAS_INFOHASH = 1;
    private static final int IS_PARTIAL = 2;
    private static final int IS_LARGE = 4;

    /** What a word of a name costs in postings and, if nobody else has it, in the dictionary. */
    private static final int WORD_CHARGE = 8;

    /** Less waste than this is left lying. */
    private static final int WASTE_MIN = 4_096;

    private final DocumentSpace space;
    private final int leaf;
    private final long seed;
    private final IntTable slots = new IntTable(slot -> hash(fileIndex(slot)));
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int wasted;
    /** Where each slot's record begins; a free slot holds the complement of the next free one. */
    private int[] offsets = new int[0];

    private int slotEnd;
    private int freeSlot = -1;
    private int[] pages = new int[0];
    private int count;
    private long digest;
    private long charge;

    /** @param seed for the table of file indexes, which the leaf chooses */
    LeafRecords(DocumentSpace space, int leaf, long seed) {
        this.space = space;
        this.leaf = leaf;
        this.seed = seed;
    }

    /** The number of the leaf. */
    int leaf() {
        return leaf;
    }

    int count() {
        return count;
    }

    /** XOR over the records of their digests (spec/praline.md section 2). */
    long digest() {
        return digest;
    }

    /** The memory that counts against the limits: the bytes of all records and something for each of their words. */
    long charge() {
        return charge;
    }

    /** What a record will add to {@link #charge}. */
    static int chargeOf(IndexRecord.Add record, int wordCount) {
        return sizeOf(record) + WORD_CHARGE * wordCount;
    }

    int chargeOf(int slot) {
        return sizeOf(slot) + WORD_CHARGE * (bytes.get(offsets[slot] + WORDS_AT) & 0xFF);
    }

    /** The slot of the record with this file index, or {@link #NO_SLOT}. */
    int find(long fileIndex) {
        return slots.find(hash(fileIndex), slot -> fileIndex(slot) == fileIndex);
    }

    /**
     * Keeps a record whose file index is not held, and returns its slot.
     *
     * @param wordCount under how many words it is found, 0..255
     */
    int add(IndexRecord.Add record, int wordCount) {
        makeRoom(sizeOf(record));
        int slot = takeSlot();
        offsets[slot] = bytes.position();
        append(record, wordCount);
        slots.add(hash(record.index()), slot);
        count++;
        digest ^= record.digest();
        charge += chargeOf(slot);
        return slot;
    }

    void remove(int slot) {
        digest ^= get(slot).digest();
        charge -= chargeOf(slot);
        slots.remove(hash(fileIndex(slot)), slot);
        wasted += sizeOf(slot);
        offsets[slot] = ~(freeSlot + 1);
        freeSlot = slot;
        count--;
        if (wasted > WASTE_MIN && wasted > bytes.position() / 2) {
            resize(size());
        }
    }

    IndexRecord.Add get(int slot) {
        int flags = flags(slot);
        int at = offsets[slot] + SIZE_AT;
        long size = (flags & IS_LARGE) != 0 ? bytes.getLong(at) : Integer.toUnsignedLong(bytes.getInt(at));
        at += (flags & IS_LARGE) != 0 ? Long.BYTES : Integer.BYTES;
        ByteBuffer rest = bytes.duplicate().clear().position(at);
        @Nullable Sha1 infohash = (flags & HAS_INFOHASH) != 0 ? Sha1.read(rest) : null;
        Bytes name = Bytes.read(rest, nameSize(slot));
        return new IndexRecord.Add(fileIndex(slot), size, sha1(slot), infohash, (flags & IS_PARTIAL) != 0, name);
    }

    long fileIndex(int slot) {
        return Integer.toUnsignedLong(bytes.getInt(offsets[slot]));
    }

    Sha1 sha1(int slot) {
        return sha1At(offsets[slot] + SHA1_AT);
    }

    /** The infohash of a record that has one. */
    Sha1 infohash(int slot) {
        int at = offsets[slot] + SIZE_AT + ((flags(slot) & IS_LARGE) != 0 ? Long.BYTES : Integer.BYTES);
        return sha1At(at);
    }

    boolean isPartial(int slot) {
        return (flags(slot) & IS_PARTIAL) != 0;
    }

    int document(int slot) {
        return DocumentSpace.document(pages[slot / DocumentSpace.PAGE_SIZE], slot);
    }

    boolean holds(int slot) {
        return offsets[slot] >= 0;
    }

    /** All slots are smaller. */
    int slotEnd() {
        return slotEnd;
    }

    /** Gives back what was taken in advance; a leaf that has told everything seldom tells much more. */
    void trim() {
        resize(size());
        offsets = Arrays.copyOf(offsets, slotEnd);
        slots.trim();
    }

    /** Takes all documents out of the answers. */
    void hide() {
        for (int page : pages) {
            space.hidePage(page);
        }
    }

    /** Gives the pages back. No posting may name the documents any more. */
    void freePages() {
        for (int page : pages) {
            space.freePage(page);
        }
        pages = new int[0];
    }

    private Sha1 sha1At(int at) {
        return new Sha1(bytes.getLong(at), bytes.getLong(at + 8), bytes.getInt(at + 16));
    }

    private int hash(long fileIndex) {
        long mixed = (fileIndex ^ seed) * 0x9E3779B97F4A7C15L;
        return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }

    private static boolean isLarge(long size) {
        return size > 0xFFFF_FFFFL;
    }

    private int size() {
        return bytes.position() - wasted;
    }

    private static int sizeOf(IndexRecord.Add record) {
        return SIZE_AT
                + (isLarge(record.size()) ? Long.BYTES : Integer.BYTES)
                + (record.infohash() == null ? 0 : Sha1.SIZE)
                + record.name().size();
    }

    private int sizeOf(int slot) {
        int flags = flags(slot);
        return SIZE_AT
                + ((flags & IS_LARGE) != 0 ? Long.BYTES : Integer.BYTES)
                + ((flags & HAS_INFOHASH) != 0 ? Sha1.SIZE : 0)
                + nameSize(slot);
    }

    private int flags(int slot) {
        return bytes.get(offsets[slot] + FLAGS_AT);
    }

    private int nameSize(int slot) {
        return bytes.get(offsets[slot] + NAME_SIZE_AT) & 0xFF;
    }

    private void append(IndexRecord.Add record, int wordCount) {
        boolean isLarge = isLarge(record.size());
        @Nullable Sha1 infohash = record.infohash();
        bytes.putInt((int) record.index());
        record.sha1().writeTo(bytes);
        bytes.put((byte) ((infohash == null ? 0 : HAS_INFOHASH)
                | (record.partial() ? IS_PARTIAL : 0)
                | (isLarge ? IS_LARGE : 0)));
        bytes.put((byte) wordCount);
        bytes.put((byte) record.name().size());
        if (isLarge) {
            bytes.putLong(record.size());
        } else {
            bytes.putInt((int) record.size());
        }
        if (infohash != null) {
            infohash.writeTo(bytes);
        }
        record.name().writeTo(bytes);
    }

    private int takeSlot() {
        if (freeSlot >= 0) {
            int slot = freeSlot;
            freeSlot = ~offsets[slot] - 1;
            return slot;
        }
        int slot = slotEnd++;
        if (slot == offsets.length) {
            offsets = Arrays.copyOf(offsets, slot + 8 + slot / 4);
        }
        if (slot == pages.length * DocumentSpace.PAGE_SIZE) {
            int wanted = pages.length == 0 ? 0 : pages[pages.length - 1] + 1;
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = space.allocatePage(this, slot, wanted);
        }
        return slot;
    }

    private void makeRoom(int size) {
        if (bytes.remaining() < size) {
            resize(size() + size + size() / 4 + 256);
        }
    }

    /** Moves all records together into as many bytes. */
    private void resize(int capacity) {
        if (wasted == 0) {
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
            return;
        }
        ByteBuffer moved = ByteBuffer.allocate(capacity);
        for (int slot = 0; slot < slotEnd; slot++) {
            if (holds(slot)) {
                int at = offsets[slot];
                ByteBuffer record = bytes.duplicate().clear().position(at).limit(at + sizeOf(slot));
                offsets[slot] = moved.position();
                moved.put(record);
            }
        }
        bytes = moved;
        wasted = 0;
    }
}
