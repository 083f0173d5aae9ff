package praline.protocol;

import java.util.random.RandomGenerator;

/**
 * The generator behind every random decision of an engine or an experiment: SplitMix64, with the streams of
 * {@code spec/experiments.md} section 0.
 *
 * <p>Two rules keep a run a function of its seed. Each purpose has a stream of its own, so that one draw more for one
 * purpose does not shift the others. And where a result depends on a bounded draw, it is made by {@link #below}, whose
 * definition is written down, rather than by {@link #nextInt(int)}, whose algorithm belongs to the JDK.
 */
public final class SplitMix64 implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long STREAM_FACTOR = 1_000_003;
    /** Purposes 1 to 7 are the experiment's own streams; 8 is the family of the engines' streams. */
    private static final int ENGINES = 8;

    private long state;

    /** A generator whose first output is the mix of {@code state} plus one step. */
    public SplitMix64(long state) {
        this.state = state;
    }

    /** The stream of one purpose within an experiment, for example 1 for the topology. */
    public static SplitMix64 stream(long seed, int purpose) {
        return new SplitMix64(seed * STREAM_FACTOR + purpose);
    }

    /** The stream of one engine (0 to 7) of one node. */
    public static SplitMix64 engineStream(long seed, long node, int engine) {
        return new SplitMix64(mix(seed * STREAM_FACTOR + ENGINES) ^ mix(node * 8 + engine));
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** What {@link #nextLong} gives next; nothing is drawn. Two streams that agree in it stand at the same place. */
    public long peek() {
        return mix(state + GOLDEN_GAMMA);
    }

    /** A number from 0 to {@code bound - 1}; {@code bound} is at least 1. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, but is " + bound);
        }
        return (int) (((nextLong() >>> 33) * bound) >>> 31);
    }

    /** A number in [0, 1) with 53 random bits. */
    public double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
