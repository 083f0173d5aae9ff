package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import java.util.Map;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/**
 * The bounds of a leader's index: what leaves may publish, and what queries may cost and are told (spec/hardening.md
 * I1, I4 and I7).
 */
@Immutable
public record IndexLimits(
        @Limit(
                standard = 100_000,
                min = 1,
                max = 10_000_000,
                unit = "records",
                reason = "one leaf must not fill the index; a large collection has tens of thousands of files")
        int leafRecords,

        @Limit(
                standard = 16 << 20,
                min = 1_024,
                max = 1 << 30,
                unit = "bytes",
                reason = "one leaf's records, in which each name counts twice because its words are kept apart")
        int leafBytes,

        @Limit(
                standard = 256 << 20,
                min = 1_024,
                max = 1L << 40,
                unit = "bytes",
                reason = "the records of all leaves, counted in the same way")
        long nodeBytes,

        @Limit(
                standard = 2_000,
                min = 1,
                max = Integer.MAX_VALUE,
                unit = "records/s",
                reason = "a leaf that publishes faster than people change files is at war")
        int recordsPerSecond,

        @Limit(
                standard = 20_000,
                min = 256,
                max = Integer.MAX_VALUE,
                unit = "records",
                reason = "a leaf that joins tells most of its files at once; never less than one batch")
        int recordsAtOnce,

        @Limit(
                standard = 64,
                min = 1,
                max = 255,
                unit = "words",
                reason = "of one name; what follows is not found by keywords")
        int words,

        @Limit(
                standard = 32,
                min = 8,
                max = 128,
                unit = "bytes",
                reason = "of one word in the dictionary; longer ones are told apart by the names")
        int word,

        @Limit(
                standard = 1_024,
                min = 1,
                max = 1_000_000,
                unit = "words",
                reason = "words that one word of a query stands for as their beginning; a vaguer one is only compared")
        int expansion,

        @Limit(
                standard = 4_096,
                min = 16,
                max = 1_000_000,
                unit = "records",
                reason = "read to answer one query: names, where the dictionary cannot decide, and copies of a content")
        int recordsRead,

        @Limit(
                standard = 4,
                min = 1,
                max = 255,
                unit = "hops",
                reason = "a query that came so far has asked many others, as in LimeWire")
        int far,

        @Limit(
                standard = 10,
                min = 1,
                max = Integer.MAX_VALUE,
                unit = "records",
                reason = "to a query that came far, as in LimeWire")
        int farAnswer,

        @Limit(
                standard = 50,
                min = 1,
                max = 1_000_000,
                unit = "leaves",
                reason = "named to who asks for one hash: enough to fetch from, and copies that lie gain little")
        int sources,

        @Limit(
                standard = 2,
                min = 1,
                max = 1_000_000,
                unit = "leaves",
                reason = "of them in one network of 256 addresses, of which one liar has many; on the internet only")
        int sourcesPerNetwork,

        @Limit(
                standard = 250,
                min = 1,
                max = 100_000,
                unit = "records",
                reason = "cleared away in one turn, which takes at most 5 ms")
        int purged) {

    /** The key of each limit begins with the name of this one component. */
    @Immutable
    public record Group(IndexLimits index) {}

    /** Every limit at its standard value. */
    public static final IndexLimits STANDARD = Limits.standard(Group.class).index();

    private static final long LAB_RATE = 100;

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(Group.class);
    }

    /** Standard values but for {@code overrides}; see {@link Limits#with}. */
    public static IndexLimits with(Map<String, Long> overrides) {
        return Limits.with(Group.class, overrides).index();
    }

    /**
     * The limits of a profile: a laboratory publishes a hundred times as fast, and an experiment is not bounded where a
     * bound would change what it measures (spec/hardening.md L5). Memory is bounded in all of them.
     */
    public static IndexLimits of(Profile profile) {
        return switch (profile) {
            case INTERNET, LAN -> STANDARD;
            case LAB ->
                with(ImmutableMap.of(
                        "limits.index.recordsPerSecond", LAB_RATE * STANDARD.recordsPerSecond(),
                        "limits.index.recordsAtOnce", LAB_RATE * STANDARD.recordsAtOnce()));
            case EXPERIMENT -> experiment();
        };
    }

    private static IndexLimits experiment() {
        IndexLimits widest = Limits.maximum(Group.class).index();
        return with(ImmutableMap.of(
                "limits.index.recordsPerSecond", (long) widest.recordsPerSecond(),
                "limits.index.recordsAtOnce", (long) widest.recordsAtOnce(),
                "limits.index.recordsRead", (long) widest.recordsRead(),
                "limits.index.farAnswer", (long) widest.farAnswer(),
                "limits.index.sources", (long) widest.sources()));
    }
}
