package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.SetMultimap;
import java.util.stream.IntStream;
import praline.protocol.SplitMix64;

/**
 * Which node of a cluster shares which of some files. Every file has at least one holder; the others follow popularity,
 * which is Zipf's law with the exponent of spec/experiments.md section 3, over files in a drawn order.
 *
 * @param filesOf for each node's number the files that it shares, by their place in the list that was spread
 */
public record FileSpread(ImmutableListMultimap<Integer, Integer> filesOf) {

    private static final double POPULARITY_EXPONENT = 0.82;
    /** Copies besides the first of each file, for each node of the cluster. */
    private static final int COPIES_PER_NODE = 4;
    /** The stream of chance for files (spec/experiments.md section 0). */
    private static final int FILES_STREAM = 7;

    /** Spreads {@code fileCount} files, 0 or more, over the nodes 1 to {@code nodeCount}. */
    public static FileSpread draw(int fileCount, int nodeCount, long seed) {
        SplitMix64 random = SplitMix64.stream(seed, FILES_STREAM);
        int[] byPopularity = shuffled(fileCount, random);
        double weights =
                IntStream.range(0, fileCount).mapToDouble(FileSpread::weight).sum();
        SetMultimap<Integer, Integer> files =
                MultimapBuilder.treeKeys().treeSetValues().build();
        for (int rank = 0; rank < fileCount; rank++) {
            int copies = 1 + (int) (COPIES_PER_NODE * nodeCount * weight(rank) / weights);
            for (int copy = Math.min(copies, nodeCount); copy > 0; copy--) {
                int node = 1 + random.below(nodeCount);
                while (!files.put(node, byPopularity[rank])) {
                    node = 1 + random.below(nodeCount);
                }
            }
        }
        return new FileSpread(ImmutableListMultimap.copyOf(files));
    }

    /** The files of the node with this number; often none in a large cluster with few files. */
    public ImmutableList<Integer> of(int number) {
        return filesOf.get(number);
    }

    private static double weight(int rank) {
        return Math.pow(rank + 1, -POPULARITY_EXPONENT);
    }

    private static int[] shuffled(int count, SplitMix64 random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int last = count - 1; last > 0; last--) {
            int chosen = random.below(last + 1);
            int swapped = order[last];
            order[last] = order[chosen];
            order[chosen] = swapped;
        }
        return order;
    }
}
