package praline.supernode.index;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import praline.node.overlay.LeafIndex;

/**
 * Those who have one content, of whom an answer names a few: each of them as likely as any other, however many copies
 * it publishes and whatever its number is, and few of one network. So who wants to be named often needs many addresses
 * in many networks (spec/hardening.md I4).
 *
 * <p>Each query gives all leaves an order of its own, and names the first.
 */
final class Sources {

    /** One copy, and the place of its leaf in the order. */
    private record Copy(long rank, int leaf, int document) {}

    private final IndexLimits limits;
    private final DocumentSpace space;
    private final IntToLongFunction networkOf;
    private final long draw;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * @param networkOf the network of a leaf, see {@link LeafIndex#open(long)}
     * @param draw makes the order; strangers cannot tell which
     */
    Sources(IndexLimits limits, DocumentSpace space, IntToLongFunction networkOf, long draw) {
        this.limits = limits;
        this.space = space;
        this.networkOf = networkOf;
        this.draw = draw;
    }

    /** Takes a live document in. False: so many were looked at that it must do. */
    boolean add(int document) {
        int leaf = space.owner(document).leaf();
        copies.add(new Copy(mixed(leaf), leaf, document));
        return copies.size() < limits.recordsRead();
    }

    /** All copies of the leaves that are drawn. */
    ImmutableIntArray sample() {
        copies.sort(Comparator.comparingLong(Copy::rank)
                .thenComparingInt(Copy::leaf)
                .thenComparingInt(Copy::document));
        Map<Long, Integer> perNetwork = new LinkedHashMap<>();
        ImmutableIntArray.Builder sample = ImmutableIntArray.builder();
        int leaves = 0;
        int last = LeafIndex.NO_LEAF;
        boolean isDrawn = false;
        for (Copy copy : copies) {
            if (copy.leaf() != last) {
                last = copy.leaf();
                isDrawn = leaves < limits.sources() && hasRoom(perNetwork, networkOf.applyAsLong(last));
                leaves += isDrawn ? 1 : 0;
            }
            if (isDrawn) {
                sample.add(copy.document());
            }
        }
        return sample.build();
    }

    private boolean hasRoom(Map<Long, Integer> perNetwork, long network) {
        return network == LeafIndex.NO_NETWORK
                || perNetwork.merge(network, 1, Integer::sum) <= limits.sourcesPerNetwork();
    }

    private long mixed(int leaf) {
        long mixed = (draw + leaf * 0x9E3779B97F4A7C15L);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
