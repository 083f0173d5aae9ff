package praline.supernode.index;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A hash table of numbers that stand for something that is kept elsewhere, in little more memory than the numbers
 * themselves. Open addressing, linear probing; a removal moves later entries up, so there are no tombstones. Hashes
 * must be mixed with a seed that strangers do not know (spec/hardening.md R2).
 */
final class IntTable {

    /** What {@link #find} says when nothing matches, and what may not be put in. */
    static final int NONE = -1;

    private static final int CAPACITY_MIN = 5;

    private final IntUnaryOperator hashOf;
    /** One more than the value; 0: nothing. */
    private ShortNumbers cells = new ShortNumbers(0);

    private int count;

    /** @param hashOf the hash of a value that is in the table; the same for as long as it is in */
    IntTable(IntUnaryOperator hashOf) {
        this.hashOf = hashOf;
    }

    /** The value with this hash that matches, or {@link #NONE}. */
    int find(int hash, IntPredicate matches) {
        int at = indexOf(hash, matches);
        return at < 0 ? NONE : value(at);
    }

    /** Puts a value in that is not there yet. */
    void add(int hash, int value) {
        if (4 * (count + 1) > 3 * cells.count()) {
            resize(Math.max(CAPACITY_MIN, 2 * count));
        }
        insert(hash, value);
        count++;
    }

    /** Takes a value out that is there. */
    void remove(int hash, int value) {
        int hole = indexOf(hash, candidate -> candidate == value);
        int capacity = cells.count();
        for (int at = next(hole); value(at) != NONE; at = next(at)) {
            int home = home(hashOf.applyAsInt(value(at)));
            boolean mayMove = Math.floorMod(at - home, capacity) >= Math.floorMod(at - hole, capacity);
            if (mayMove) {
                cells.set(hole, value(at) + 1);
                hole = at;
            }
        }
        cells.set(hole, 0);
        count--;
        if (count < capacity / 4) {
            resize(Math.max(CAPACITY_MIN, count * 2));
        }
    }

    /** Gives back what was taken in advance. */
    void trim() {
        resize(count + count / 4 + 1);
    }

    private int indexOf(int hash, IntPredicate matches) {
        if (count == 0) {
            return -1;
        }
        int at = home(hash);
        for (int value = value(at); value != NONE; value = value(at)) {
            if (matches.test(value)) {
                return at;
            }
            at = next(at);
        }
        return -1;
    }

    private void insert(int hash, int value) {
        int at = home(hash);
        while (value(at) != NONE) {
            at = next(at);
        }
        cells.set(at, value + 1);
    }

    private int value(int at) {
        return cells.get(at) - 1;
    }

    private int home(int hash) {
        return (int) ((Integer.toUnsignedLong(hash) * cells.count()) >>> 32);
    }

    private int next(int at) {
        return at + 1 == cells.count() ? 0 : at + 1;
    }

    private void resize(int capacity) {
        if (capacity == cells.count()) {
            return;
        }
        ShortNumbers old = cells;
        cells = new ShortNumbers(capacity);
        for (int i = 0; i < old.count(); i++) {
            int value = old.get(i) - 1;
            if (value != NONE) {
                insert(hashOf.applyAsInt(value), value);
            }
        }
    }
}
