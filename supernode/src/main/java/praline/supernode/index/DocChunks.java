package praline.supernode.index;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A large set of document numbers: for each chunk of 65,536 documents a sorted array of the low halves of those that
 * are in, or, when they are many, a bit for each (Chambi, Lemire and others: Better bitmap performance with Roaring
 * bitmaps, 2016). A chunk is found by its number alone, without a search, because queries look up one document after
 * another.
 */
final class DocChunks {

    private static final int CHUNK_SHIFT = 16;
    private static final int CHUNK_SIZE = 1 << CHUNK_SHIFT;
    private static final int LOW_MASK = CHUNK_SIZE - 1;

    /**
     * A quarter of what would be as large as a bitmap: looking up a bit takes a tenth of the time that a search in a
     * thousand numbers takes, and few words are so frequent.
     */
    private static final int ARRAY_COUNT_MAX = CHUNK_SIZE / Character.SIZE / 4;

    /** What a bitmap must shrink to before it is an array again: not every call changes the form. */
    private static final int ARRAY_COUNT_AGAIN = ARRAY_COUNT_MAX / 2;

    /** Of each chunk one of these is there, or neither. */
    private char[] @Nullable [] arrays = new char[1][];

    private long[] @Nullable [] bitmaps = new long[1][];
    private int[] counts = new int[1];
    private int size;

    int size() {
        return size;
    }

    boolean contains(int document) {
        int chunk = document >>> CHUNK_SHIFT;
        if (chunk >= counts.length) {
            return false;
        }
        int low = document & LOW_MASK;
        long[] bitmap = bitmaps[chunk];
        if (bitmap != null) {
            return (bitmap[low >>> 6] & (1L << low)) != 0;
        }
        char[] array = arrays[chunk];
        return array != null && Arrays.binarySearch(array, (char) low) >= 0;
    }

    /** Adds a document that is not there yet. */
    void add(int document) {
        int chunk = document >>> CHUNK_SHIFT;
        int low = document & LOW_MASK;
        if (chunk >= counts.length) {
            arrays = Arrays.copyOf(arrays, chunk + 1);
            bitmaps = Arrays.copyOf(bitmaps, chunk + 1);
            counts = Arrays.copyOf(counts, chunk + 1);
        }
        long[] bitmap = bitmaps[chunk];
        char[] array = arrays[chunk];
        if (bitmap == null && counts[chunk] == ARRAY_COUNT_MAX && array != null) {
            bitmap = bitmapOf(array);
            bitmaps[chunk] = bitmap;
            arrays[chunk] = null;
        }
        if (bitmap != null) {
            bitmap[low >>> 6] |= 1L << low;
        } else {
            arrays[chunk] = array == null ? new char[] {(char) low} : with(array, (char) low);
        }
        counts[chunk]++;
        size++;
    }

    /** Removes a document that is there. */
    void remove(int document) {
        int chunk = document >>> CHUNK_SHIFT;
        int low = document & LOW_MASK;
        counts[chunk]--;
        size--;
        long[] bitmap = bitmaps[chunk];
        char[] array = arrays[chunk];
        if (array != null) {
            arrays[chunk] = counts[chunk] == 0 ? null : without(array, (char) low);
        } else if (bitmap != null) {
            bitmap[low >>> 6] &= ~(1L << low);
            if (counts[chunk] == ARRAY_COUNT_AGAIN) {
                arrays[chunk] = arrayOf(bitmap, counts[chunk]);
                bitmaps[chunk] = null;
            }
        }
    }

    /** The smallest document; there must be one. */
    int first() {
        int[] first = new int[1];
        visit(0, Integer.MAX_VALUE, document -> {
            first[0] = document;
            return false;
        });
        return first[0];
    }

    /**
     * Shows the documents from {@code from} up to {@code to}, without the last, until {@code visitor} says false, and
     * returns what it said last.
     */
    boolean visit(int from, int to, IntPredicate visitor) {
        boolean goesOn = true;
        for (int chunk = from >>> CHUNK_SHIFT; goesOn && chunk < counts.length; chunk++) {
            int base = chunk << CHUNK_SHIFT;
            if (base >= to) {
                return true;
            }
            int lowFrom = Math.max(from - base, 0);
            int lowTo = Math.min(to - base, CHUNK_SIZE);
            char[] array = arrays[chunk];
            long[] bitmap = bitmaps[chunk];
            if (array != null) {
                goesOn = visit(base, array, lowFrom, lowTo, visitor);
            } else if (bitmap != null) {
                goesOn = visit(base, bitmap, lowFrom, lowTo, visitor);
            }
        }
        return goesOn;
    }

    private static boolean visit(int base, char[] array, int from, int to, IntPredicate visitor) {
        int start = from == 0 ? 0 : Arrays.binarySearch(array, (char) from);
        for (int i = start < 0 ? ~start : start; i < array.length && array[i] < to; i++) {
            if (!visitor.test(base | array[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean visit(int base, long[] bitmap, int from, int to, IntPredicate visitor) {
        for (int i = from >>> 6; (i << 6) < to; i++) {
            long bits = i == (from >>> 6) ? bitmap[i] & (-1L << from) : bitmap[i];
            for (; bits != 0; bits &= bits - 1) {
                int low = (i << 6) | Long.numberOfTrailingZeros(bits);
                if (low >= to) {
                    return true;
                }
                if (!visitor.test(base | low)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static char[] with(char[] array, char low) {
        int at = ~Arrays.binarySearch(array, low);
        char[] more = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, more, at + 1, array.length - at);
        more[at] = low;
        return more;
    }

    private static char[] without(char[] array, char low) {
        int at = Arrays.binarySearch(array, low);
        char[] fewer = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    private static long[] bitmapOf(char[] array) {
        long[] bitmap = new long[CHUNK_SIZE / Long.SIZE];
        for (char low : array) {
            bitmap[low >>> 6] |= 1L << low;
        }
        return bitmap;
    }

    private static char[] arrayOf(long[] bitmap, int count) {
        char[] array = new char[count];
        int[] filled = {0};
        visit(0, bitmap, 0, CHUNK_SIZE, low -> {
            array[filled[0]++] = (char) low;
            return true;
        });
        return array;
    }
}
