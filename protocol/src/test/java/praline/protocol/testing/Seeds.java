package praline.protocol.testing;

import java.util.random.RandomGenerator;
import praline.protocol.SplitMix64;

/**
 * Checks a property over many seeds, each of which is a test of its own: its chance comes from nothing else.
 *
 * <pre>{@code
 * Seeds.check(20_000, random -> {
 *     Query query = randomQuery(random);
 *     assertEquals(query, decoded(encoded(query)));
 * });
 * }</pre>
 *
 * <p>A failure names the seed, and {@code -Dpraline.seed=14} runs it alone. {@code -Dpraline.seedBase=N} moves the
 * first seed, 1 by default, elsewhere: the continuous integration derives it from the commit, so that each run is new
 * and yet repeatable.
 */
public final class Seeds {
    private static final String ONLY = "praline.seed";
    private static final String BASE = "praline.seedBase";
    private static final String TIMES = "praline.seedTimes";

    /** What must hold for every seed; it draws from {@code random} alone and fails by throwing. */
    @FunctionalInterface
    public interface Property {
        void check(RandomGenerator random) throws Exception;
    }

    private Seeds() {}

    /**
     * Checks {@code property} for {@code count} seeds, at least one, and stops at the first that fails.
     *
     * @throws AssertionError if the property throws anything; it names the seed, and its cause is what was thrown
     */
    public static void check(int count, Property property) {
        if (count < 1) {
            throw new IllegalArgumentException("a property needs at least one seed, but got " + count);
        }
        Long only = Long.getLong(ONLY);
        if (only != null) {
            checkOne(only, property);
            return;
        }
        long base = Long.getLong(BASE, 1);
        for (long seed = base; seed < base + count; seed++) {
            checkOne(seed, property);
        }
    }

    /**
     * Checks a property that costs microseconds, as those of decoders do: {@code -Dpraline.seedTimes=50} makes 50 times
     * as many of its seeds, for long nights.
     */
    public static void checkMany(int count, Property property) {
        check(Math.multiplyExact(count, Integer.getInteger(TIMES, 1)), property);
    }

    /** The generator that {@link #check} hands to a property for this seed. */
    public static RandomGenerator generator(long seed) {
        return SplitMix64.stream(seed, 0);
    }

    private static void checkOne(long seed, Property property) {
        try {
            property.check(generator(seed));
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + "; alone: -D" + ONLY + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
