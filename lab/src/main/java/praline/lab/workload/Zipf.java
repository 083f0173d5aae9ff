package praline.lab.workload;

import java.util.Arrays;
import praline.protocol.SplitMix64;

/** Chances that fall with the rank: that of rank i, counted from 0, is proportional to 1 / (i + 1)^exponent. */
public final class Zipf {

    /** Of each rank and all before it, together. */
    private final double[] cumulated;

    /**
     * @param ranks how many, 1 or more
     * @param exponent 0 or more; 0: all alike
     */
    public Zipf(int ranks, double exponent) {
        cumulated = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += StrictMath.pow(rank + 1.0, -exponent);
            cumulated[rank] = sum;
        }
    }

    /** Draws a rank, by one number of {@code random}. */
    public int draw(SplitMix64 random) {
        return draw(random, 0, cumulated.length);
    }

    /** Draws one of the ranks {@code from} to {@code until - 1}, at least one, by their chances among each other. */
    public int draw(SplitMix64 random, int from, int until) {
        double below = from == 0 ? 0 : cumulated[from - 1];
        double drawn = below + random.unit() * (cumulated[until - 1] - below);
        int found = Arrays.binarySearch(cumulated, from, until, drawn);
        // What is drawn exactly on a border belongs to the rank above it.
        return Math.min(found >= 0 ? found + 1 : -found - 1, until - 1);
    }

    /** The share of all chances that the first {@code ranks} have together. */
    public double share(int ranks) {
        return ranks == 0 ? 0 : cumulated[ranks - 1] / cumulated[cumulated.length - 1];
    }
}
