package praline.node.engine;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;

/**
 * How often each bound acted (spec/hardening.md L2). The keys are the configuration keys of the limits, so there are no
 * more of them than limits; most nodes never meet one, and then this takes next to no memory.
 */
public final class LimitHits {

    private static final String[] NO_KEYS = {};
    private static final long[] NO_COUNTS = {};

    private String[] keys = NO_KEYS;
    private long[] counts = NO_COUNTS;

    /**
     * Notes that the bound {@code limitKey} dropped, refused or closed something once more. True: for the first time.
     */
    public boolean hit(String limitKey) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(limitKey)) {
                counts[i]++;
                return false;
            }
        }
        keys = Arrays.copyOf(keys, keys.length + 1);
        counts = Arrays.copyOf(counts, counts.length + 1);
        keys[keys.length - 1] = limitKey;
        counts[counts.length - 1] = 1;
        return true;
    }

    /** How often any bound acted. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** All bounds that ever acted, in the order in which they first did. */
    public ImmutableMap<String, Long> all() {
        ImmutableMap.Builder<String, Long> all = ImmutableMap.builder();
        for (int i = 0; i < keys.length; i++) {
            all.put(keys[i], counts[i]);
        }
        return all.buildOrThrow();
    }
}
