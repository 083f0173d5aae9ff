package praline.supernode.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A word as the dictionary keeps it: the first eight bytes of its UTF-8 in one number, the others apart. Most words end
 * within the number, and most of the rest are told apart by it, so a comparison seldom follows a pointer.
 */
final class Word {

    static final byte[] NO_TAIL = {};

    private static final int HEAD_SIZE = Long.BYTES;

    /** Big-endian, zeros behind a shorter word; words hold no zero byte. Compared as unsigned. */
    final long head;

    final byte[] tail;

    private final int size;
    private final boolean isCut;

    private Word(long head, byte[] tail, int size, boolean isCut) {
        this.head = head;
        this.tail = tail;
        this.size = size;
        this.isCut = isCut;
    }

    /** The word, or as much of it as fits into {@code sizeMax} bytes without cutting a character. */
    static Word of(String text, int sizeMax) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int size = bytes.length;
        if (size > sizeMax) {
            size = sizeMax;
            while (isWithinCharacter(bytes[size])) {
                size--;
            }
        }
        long head = 0;
        for (int i = 0; i < HEAD_SIZE; i++) {
            head = (head << 8) | (i < size ? bytes[i] & 0xFF : 0);
        }
        byte[] tail = size <= HEAD_SIZE ? NO_TAIL : Arrays.copyOfRange(bytes, HEAD_SIZE, size);
        return new Word(head, tail, size, size < bytes.length);
    }

    /** Whether the text was longer. */
    boolean isCut() {
        return isCut;
    }

    /** Whether this word comes before, at or after the one of a dictionary's entry. */
    int compareTo(long otherHead, byte[] otherEntry) {
        int byHead = Long.compareUnsigned(head, otherHead);
        return byHead != 0 ? byHead : WordEntry.compareTail(tail, otherEntry);
    }

    /** Whether the word of a dictionary's entry begins with this one. */
    boolean isPrefixOf(long otherHead, byte[] otherEntry) {
        if (size < HEAD_SIZE) {
            return size == 0 || (head ^ otherHead) >>> (8 * (HEAD_SIZE - size)) == 0;
        }
        return head == otherHead && WordEntry.tailBeginsWith(tail, otherEntry);
    }

    private static boolean isWithinCharacter(byte following) {
        return (following & 0xC0) == 0x80;
    }
}
