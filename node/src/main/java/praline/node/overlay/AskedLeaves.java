package praline.node.overlay;

import praline.protocol.Guid;

/**
 * Which leaf was sent which query, so that a hit of a leaf is taken only if it was (spec/hardening.md R5). Each pair is
 * a fingerprint of 64 bits under a seed that strangers do not know. Bounded: there are two generations, and when the
 * younger one is full the older one is forgotten.
 */
final class AskedLeaves {

    private static final int CAPACITY_MIN = 16;
    private static final long[] NONE = {};

    private final long seed;
    private final int pairsMax;
    private long[] young = NONE;
    private long[] old = NONE;
    private int count;

    /** @param pairsMax that one generation holds, 1 or more */
    AskedLeaves(long seed, int pairsMax) {
        this.seed = seed;
        this.pairsMax = pairsMax;
    }

    void add(Guid query, int leafId) {
        if (count >= pairsMax) {
            old = young;
            young = new long[young.length];
            count = 0;
        }
        if (2 * count >= young.length) {
            grow();
        }
        put(young, fingerprint(query, leafId));
        count++;
    }

    boolean contains(Guid query, int leafId) {
        long pair = fingerprint(query, leafId);
        return contains(young, pair) || contains(old, pair);
    }

    private void grow() {
        long[] grown = new long[Math.max(CAPACITY_MIN, 2 * young.length)];
        for (long pair : young) {
            if (pair != 0) {
                put(grown, pair);
            }
        }
        young = grown;
    }

    private static void put(long[] table, long pair) {
        int mask = table.length - 1;
        int at = (int) (pair >>> 32) & mask;
        while (table[at] != 0 && table[at] != pair) {
            at = (at + 1) & mask;
        }
        table[at] = pair;
    }

    private static boolean contains(long[] table, long pair) {
        if (table.length == 0) {
            return false;
        }
        int mask = table.length - 1;
        int at = (int) (pair >>> 32) & mask;
        while (table[at] != 0 && table[at] != pair) {
            at = (at + 1) & mask;
        }
        return table[at] == pair;
    }

    /** Never 0, which means free. */
    private long fingerprint(Guid query, int leafId) {
        long mixed = (query.high() ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = ((mixed ^ mixed >>> 32) + query.low()) * 0xBF58476D1CE4E5B9L;
        mixed = ((mixed ^ mixed >>> 29) + leafId) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) | 1;
    }
}
