package praline.supernode.tracker;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of a tracker: what it remembers, for how long, and what one request may cost (spec/hardening.md I8). */
@Immutable
public record TrackerLimits(
        @Limit(
                standard = 20_000,
                min = 1,
                max = 1_000_000,
                unit = "swarms",
                reason = "when there are more, the one that nobody has announced to for longest is forgotten")
        int swarms,

        @Limit(
                standard = 1_000,
                min = 1,
                max = 10_000,
                unit = "peers",
                reason = "of one swarm, and as many leaves; the one that has not announced for longest is forgotten")
        int peers,

        @Limit(
                standard = 200_000,
                min = 1,
                max = 10_000_000,
                unit = "peers",
                reason = "of all swarms, which is some 40 MB: 20,000 full ones would take the whole heap")
        int peersOfAll,

        @Limit(
                standard = 16,
                min = 1,
                max = Integer.MAX_VALUE,
                unit = "peers",
                reason = "of one swarm at one address, or one host could push everybody else out by its ports")
        int peersPerAddress,

        @Limit(
                standard = 200,
                min = 1,
                max = 200,
                unit = "peers",
                reason = "named in one answer, whatever is asked for; so many of IPv4 fit into one datagram")
        int named,

        @Limit(
                standard = 50,
                min = 1,
                max = 200,
                unit = "peers",
                reason = "named to whoever does not say how many, as others do")
        int namedUnasked,

        @Limit(
                standard = 600,
                min = 1,
                max = 86_400,
                unit = "s",
                reason = "until the next announcement; shorter than usual, because peers come and go")
        int intervalSeconds,

        @Limit(
                standard = 60,
                min = 1,
                max = 86_400,
                unit = "s",
                reason = "what a peer that is short of others has to wait")
        int minIntervalSeconds,

        @Limit(
                standard = 1_260,
                min = 2,
                max = 259_200,
                unit = "s",
                reason = "two intervals and a minute: who is silent for so long is gone")
        int expirySeconds,

        @Limit(
                standard = 120,
                min = 2,
                max = 3_600,
                unit = "s",
                reason = "how long a connection id of UDP can live; it proves that its holder is where it says")
        int connectionSeconds,

        @Limit(
                standard = 100,
                min = 1,
                max = 1_000_000,
                unit = "requests/s",
                reason = "of one address; a household with many torrents stays far below it")
        int requestsPerSecond,

        @Limit(
                standard = 10_000,
                min = 1,
                max = 1_000_000,
                unit = "addresses",
                reason = "whose requests are counted within one second; who comes after them is refused")
        int askers) {

    /** The key of each limit begins with the name of this one component. */
    @Immutable
    public record Group(TrackerLimits tracking) {}

    /** Every limit at its standard value. */
    public static final TrackerLimits STANDARD = Limits.standard(Group.class).tracking();

    private static final long LAB_RATE = 100;
    private static final long LAB_INTERVAL_SECONDS = 30;
    private static final long LAB_MIN_INTERVAL_SECONDS = 5;
    /** More than the 300 s before which libtorrent does not announce again, whatever it is told. */
    private static final long LAB_EXPIRY_SECONDS = 400;

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(Group.class);
    }

    /**
     * The limits of a profile, but for {@code overrides} as in {@link Limits#with}: in a laboratory all peers may share
     * one address and nobody waits long, and on a private network rules per address are four times as wide
     * (spec/hardening.md L5). Memory is bounded in all of them.
     */
    public static TrackerLimits of(Profile profile, Map<String, Long> overrides) {
        Map<String, Long> values = new LinkedHashMap<>(standard(profile));
        values.putAll(overrides);
        return Limits.with(Group.class, values).tracking();
    }

    private static ImmutableMap<String, Long> standard(Profile profile) {
        return switch (profile) {
            case INTERNET -> ImmutableMap.of();
            case LAN -> ImmutableMap.of("limits.tracking.peersPerAddress", 4L * STANDARD.peersPerAddress());
            case LAB, EXPERIMENT ->
                ImmutableMap.of(
                        "limits.tracking.peersPerAddress", (long) Integer.MAX_VALUE,
                        "limits.tracking.intervalSeconds", LAB_INTERVAL_SECONDS,
                        "limits.tracking.minIntervalSeconds", LAB_MIN_INTERVAL_SECONDS,
                        "limits.tracking.expirySeconds", LAB_EXPIRY_SECONDS,
                        "limits.tracking.requestsPerSecond", LAB_RATE * STANDARD.requestsPerSecond());
        };
    }
}
