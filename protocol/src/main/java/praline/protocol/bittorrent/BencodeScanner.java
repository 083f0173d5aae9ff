package praline.protocol.bittorrent;

import java.nio.ByteBuffer;
import praline.protocol.Defect;

/**
 * Walks over one bencoded value and says whether it is sound, where it ends, or what is wrong with it. It builds
 * nothing and does not recurse: a megabyte of {@code l} costs one array of the allowed depth.
 */
final class BencodeScanner {

    /** No length of a string has more digits: they would not fit into a buffer. */
    private static final int LENGTH_DIGITS_MAX = 10;

    /** No integer of 64 bits has more digits. */
    private static final int INTEGER_DIGITS_MAX = 20;

    private static final int NO_KEY = -1;

    private final ByteBuffer in;
    private final BencodeRules rules;

    /** For each open level: whether it is a dictionary, whether its last key waits for a value, where that key is. */
    private final boolean[] isDictionary;

    private final boolean[] awaitsValue;
    private final int[] keyStart;
    private final int[] keyEnd;

    private int at;
    private int depth;
    private int tokens;
    private Defect defect = Defect.BAD_BENCODE;

    /** Reads {@code in} by absolute index, up to its limit, and never moves it. */
    BencodeScanner(ByteBuffer in, BencodeRules rules) {
        this.in = in;
        this.rules = rules;
        this.isDictionary = new boolean[rules.depth()];
        this.awaitsValue = new boolean[rules.depth()];
        this.keyStart = new int[rules.depth()];
        this.keyEnd = new int[rules.depth()];
    }

    /** Walks over the value that begins at {@code from}; false if there is none that the rules allow. */
    boolean scan(int from) {
        at = from;
        depth = 0;
        tokens = 0;
        do {
            if (!scanToken()) {
                return false;
            }
        } while (depth > 0);
        return true;
    }

    /** Behind the value, if it was sound. */
    int end() {
        return at;
    }

    /** What is wrong, if it was not. */
    Defect defect() {
        return defect;
    }

    /** Where in the buffer it is wrong. */
    int offset() {
        return at;
    }

    private boolean scanToken() {
        if (at == in.limit()) {
            return fail(Defect.TRUNCATED);
        }
        byte first = in.get(at);
        if (first == 'e') {
            return close();
        }
        if (++tokens > rules.tokens()) {
            return fail(Defect.OVERSIZED);
        }
        if (first >= '0' && first <= '9') {
            return scanString();
        }
        if (isKeyNext()) {
            return fail(Defect.BAD_BENCODE);
        }
        if (depth > 0) {
            awaitsValue[depth - 1] = false;
        }
        return switch (first) {
            case 'i' -> scanInteger();
            case 'l' -> open(false);
            case 'd' -> open(true);
            default -> fail(Defect.BAD_BENCODE);
        };
    }

    private boolean isKeyNext() {
        return depth > 0 && isDictionary[depth - 1] && !awaitsValue[depth - 1];
    }

    private boolean open(boolean dictionary) {
        if (depth == rules.depth()) {
            return fail(Defect.OVERSIZED);
        }
        isDictionary[depth] = dictionary;
        awaitsValue[depth] = false;
        keyStart[depth] = NO_KEY;
        depth++;
        at++;
        return true;
    }

    private boolean close() {
        if (depth == 0 || awaitsValue[depth - 1]) {
            return fail(Defect.BAD_BENCODE);
        }
        depth--;
        at++;
        return true;
    }

    private boolean scanInteger() {
        at++;
        boolean isNegative = at < in.limit() && in.get(at) == '-';
        if (isNegative) {
            at++;
        }
        int from = at;
        long value = scanDigits(INTEGER_DIGITS_MAX, Long.MAX_VALUE);
        if (value < 0) {
            return false;
        }
        boolean isCanonical = isCanonicalDigits(from) && !(isNegative && value == 0);
        if (rules.isStrict() && !isCanonical) {
            return fail(Defect.BAD_BENCODE);
        }
        return scanMark('e');
    }

    private boolean scanString() {
        int digitsFrom = at;
        long length = scanDigits(LENGTH_DIGITS_MAX, Integer.MAX_VALUE);
        if (length < 0) {
            return false;
        }
        if (rules.isStrict() && !isCanonicalDigits(digitsFrom)) {
            return fail(Defect.BAD_BENCODE);
        }
        if (!scanMark(':')) {
            return false;
        }
        if (length > in.limit() - at) {
            return fail(Defect.TRUNCATED);
        }
        int from = at;
        at += (int) length;
        return depth == 0 || !isDictionary[depth - 1] || scanned(from);
    }

    /** A string from {@code from} to here, in a dictionary: a key, or the value of one. */
    private boolean scanned(int from) {
        int level = depth - 1;
        if (awaitsValue[level]) {
            awaitsValue[level] = false;
            return true;
        }
        if (rules.isStrict() && keyStart[level] != NO_KEY && !isAscending(level, from)) {
            return fail(Defect.BAD_BENCODE);
        }
        awaitsValue[level] = true;
        keyStart[level] = from;
        keyEnd[level] = at;
        return true;
    }

    private boolean isAscending(int level, int from) {
        int lastSize = keyEnd[level] - keyStart[level];
        int size = at - from;
        for (int i = 0; i < Math.min(lastSize, size); i++) {
            int difference = (in.get(from + i) & 0xFF) - (in.get(keyStart[level] + i) & 0xFF);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return size > lastSize;
    }

    /** The number of the digits here, or -1 after a failure: no digit, too many, or more than {@code max}. */
    private long scanDigits(int digitsMax, long max) {
        int from = at;
        long value = 0;
        while (at < in.limit() && in.get(at) >= '0' && in.get(at) <= '9') {
            int digit = in.get(at) - '0';
            if (at - from == digitsMax || value > (max - digit) / 10) {
                fail(Defect.BAD_BENCODE);
                return -1;
            }
            value = value * 10 + digit;
            at++;
        }
        if (at == from) {
            fail(at == in.limit() ? Defect.TRUNCATED : Defect.BAD_BENCODE);
            return -1;
        }
        return value;
    }

    private boolean isCanonicalDigits(int from) {
        return in.get(from) != '0' || at == from + 1;
    }

    private boolean scanMark(char mark) {
        if (at == in.limit()) {
            return fail(Defect.TRUNCATED);
        }
        if (in.get(at) != mark) {
            return fail(Defect.BAD_BENCODE);
        }
        at++;
        return true;
    }

    private boolean fail(Defect found) {
        defect = found;
        return false;
    }
}
