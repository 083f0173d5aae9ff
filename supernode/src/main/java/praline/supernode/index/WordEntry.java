package praline.supernode.index;

import java.util.Arrays;

/**
 * What the dictionary keeps of one word besides its first eight bytes, in one run of bytes: the rest of the word and
 * the documents that hold it. Most words are rare, and an object with a list of its own for each of them would weigh
 * more than what they say.
 *
 * <pre>
 *   tail size (7 bits) and whether there are many documents (1 bit) | tail | documents, 3 bytes each, ascending
 * </pre>
 *
 * <p>A word that many documents hold has in place of them the number of its {@link DocSet}. The bytes of an entry never
 * change: a change makes another entry.
 */
final class WordEntry {

    /** More documents than these are kept in a set. */
    static final int FEW_MAX = 512;

    /** What a set must shrink to before its documents become an entry again: not every call changes the form. */
    static final int FEW_AGAIN = FEW_MAX / 2;

    static final int TAIL_SIZE_MAX = 127;

    static final int DOCUMENT_SIZE = 3;

    private static final int TAIL_SIZE_MASK = 0x7F;
    private static final int IS_MANY = 0x80;

    private WordEntry() {}

    /** The entry of a word that one document holds. */
    static byte[] of(byte[] tail, int document) {
        byte[] entry = new byte[1 + tail.length + DOCUMENT_SIZE];
        entry[0] = (byte) tail.length;
        System.arraycopy(tail, 0, entry, 1, tail.length);
        put(entry, entry.length - DOCUMENT_SIZE, document);
        return entry;
    }

    /** Orders the rest of a word and that of the entry's word, byte by byte. */
    static int compareTail(byte[] tail, byte[] entry) {
        int tailEnd = 1 + tailSize(entry);
        return Arrays.compareUnsigned(tail, 0, tail.length, entry, 1, tailEnd);
    }

    /** Whether the rest of the entry's word begins with {@code tail}. */
    static boolean tailBeginsWith(byte[] tail, byte[] entry) {
        return tail.length <= tailSize(entry) && Arrays.equals(tail, 0, tail.length, entry, 1, 1 + tail.length);
    }

    static boolean isMany(byte[] entry) {
        return (entry[0] & IS_MANY) != 0;
    }

    /** The number of the set of an entry that has many documents. */
    static int set(byte[] entry) {
        return documentAt(entry, start(entry));
    }

    /** How many documents there are, if they are few. */
    static int count(byte[] entry) {
        return (entry.length - start(entry)) / DOCUMENT_SIZE;
    }

    /** Where the first document stands; the next follows {@link #DOCUMENT_SIZE} further on, up to the end. */
    static int start(byte[] entry) {
        return 1 + tailSize(entry);
    }

    /** Where the first document stands that is not below this one. */
    static int position(byte[] entry, int document) {
        int start = start(entry);
        int low = 0;
        int high = count(entry) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (documentAt(entry, start + middle * DOCUMENT_SIZE) < document) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return start + low * DOCUMENT_SIZE;
    }

    static int documentAt(byte[] entry, int at) {
        return ((entry[at] & 0xFF) << 16) | ((entry[at + 1] & 0xFF) << 8) | (entry[at + 2] & 0xFF);
    }

    /** An entry of few documents with one more; the same if that is there already. */
    static byte[] with(byte[] entry, int document) {
        int at = position(entry, document);
        if (holds(entry, at, document)) {
            return entry;
        }
        byte[] more = Arrays.copyOf(entry, entry.length + DOCUMENT_SIZE);
        System.arraycopy(entry, at, more, at + DOCUMENT_SIZE, entry.length - at);
        put(more, at, document);
        return more;
    }

    /** An entry of few documents without one of them; the same if that is not there. */
    static byte[] without(byte[] entry, int document) {
        int at = position(entry, document);
        if (!holds(entry, at, document)) {
            return entry;
        }
        byte[] fewer = Arrays.copyOf(entry, entry.length - DOCUMENT_SIZE);
        System.arraycopy(entry, at + DOCUMENT_SIZE, fewer, at, fewer.length - at);
        return fewer;
    }

    /** The same word, of many documents: those in the set with this number. */
    static byte[] withSet(byte[] entry, int set) {
        int start = start(entry);
        byte[] many = Arrays.copyOf(entry, start + DOCUMENT_SIZE);
        many[0] |= (byte) IS_MANY;
        put(many, start, set);
        return many;
    }

    /** The same word, of these few documents. */
    static byte[] withDocuments(byte[] entry, int[] documents) {
        int start = start(entry);
        byte[] few = Arrays.copyOf(entry, start + documents.length * DOCUMENT_SIZE);
        few[0] &= (byte) TAIL_SIZE_MASK;
        for (int i = 0; i < documents.length; i++) {
            put(few, start + i * DOCUMENT_SIZE, documents[i]);
        }
        return few;
    }

    private static boolean holds(byte[] entry, int at, int document) {
        return at < entry.length && documentAt(entry, at) == document;
    }

    private static int tailSize(byte[] entry) {
        return entry[0] & TAIL_SIZE_MASK;
    }

    private static void put(byte[] entry, int at, int document) {
        entry[at] = (byte) (document >>> 16);
        entry[at + 1] = (byte) (document >>> 8);
        entry[at + 2] = (byte) document;
    }
}
