package praline.supernode.index;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives numbers to documents. A number is page × 64 + place; a page belongs to the records of one leaf, so that a
 * leaf's documents lie together and postings stay small. Which documents are live is one bit each: a leaf that closes
 * is out of every answer after a few hundred writes, whatever the postings still say (spec/hardening.md I5).
 */
final class DocumentSpace {

    static final int PAGE_SIZE = 64;

    private static final int PAGE_SHIFT = 6;
    private static final int PLACE_MASK = PAGE_SIZE - 1;

    private @Nullable LeafRecords[] owners = new LeafRecords[8];
    private int[] firstSlots = new int[8];
    private long[] live = new long[8];
    private final BitSet free = new BitSet();
    private int pageCount;

    /**
     * Gives {@code owner} a page for its slots from {@code firstSlot} on: the free one that follows {@code wanted} most
     * closely, or a new one.
     */
    int allocatePage(LeafRecords owner, int firstSlot, int wanted) {
        int page = free.nextSetBit(wanted);
        if (page < 0) {
            page = free.nextSetBit(0);
        }
        if (page < 0) {
            page = pageCount++;
            if (page == live.length) {
                grow();
            }
        } else {
            free.clear(page);
        }
        owners[page] = owner;
        firstSlots[page] = firstSlot;
        return page;
    }

    /** Takes a page back. No posting may name its documents any more. */
    void freePage(int page) {
        owners[page] = null;
        live[page] = 0;
        free.set(page);
    }

    /** Takes all documents of a page out of the answers. */
    void hidePage(int page) {
        live[page] = 0;
    }

    static int document(int page, int slot) {
        return (page << PAGE_SHIFT) | (slot & PLACE_MASK);
    }

    void setLive(int document, boolean isLive) {
        long bit = 1L << document;
        int page = document >>> PAGE_SHIFT;
        live[page] = isLive ? (live[page] | bit) : (live[page] & ~bit);
    }

    boolean isLive(int document) {
        return (live[document >>> PAGE_SHIFT] & 1L << document) != 0;
    }

    /** The records that hold the document, which must have a number. */
    LeafRecords owner(int document) {
        LeafRecords owner = owners[document >>> PAGE_SHIFT];
        if (owner == null) {
            throw new IllegalStateException("document " + document + " lies in a page that nobody owns");
        }
        return owner;
    }

    /** The document's place among the records of its owner. */
    int slot(int document) {
        return firstSlots[document >>> PAGE_SHIFT] + (document & PLACE_MASK);
    }

    /** All documents have smaller numbers. */
    int end() {
        return pageCount << PAGE_SHIFT;
    }

    private void grow() {
        int capacity = live.length + live.length / 2;
        owners = Arrays.copyOf(owners, capacity);
        firstSlots = Arrays.copyOf(firstSlots, capacity);
        live = Arrays.copyOf(live, capacity);
    }
}
