package praline.node.swarm;

import praline.node.engine.DialRules;
import praline.node.engine.Profile;
import praline.node.engine.TokenBucket;
import praline.protocol.Endpoint;

/**
 * How a node takes part in swarms. What people want to compare can be chosen: picker, choker, slots and intervals.
 *
 * @param self where it listens; never a peer of its own
 * @param profile how careful it is with addresses
 * @param picker in which order pieces are asked for
 * @param choker to whom blocks are given
 * @param slots how many interested peers are unchoked for what they give, 1 or more
 * @param optimisticSlots how many more are unchoked by chance, 0 or more
 * @param roundMillis how often it is decided anew who is unchoked
 * @param optimisticMillis how long a chance lasts
 * @param upRate payload bytes a second that it gives, all torrents together; {@link #UNLIMITED}
 * @param downRate payload bytes a second that it takes, all torrents together; {@link #UNLIMITED}
 * @param limits its bounds
 */
public record SwarmConfig(
        Endpoint self,
        Profile profile,
        Picking picker,
        Choking choker,
        int slots,
        int optimisticSlots,
        int roundMillis,
        int optimisticMillis,
        long upRate,
        long downRate,
        SwarmLimits limits) {

    private static final int LAB_SPEED = 100;

    /** No limit on a rate. */
    public static final long UNLIMITED = TokenBucket.UNLIMITED;

    /** In which order pieces are asked for. */
    public enum Picking {
        /** Some at random first, then those that the fewest peers have (Cohen 2003). */
        RAREST,
        RANDOM,
        /** From the first to the last, for those who look at a file while it comes. */
        SEQUENTIAL
    }

    /** To whom blocks are given. */
    public enum Choking {
        /** Who gives most gets, and one by chance (Cohen 2003). */
        TIT_FOR_TAT,
        /** Who takes fastest gets. */
        FASTEST,
        /** Everybody in turn. */
        ROUND_ROBIN
    }

    /** The same, for a node that listens at {@code here}. */
    public SwarmConfig at(Endpoint here, Profile itsProfile, SwarmLimits itsLimits) {
        return new SwarmConfig(
                here,
                itsProfile,
                picker,
                choker,
                slots,
                optimisticSlots,
                roundMillis,
                optimisticMillis,
                upRate,
                downRate,
                itsLimits);
    }

    /** The same, but for the payload bytes a second that it gives and takes. */
    public SwarmConfig withRates(long up, long down) {
        return new SwarmConfig(
                self, profile, picker, choker, slots, optimisticSlots, roundMillis, optimisticMillis, up, down, limits);
    }

    /** The same, but for the order in which pieces are asked for. */
    public SwarmConfig withPicker(Picking other) {
        return new SwarmConfig(
                self,
                profile,
                other,
                choker,
                slots,
                optimisticSlots,
                roundMillis,
                optimisticMillis,
                upRate,
                downRate,
                limits);
    }

    /** As the textbooks have it: rarest first, four slots for 10 s by tit-for-tat and one by chance for 30 s. */
    public static SwarmConfig standard(Endpoint self, Profile profile) {
        return new SwarmConfig(
                self,
                profile,
                Picking.RAREST,
                Choking.TIT_FOR_TAT,
                4,
                1,
                10_000,
                30_000,
                UNLIMITED,
                UNLIMITED,
                SwarmLimits.STANDARD);
    }

    /** How long to wait where a stranger would wait {@code millis}: in a laboratory a hundredth of it. */
    int pause(int millis) {
        return isLaboratory() ? Math.max(1, millis / LAB_SPEED) : millis;
    }

    /** Rules for one node's dials, none of which has happened yet. */
    DialRules dialRules() {
        SwarmLimits.Known known = limits.known();
        return DialRules.of(
                profile,
                new DialRules.Bounds(known.portsPerAddress(), known.dialsPerAddress(), known.dialWindowMillis()));
    }

    boolean isLaboratory() {
        return profile == Profile.LAB || profile == Profile.EXPERIMENT;
    }
}
