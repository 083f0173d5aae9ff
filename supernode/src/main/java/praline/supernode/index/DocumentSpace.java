package praline.supernode.index;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives numbers to documents. A number is page × 64 + place; a page holds records of one leaf, so that a leaf's
 * documents lie together and postings stay small. Which documents are live is one bit each: a leaf that closes is out
 * of every answer after a few hundred writes, whatever the postings still say (spec/hardening.md I5).
 */
final class DocumentSpace {

    static final int PAGE_SIZE = 64;

    /** A number takes three bytes wherever it is kept. */
    static final int DOCUMENTS_MAX = 1 << 24;

    /** There are not more leaves, and each may leave its last page almost empty. */
    private static final int PAGES_IN_RESERVE = 1 << 14;

    private static final int PAGE_SHIFT = 6;
    private static final int PLACE_MASK = PAGE_SIZE - 1;

    private @Nullable LeafRecords[] owners = new LeafRecords[8];
    private long[] live = new long[8];
    private byte[][] contents = new byte[8][];
    private final BitSet free = new BitSet();
    private int pageCount;

    /** Gives {@code owner} an empty page: the free one that follows {@code wanted} most closely, or a new one. */
    int allocatePage(LeafRecords owner, int wanted) {
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
        contents[page] = RecordPage.EMPTY;
        return page;
    }

    /** Whether so many more documents find room, however they lie. */
    boolean hasRoom(int documents) {
        long pages = (long) pageCount - free.cardinality() + documents / PAGE_SIZE + PAGES_IN_RESERVE;
        return pages * PAGE_SIZE <= DOCUMENTS_MAX;
    }

    /** Takes a page back. No posting may name its documents any more. */
    void freePage(int page) {
        owners[page] = null;
        contents[page] = RecordPage.EMPTY;
        live[page] = 0;
        free.set(page);
    }

    /** Takes all documents of a page out of the answers. */
    void hidePage(int page) {
        live[page] = 0;
    }

    /** The records of a page. */
    byte[] content(int page) {
        return contents[page];
    }

    void setContent(int page, byte[] content) {
        contents[page] = content;
    }

    /** The records of the document's page. */
    byte[] contentOf(int document) {
        return contents[document >>> PAGE_SHIFT];
    }

    /** Where the document's record is in its page. */
    static int place(int document) {
        return document & PLACE_MASK;
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

    /** All documents have smaller numbers. */
    int end() {
        return pageCount << PAGE_SHIFT;
    }

    private void grow() {
        int capacity = live.length + live.length / 2;
        owners = Arrays.copyOf(owners, capacity);
        live = Arrays.copyOf(live, capacity);
        contents = Arrays.copyOf(contents, capacity);
    }
}
