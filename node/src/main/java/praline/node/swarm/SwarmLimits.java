package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of taking part in swarms (spec/hardening.md section 5, C3, C4). */
@Immutable
public record SwarmLimits(Swarm swarm) {

    /** Every limit at its standard value. */
    public static final SwarmLimits STANDARD = Limits.standard(SwarmLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(SwarmLimits.class);
    }

    /** One node's torrents and their peers. */
    @Immutable
    public record Swarm(
            @Limit(
                    standard = 50,
                    min = 2,
                    max = 10_000,
                    unit = "links",
                    reason = "peers of one torrent; more do not make it faster (ANA 50)")
            int linksPerTorrent,

            @Limit(standard = 200, min = 2, max = 100_000, unit = "links", reason = "peers of all torrents (LT 200)")
            int links) {}
}
