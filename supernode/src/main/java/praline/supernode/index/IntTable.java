package praline.supernode.index;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A hash table of numbers that stand for something that is kept elsewhere, at about six bytes a number. Open
 * addressing, linear probing; a removal moves later entries up, so there are no tombstones. Hashes must be mixed with a
 * seed that strangers do not know (spec/hardening.md R2).
 */
final class IntTable {

    /** What {@link #find} says when nothing matches, and what may not be put in. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int CAPACITY_MIN = 5;

    private final IntUnaryOperator hashOf;
    private int[] values = new int[0];
    private int count;

    /** @param hashOf the hash of a value that is in the table; the same for as long as it is in */
    IntTable(IntUnaryOperator hashOf) {
        this.hashOf = hashOf;
    }

    /** The value with this hash that matches, or {@link #NONE}. */
    int find(int hash, IntPredicate matches) {
        int at = indexOf(hash, matches);
        return at < 0 ? NONE : values[at];
    }

    /** Puts a value in that is not there yet. */
    void add(int hash, int value) {
        if (4 * (count + 1) > 3 * values.length) {
            resize(Math.max(CAPACITY_MIN, values.length + values.length * 2 / 5));
        }
        insert(hash, value);
        count++;
    }

    /** Puts {@code value} in the place of {@code old}, which is there and has the same hash. */
    void replace(int hash, int old, int value) {
        values[indexOf(hash, candidate -> candidate == old)] = value;
    }

    /** Takes a value out that is there. */
    void remove(int hash, int value) {
        int hole = indexOf(hash, candidate -> candidate == value);
        int capacity = values.length;
        for (int at = next(hole); values[at] != NONE; at = next(at)) {
            int home = home(hashOf.applyAsInt(values[at]));
            boolean mayMove = Math.floorMod(at - home, capacity) >= Math.floorMod(at - hole, capacity);
            if (mayMove) {
                values[hole] = values[at];
                hole = at;
            }
        }
        values[hole] = NONE;
        count--;
        if (count < values.length / 4) {
            resize(Math.max(CAPACITY_MIN, count * 2));
        }
    }

    /** Gives back what was taken in advance. */
    void trim() {
        resize(count + count / 8 + 1);
    }

    private int indexOf(int hash, IntPredicate matches) {
        if (count == 0) {
            return -1;
        }
        for (int at = home(hash); values[at] != NONE; at = next(at)) {
            if (matches.test(values[at])) {
                return at;
            }
        }
        return -1;
    }

    private void insert(int hash, int value) {
        int at = home(hash);
        while (values[at] != NONE) {
            at = next(at);
        }
        values[at] = value;
    }

    private int home(int hash) {
        return (int) ((Integer.toUnsignedLong(hash) * values.length) >>> 32);
    }

    private int next(int at) {
        return at + 1 == values.length ? 0 : at + 1;
    }

    private void resize(int capacity) {
        if (capacity == values.length) {
            return;
        }
        int[] old = values;
        values = new int[capacity];
        Arrays.fill(values, NONE);
        for (int value : old) {
            if (value != NONE) {
                insert(hashOf.applyAsInt(value), value);
            }
        }
    }
}
