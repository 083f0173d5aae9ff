package praline.supernode.index;

import java.util.Arrays;

/**
 * The documents that may still answer a query: as a list, and as one bit each, so that a word's documents are looked up
 * in no time, in whatever order they come. One object serves all queries; it weighs a bit for each document of the
 * index.
 */
final class Candidates {

    private long[] bits = new long[16];
    private int[] documents = new int[64];
    private int count;
    private int[] kept = new int[64];
    private int keptCount;

    /** Makes room for the documents below {@code end}, before the first is added. */
    void prepare(int end) {
        if (end > bits.length * Long.SIZE) {
            bits = new long[end / Long.SIZE + end / (4 * Long.SIZE) + 1];
        }
    }

    int count() {
        return count;
    }

    /** The candidate at {@code at}, in ascending order once they are sorted. */
    int get(int at) {
        return documents[at];
    }

    /** Takes a document in, once. True always: a visitor of documents wants more. */
    boolean add(int document) {
        long bit = 1L << document;
        if ((bits[document >>> 6] & bit) == 0) {
            bits[document >>> 6] |= bit;
            if (count == documents.length) {
                documents = Arrays.copyOf(documents, 2 * count);
            }
            documents[count++] = document;
        }
        return true;
    }

    /** Says that a document is to stay if it is a candidate. True always, as {@link #add}. */
    boolean keep(int document) {
        long bit = 1L << document;
        if ((bits[document >>> 6] & bit) != 0) {
            bits[document >>> 6] &= ~bit;
            if (keptCount == kept.length) {
                kept = Arrays.copyOf(kept, 2 * keptCount);
            }
            kept[keptCount++] = document;
        }
        return true;
    }

    /** Says that the candidates are to stay that are in a set. */
    void keepAllIn(DocSet set) {
        for (int i = 0; i < count; i++) {
            boolean isOpen = (bits[documents[i] >>> 6] & (1L << documents[i])) != 0;
            if (isOpen && set.contains(documents[i])) {
                keep(documents[i]);
            }
        }
    }

    /** Drops those that are not to stay. */
    void dropOthers() {
        unmark();
        int[] dropped = documents;
        documents = kept;
        count = keptCount;
        kept = dropped;
        keptCount = 0;
        for (int i = 0; i < count; i++) {
            bits[documents[i] >>> 6] |= 1L << documents[i];
        }
    }

    void sort() {
        Arrays.sort(documents, 0, count);
    }

    void clear() {
        unmark();
        count = 0;
    }

    private void unmark() {
        for (int i = 0; i < count; i++) {
            bits[documents[i] >>> 6] = 0;
        }
    }
}
