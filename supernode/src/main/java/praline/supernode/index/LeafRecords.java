package praline.supernode.index;

import java.util.Arrays;
import java.util.BitSet;
import praline.protocol.gnutella.IndexRecord;

/**
 * The records of one leaf. A record is known by its slot, 0 or more, from which follows its document: the leaf owns
 * pages of the {@link DocumentSpace}, each for 64 slots, and a {@link RecordPage} in each. Slots of removed records are
 * used again. When the leaf goes, all of this goes at once.
 */
final class LeafRecords {

    static final int NO_SLOT = IntTable.NONE;

    private static final int PLACE_MASK = DocumentSpace.PAGE_SIZE - 1;

    private final DocumentSpace space;
    private final int leaf;
    private final long seed;
    /** By file index. */
    private final IntTable slots = new IntTable(slot -> hash(fileIndex(slot)));

    private final BitSet freeSlots = new BitSet(0);
    private int slotEnd;
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

    /**
     * The memory that counts against the limits: the bytes of all records, and those of the names once more, about what
     * their words cost in the dictionary.
     */
    long charge() {
        return charge;
    }

    /** What a record will add to {@link #charge}. */
    static int chargeOf(IndexRecord.Add record) {
        return RecordPage.sizeOf(record) + record.name().size();
    }

    int chargeOf(int slot) {
        byte[] page = page(slot);
        return RecordPage.sizeOf(page, place(slot)) + RecordPage.nameSize(page, place(slot));
    }

    /** The slot of the record with this file index, or {@link #NO_SLOT}. */
    int find(long fileIndex) {
        return slots.find(hash(fileIndex), slot -> fileIndex(slot) == fileIndex);
    }

    /** Keeps a record whose file index is not held, and returns its slot. */
    int add(IndexRecord.Add record) {
        int slot = takeSlot();
        space.setContent(pageNumber(slot), RecordPage.with(page(slot), place(slot), record));
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
        space.setContent(pageNumber(slot), RecordPage.without(page(slot), place(slot)));
        freeSlots.set(slot);
        count--;
    }

    IndexRecord.Add get(int slot) {
        return RecordPage.get(page(slot), place(slot));
    }

    int document(int slot) {
        return DocumentSpace.document(pageNumber(slot), slot);
    }

    boolean holds(int slot) {
        return RecordPage.holds(page(slot), place(slot));
    }

    /** All slots are smaller. */
    int slotEnd() {
        return slotEnd;
    }

    /** Gives back what was taken in advance; a leaf that has told everything seldom tells much more. */
    void trim() {
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

    private long fileIndex(int slot) {
        return RecordPage.fileIndex(page(slot), place(slot));
    }

    private int pageNumber(int slot) {
        return pages[slot / DocumentSpace.PAGE_SIZE];
    }

    private byte[] page(int slot) {
        return space.content(pageNumber(slot));
    }

    private static int place(int slot) {
        return slot & PLACE_MASK;
    }

    private int hash(long fileIndex) {
        long mixed = (fileIndex ^ seed) * 0x9E3779B97F4A7C15L;
        return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }

    private int takeSlot() {
        int free = freeSlots.nextSetBit(0);
        if (free >= 0) {
            freeSlots.clear(free);
            return free;
        }
        int slot = slotEnd++;
        if (slot == pages.length * DocumentSpace.PAGE_SIZE) {
            int wanted = pages.length == 0 ? 0 : pages[pages.length - 1] + 1;
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = space.allocatePage(this, wanted);
        }
        return slot;
    }
}
