package praline.supernode.index;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of document numbers, 0 or more: the postings of a word, or what is left of them on the way to an answer.
 *
 * <p>Most words are rare, and a Roaring bitmap costs some 150 bytes before it holds anything and 50 more for each of
 * the 65,536-document ranges that it touches. So a set begins as a sorted array, and becomes a bitmap when that is
 * smaller and faster. It stays a bitmap until it has lost half of what made it one, so that a set at the border does
 * not change its form with every call.
 */
final class DocSet {

    /** At 16 ranges (a million documents) an array of so many is about as large as the bitmap. */
    private static final int ARRAY_COUNT_MAX = 512;

    private static final int[] NONE = {};

    private int[] few = NONE;
    private int fewCount;
    private @Nullable RoaringBitmap many;

    DocSet() {}

    private DocSet(int[] sorted, int count) {
        few = sorted;
        fewCount = count;
    }

    private DocSet(RoaringBitmap bitmap) {
        many = bitmap;
    }

    /** All documents that are in one of {@code sets}, which it does not change; may be one of them. */
    static DocSet union(List<DocSet> sets) {
        if (sets.size() == 1) {
            return sets.get(0);
        }
        int sum = sum(sets);
        return sum <= ARRAY_COUNT_MAX ? unionAsArray(sets, sum) : unionAsBitmap(sets);
    }

    /** How many documents the sets hold, each counted as often as it is in one. */
    static int sum(List<DocSet> sets) {
        long sum = 0;
        for (DocSet set : sets) {
            sum += set.size();
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    int size() {
        return many == null ? fewCount : many.getCardinality();
    }

    boolean isEmpty() {
        return many == null ? fewCount == 0 : many.isEmpty();
    }

    /** The smallest document of a set that is not empty. */
    int first() {
        return many == null ? few[0] : many.first();
    }

    /** Adds a document; one that is there already stays once. */
    void add(int document) {
        if (many != null) {
            many.add(document);
            return;
        }
        int at = fewCount > 0 && few[fewCount - 1] < document ? ~fewCount : indexOf(document);
        if (at >= 0) {
            return;
        }
        if (fewCount == ARRAY_COUNT_MAX) {
            many = toBitmap();
            few = NONE;
            fewCount = 0;
            many.add(document);
            return;
        }
        insert(~at, document);
    }

    void remove(int document) {
        if (many != null) {
            many.remove(document);
            if (many.getCardinality() <= ARRAY_COUNT_MAX / 2) {
                few = many.toArray();
                fewCount = few.length;
                many = null;
            }
            return;
        }
        int at = indexOf(document);
        if (at >= 0) {
            System.arraycopy(few, at + 1, few, at, fewCount - at - 1);
            fewCount--;
            shrink();
        }
    }

    /** The documents that are in one of {@code sets} too; nothing is changed. */
    DocSet andAny(List<DocSet> sets) {
        return many == null ? andAnyOfFew(sets) : andAnyOfMany(many, sets);
    }

    /** The documents from {@code from} up to {@code to}, without the last. */
    DocSet within(int from, int to) {
        if (many != null) {
            return new DocSet(many.selectRange(from, to));
        }
        int start = position(from);
        int end = position(to);
        return new DocSet(Arrays.copyOfRange(few, start, end), end - start);
    }

    /**
     * Shows the documents from {@code first} upwards, then those below it, until {@code visitor} says false, and
     * returns what it said last; true for an empty set.
     */
    boolean visit(int first, IntPredicate visitor) {
        return visitRange(first, Integer.MAX_VALUE, visitor) && visitRange(0, first, visitor);
    }

    private boolean visitRange(int from, int to, IntPredicate visitor) {
        if (many != null) {
            PeekableIntIterator documents = many.getIntIterator();
            documents.advanceIfNeeded(from);
            while (documents.hasNext() && documents.peekNext() < to) {
                if (!visitor.test(documents.next())) {
                    return false;
                }
            }
            return true;
        }
        for (int i = position(from); i < fewCount && few[i] < to; i++) {
            if (!visitor.test(few[i])) {
                return false;
            }
        }
        return true;
    }

    private DocSet andAnyOfFew(List<DocSet> sets) {
        boolean[] isIn = new boolean[fewCount];
        for (DocSet set : sets) {
            if (set.many == null) {
                markCommon(set, isIn);
            } else {
                for (int i = 0; i < fewCount; i++) {
                    isIn[i] = isIn[i] || set.many.contains(few[i]);
                }
            }
        }
        int[] common = new int[fewCount];
        int count = 0;
        for (int i = 0; i < fewCount; i++) {
            if (isIn[i]) {
                common[count++] = few[i];
            }
        }
        return new DocSet(common, count);
    }

    private void markCommon(DocSet other, boolean[] isIn) {
        int i = 0;
        int j = 0;
        while (i < fewCount && j < other.fewCount) {
            int difference = Integer.compare(few[i], other.few[j]);
            isIn[i] = isIn[i] || difference == 0;
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
    }

    private static DocSet andAnyOfMany(RoaringBitmap bitmap, List<DocSet> sets) {
        RoaringBitmap common = new RoaringBitmap();
        for (DocSet set : sets) {
            if (set.many != null) {
                common.or(RoaringBitmap.and(bitmap, set.many));
            } else {
                for (int i = 0; i < set.fewCount; i++) {
                    if (bitmap.contains(set.few[i])) {
                        common.add(set.few[i]);
                    }
                }
            }
        }
        return new DocSet(common);
    }

    /** Where in the array the first document stands that is not below this one. */
    private int position(int document) {
        int at = indexOf(document);
        return at < 0 ? ~at : at;
    }

    private int indexOf(int document) {
        return Arrays.binarySearch(few, 0, fewCount, document);
    }

    private void insert(int at, int document) {
        if (fewCount == few.length) {
            few = Arrays.copyOf(few, fewCount + 1 + fewCount / 4);
        }
        System.arraycopy(few, at, few, at + 1, fewCount - at);
        few[at] = document;
        fewCount++;
    }

    private void shrink() {
        if (fewCount < few.length / 2) {
            few = Arrays.copyOf(few, fewCount);
        }
    }

    private RoaringBitmap toBitmap() {
        RoaringBitmap bitmap = new RoaringBitmap();
        for (int i = 0; i < fewCount; i++) {
            bitmap.add(few[i]);
        }
        return bitmap;
    }

    private static DocSet unionAsArray(List<DocSet> sets, int sum) {
        int[] all = new int[sum];
        int count = 0;
        for (DocSet set : sets) {
            int[] documents = set.many == null ? set.few : set.many.toArray();
            System.arraycopy(documents, 0, all, count, set.size());
            count += set.size();
        }
        Arrays.sort(all);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        return new DocSet(all, distinct);
    }

    private static DocSet unionAsBitmap(List<DocSet> sets) {
        RoaringBitmap union = new RoaringBitmap();
        for (DocSet set : sets) {
            if (set.many != null) {
                union.or(set.many);
            } else {
                for (int i = 0; i < set.fewCount; i++) {
                    union.add(set.few[i]);
                }
            }
        }
        return new DocSet(union);
    }
}
