package praline.lab.workload;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import praline.protocol.SplitMix64;

/**
 * Who shares which objects (spec/experiments.md section 3, workload W): a few peers share most, many share nothing
 * (profile 25, after Saroiu), and a popular object is shared by many. Objects have numbers only, by popularity.
 */
public final class Workload {

    /** So that runs of ten thousand nodes stay small; every table that uses it says so. */
    public static final int DIVISOR = 10;

    /** Of requests and of copies. */
    public static final double EXPONENT = 0.82;

    private static final int OBJECTS_PER_PEER = 10;
    private static final int OBJECTS_MAX = 100_000;
    private static final int CONTENT_STREAM = 7;

    /** The shares of peers that share nothing, 1 to 100, 100 to 1,000 and 1,000 to 10,000 files, cumulated. */
    private static final double NOTHING = 0.25;

    private static final ImmutableList<Segment> SEGMENTS = ImmutableList.of(
            new Segment(NOTHING, 0.75, 1, 100),
            new Segment(0.75, 0.93, 100, 1_000),
            new Segment(0.93, 1, 1_000, 10_000));

    private final Zipf popularity;
    private final ImmutableList<ImmutableIntArray> holders;

    /** Peers from the share {@code from} to the share {@code until} have {@code least} to {@code most} files. */
    private record Segment(double from, double until, double least, double most) {

        int count(double drawn) {
            double within = (drawn - from) / (until - from);
            double log = StrictMath.log(least) + within * (StrictMath.log(most) - StrictMath.log(least));
            return (int) (StrictMath.exp(log) / DIVISOR);
        }
    }

    private Workload(Zipf popularity, ImmutableList<ImmutableIntArray> holders) {
        this.popularity = popularity;
        this.holders = holders;
    }

    /** What {@code peers} peers share, numbered from 0. */
    public static Workload draw(int peers, long seed) {
        int objects = Math.min(OBJECTS_PER_PEER * peers, OBJECTS_MAX);
        Zipf popularity = new Zipf(objects, EXPONENT);
        SplitMix64 random = SplitMix64.stream(seed, CONTENT_STREAM);
        List<ImmutableIntArray.Builder> holders = new ArrayList<>(objects);
        for (int object = 0; object < objects; object++) {
            holders.add(ImmutableIntArray.builder(1));
        }
        for (int peer = 0; peer < peers; peer++) {
            BitSet shared = new BitSet();
            int count = Math.min(fileCount(random), objects);
            while (shared.cardinality() < count) {
                shared.set(popularity.draw(random));
            }
            int holder = peer;
            shared.stream().forEach(object -> holders.get(object).add(holder));
        }
        return new Workload(
                popularity,
                holders.stream().map(ImmutableIntArray.Builder::build).collect(ImmutableList.toImmutableList()));
    }

    /** Different objects, whether anybody shares them or not. */
    public int objectCount() {
        return holders.size();
    }

    /** The peers that share an object, in ascending order. */
    public ImmutableIntArray holders(int object) {
        return holders.get(object);
    }

    /** An object that somebody asks for: a popular one more often. */
    public int wanted(SplitMix64 random) {
        return popularity.draw(random);
    }

    /** One of the objects {@code from} to {@code until - 1}, at least one. */
    public int wanted(SplitMix64 random, int from, int until) {
        return popularity.draw(random, from, until);
    }

    private static int fileCount(SplitMix64 random) {
        double drawn = random.unit();
        for (Segment segment : SEGMENTS) {
            if (drawn >= segment.from && drawn < segment.until) {
                return segment.count(drawn);
            }
        }
        return 0;
    }
}
