package praline.node.retrieval;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Map;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of getting contents, and of looking for those who have them (spec/hardening.md S10). */
@Immutable
public record RetrievalLimits(
        @Limit(standard = 64, min = 1, max = 1_000, unit = "contents", reason = "got at the same time")
        int active,

        @Limit(
                standard = 200,
                min = 1,
                max = 10_000,
                unit = "sources",
                reason = "kept in mind of one content; a swarm finds more by itself")
        int sources,

        @Limit(
                standard = 4,
                min = 1,
                max = 100,
                unit = "torrents",
                reason = "that hits may name for one content, where only one is right")
        int torrents,

        @Limit(
                standard = 30_000,
                min = 100,
                max = 3_600_000,
                unit = "ms",
                reason = "a torrent of which nobody tells what it consists of waits behind other ways")
        int describeMillis,

        @Limit(
                standard = 4,
                min = 1,
                max = 1_000,
                unit = "sources",
                reason = "with fewer, more are looked for while the bytes come")
        int enough,

        @Limit(
                standard = 60_000,
                min = 1_000,
                max = 3_600_000,
                unit = "ms",
                reason = "without a byte before it is searched again; doubled each time (S10)")
        int searchMillis,

        @Limit(
                standard = 1_800_000,
                min = 1_000,
                max = 86_400_000,
                unit = "ms",
                reason = "the longest pause between two searches (S10)")
        int searchMillisMax,

        @Limit(
                standard = 100,
                min = 1,
                max = 1_000,
                unit = "torrents",
                reason = "that stay open when they are done; of older ones the file is opened when a peer comes")
        int seeding) {

    /** The key of each limit begins with the name of this one component. */
    @Immutable
    public record Group(RetrievalLimits retrieval) {}

    /** Every limit at its standard value. */
    public static final RetrievalLimits STANDARD = Limits.standard(Group.class).retrieval();

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(Group.class);
    }

    /** Standard values but for {@code overrides}; see {@link Limits#with}. */
    public static RetrievalLimits with(Map<String, Long> overrides) {
        return Limits.with(Group.class, overrides).retrieval();
    }
}
