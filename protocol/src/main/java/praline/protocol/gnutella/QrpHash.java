package praline.protocol.gnutella;

/**
 * Hashes words into the slots of a query routing table (spec/gnutella.md 9.1). A word has one hash for tables of all
 * sizes; the size only says how many of its upper bits count.
 */
public final class QrpHash {

    private static final int MULTIPLIER = 0x4F1BBCDC;

    private QrpHash() {}

    /** The hash of {@code word}, whose case does not matter. */
    public static int of(String word) {
        return of(word, word.length());
    }

    /** The hash of the first {@code length} characters of {@code word}. */
    static int of(String word, int length) {
        int folded = 0;
        for (int i = 0; i < length; i++) {
            folded ^= (Character.toLowerCase(word.charAt(i)) & 0xFF) << ((i & 3) << 3);
        }
        return folded * MULTIPLIER;
    }

    /** The slot of a hash in a table of 2^{@code bits} slots, 1..31. */
    public static int slot(int hash, int bits) {
        return hash >>> (Integer.SIZE - bits);
    }
}
