package praline.supernode.index;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of document numbers, 0 or more, that may become large: of a content that many leaves have, or of a word that
 * many names hold.
 *
 * <p>A set begins as a sorted array, and becomes {@link DocChunks} when these are smaller and faster. They stay until
 * the set has lost half of what made it change, so that a set at the border does not change its form with every call.
 */
final class DocSet {

    /** At 16 chunks (a million documents) these cost 400 bytes, and each document 2 bytes where it takes 4 here. */
    private static final int ARRAY_COUNT_MAX = 512;

    private static final int[] NONE = {};

    private int[] few = NONE;
    private int fewCount;
    private @Nullable DocChunks many;

    int size() {
        return many == null ? fewCount : many.size();
    }

    boolean isEmpty() {
        return many == null ? fewCount == 0 : many.size() == 0;
    }

    /** The smallest document of a set that is not empty. */
    int first() {
        return many == null ? few[0] : many.first();
    }

    boolean contains(int document) {
        return many == null ? indexOf(document) >= 0 : many.contains(document);
    }

    int[] toArray() {
        int[] documents = new int[size()];
        int[] filled = {0};
        visitRange(0, Integer.MAX_VALUE, document -> {
            documents[filled[0]++] = document;
            return true;
        });
        return documents;
    }

    /** Adds a document; one that is there already stays once. */
    void add(int document) {
        if (many != null) {
            if (!many.contains(document)) {
                many.add(document);
            }
            return;
        }
        int at = fewCount > 0 && few[fewCount - 1] < document ? ~fewCount : indexOf(document);
        if (at >= 0) {
            return;
        }
        if (fewCount == ARRAY_COUNT_MAX) {
            DocChunks chunks = new DocChunks();
            for (int i = 0; i < fewCount; i++) {
                chunks.add(few[i]);
            }
            chunks.add(document);
            many = chunks;
            few = NONE;
            fewCount = 0;
            return;
        }
        insert(~at, document);
    }

    void remove(int document) {
        if (many != null) {
            removeFrom(many, document);
            return;
        }
        int at = indexOf(document);
        if (at >= 0) {
            System.arraycopy(few, at + 1, few, at, fewCount - at - 1);
            fewCount--;
            shrink();
        }
    }

    /**
     * Shows the documents from {@code first} upwards, then those below it, until {@code visitor} says false, and
     * returns what it said last; true for an empty set.
     */
    boolean visit(int first, IntPredicate visitor) {
        return visitRange(first, Integer.MAX_VALUE, visitor) && visitRange(0, first, visitor);
    }

    /**
     * Shows the documents from {@code from} up to {@code to}, without the last, until {@code visitor} says false, and
     * returns what it said last.
     */
    boolean visitRange(int from, int to, IntPredicate visitor) {
        if (many != null) {
            return many.visit(from, to, visitor);
        }
        int at = indexOf(from);
        for (int i = at < 0 ? ~at : at; i < fewCount && few[i] < to; i++) {
            if (!visitor.test(few[i])) {
                return false;
            }
        }
        return true;
    }

    private void removeFrom(DocChunks chunks, int document) {
        if (chunks.contains(document)) {
            chunks.remove(document);
            if (chunks.size() <= ARRAY_COUNT_MAX / 2) {
                few = toArray();
                fewCount = few.length;
                many = null;
            }
        }
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
}
