package praline.node.library;

import java.util.Arrays;

/** File indexes in ascending order. Most words and contents have one or two, so it takes no more room than they do. */
final class Indexes {

    private int[] indexes = new int[1];
    private int count;

    int count() {
        return count;
    }

    int get(int at) {
        return indexes[at];
    }

    /** Adds an index; one that is there already stays once. */
    void add(int index) {
        int at = count > 0 && indexes[count - 1] < index ? ~count : Arrays.binarySearch(indexes, 0, count, index);
        if (at >= 0) {
            return;
        }
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, count + 1 + count / 4);
        }
        System.arraycopy(indexes, ~at, indexes, ~at + 1, count - ~at);
        indexes[~at] = index;
        count++;
    }

    /** Removes an index. True: it was the last. */
    boolean remove(int index) {
        int at = Arrays.binarySearch(indexes, 0, count, index);
        if (at >= 0) {
            System.arraycopy(indexes, at + 1, indexes, at, count - at - 1);
            count--;
        }
        return count == 0;
    }
}
