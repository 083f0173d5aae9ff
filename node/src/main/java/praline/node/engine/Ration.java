package praline.node.engine;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Grants something so many times per key in any stretch of time, for keys that strangers choose. What it remembers is
 * bounded: while it is full of keys that were granted something of late, no other key is granted anything.
 *
 * @param <K> compared by its value; in order, so that chosen keys that collide cost little (spec/hardening.md R2)
 */
public final class Ration<K extends Comparable<K>> {

    private final int each;
    private final long periodMillis;
    private final int keysMax;
    /** The key whose last grant is oldest comes first. */
    private final Map<K, Grants> granted = new LinkedHashMap<>(0);

    /** When the last grants of one key were: a ring, so that the next one to be written is the oldest. */
    private static final class Grants {
        private final long[] at;
        private int next;

        Grants(int each) {
            at = new long[each];
            Arrays.fill(at, Long.MIN_VALUE);
        }

        long oldest() {
            return at[next];
        }

        long newest() {
            return at[(next + at.length - 1) % at.length];
        }

        void add(long now) {
            at[next] = now;
            next = (next + 1) % at.length;
        }
    }

    /**
     * A ration of which nothing is taken yet.
     *
     * @param each grants per key, 1 or more
     * @param periodMillis the stretch of time
     * @param keysMax keys that are remembered at a time, 1 or more
     */
    public Ration(int each, long periodMillis, int keysMax) {
        this.each = each;
        this.periodMillis = periodMillis;
        this.keysMax = keysMax;
    }

    /** Whether {@code key} is granted one more at {@code now}; then it counts. */
    public boolean take(K key, long now) {
        Grants grants = granted.remove(key);
        if (grants == null) {
            grants = new Grants(each);
            if (granted.size() >= keysMax && !forgetOldest(now)) {
                return false;
            }
        }
        boolean isFree = isOver(grants.oldest(), now);
        if (isFree) {
            grants.add(now);
        }
        granted.put(key, grants);
        return isFree;
    }

    private boolean forgetOldest(long now) {
        Iterator<Grants> oldest = granted.values().iterator();
        boolean isForgotten = isOver(oldest.next().newest(), now);
        if (isForgotten) {
            oldest.remove();
        }
        return isForgotten;
    }

    private boolean isOver(long at, long now) {
        return at == Long.MIN_VALUE || now - at >= periodMillis;
    }
}
