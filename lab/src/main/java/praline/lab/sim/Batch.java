package praline.lab.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that happens at one instant, in order: two arrays beside each other. A message stands with the link end that it
 * arrives at; anything else is an {@link Occurrence} without a link.
 */
final class Batch {

    private static final int CAPACITY_MIN = 16;
    private static final int INDEX_BITS = 24;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    @Nullable
    VirtualLink<?>[] links = new VirtualLink<?>[CAPACITY_MIN];

    @Nullable
    Object[] payloads = new Object[CAPACITY_MIN];

    int size;

    void add(@Nullable VirtualLink<?> link, Object payload) {
        if (size == links.length) {
            links = Arrays.copyOf(links, 2 * size);
            payloads = Arrays.copyOf(payloads, 2 * size);
        }
        links[size] = link;
        payloads[size] = payload;
        size++;
    }

    /** Lets go of everything. */
    void clear() {
        Arrays.fill(links, 0, size, null);
        Arrays.fill(payloads, 0, size, null);
        size = 0;
    }

    /**
     * Puts what stands at {@code from} and behind into an order that {@code salt} draws; what shares a link stays in
     * order.
     */
    void permute(int from, long salt) {
        int count = size - from;
        if (count > INDEX_MASK) {
            throw new IllegalStateException(count + " events at one instant are too many to permute");
        }
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (mixed(tieKey(from + i) ^ salt) & ~INDEX_MASK) | i;
        }
        Arrays.sort(order);
        VirtualLink<?>[] oldLinks = Arrays.copyOfRange(links, from, size);
        Object[] oldPayloads = Arrays.copyOfRange(payloads, from, size);
        for (int i = 0; i < count; i++) {
            links[from + i] = oldLinks[(int) (order[i] & INDEX_MASK)];
            payloads[from + i] = oldPayloads[(int) (order[i] & INDEX_MASK)];
        }
    }

    private long tieKey(int index) {
        VirtualLink<?> link = links[index];
        return link != null ? link.tieKey() : ((Occurrence) payloads[index]).tieKey();
    }

    private static long mixed(long key) {
        long z = key * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 32) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 29;
    }
}
