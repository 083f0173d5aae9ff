package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.DialRules;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** How a node finds supernodes, replaces lost ones and may become one (spec/hardening.md C4 and section 11). */
@Immutable
public record TierLimits(Hosts hosts, Roles roles) {

    /** Every limit at its standard value. */
    public static final TierLimits STANDARD = Limits.standard(TierLimits.class);

    private static final TierLimits LAB = Limits.with(TierLimits.class, hasty());
    private static final TierLimits EXPERIMENT = Limits.with(TierLimits.class, given());

    /** Whom to dial, and when. */
    @Immutable
    public record Hosts(
            @Limit(
                    standard = 4,
                    min = 1,
                    max = 32,
                    unit = "dials",
                    reason = "at once for a lost supernode; with 3, one leaf in 100 waits for 38 s where most are dead")
            int rehomeDials,

            @Limit(
                    standard = 4_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "without an answer, and another host is dialled beside this one")
            int rehomeMillis,

            @Limit(
                    standard = 500,
                    min = 1,
                    max = 60_000,
                    unit = "ms",
                    reason = "over which the leaves of a dead supernode spread their first dials")
            int rehomeJitterMillis,

            @Limit(
                    standard = 2_000,
                    min = 1,
                    max = 60_000,
                    unit = "ms",
                    reason = "over which nodes that start together spread their first dials to hosts of an earlier run")
            int restartJitterMillis,

            @Limit(
                    standard = 60_000,
                    min = 100,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "before a host that did not answer is dialled again; twice as long each time")
            int redialMillis,

            @Limit(
                    standard = 40_000,
                    min = 100,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "before a supernode that had no room is asked again: gtk-gnutella bans who comes sooner")
            int fullMillis,

            @Limit(
                    standard = 120_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "between dials that only try a host: partitions heal by them (BC 120 s)")
            int feelerMillis,

            @Limit(
                    standard = 10,
                    min = 0,
                    max = 90,
                    unit = "percent",
                    reason = "of a supernode's leaf slots are kept for leaves whose supernodes all died")
            int orphanSlotsPercent,

            @Limit(
                    standard = 2,
                    min = 1,
                    max = 65_535,
                    unit = "ports",
                    reason = "of one address: more is a sign that we are aimed at somebody (C12)")
            int portsPerAddress,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 1_000,
                    unit = "dials",
                    reason = "to one address in dialWindowMillis (C12)")
            int dialsPerAddress,

            @Limit(
                    standard = 600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "over which dials to one address are counted (C12)")
            int dialWindowMillis) {

        DialRules dialRules(Profile profile) {
            return DialRules.of(profile, new DialRules.Bounds(portsPerAddress, dialsPerAddress, dialWindowMillis));
        }
    }

    /** When a node that may choose becomes something else. */
    @Immutable
    public record Roles(
            @Limit(
                    standard = 60_000,
                    min = 100,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "without a supernode, and a leaf that is able leads itself")
            int lonelyMillis,

            @Limit(
                    standard = 3_600_000,
                    min = 0,
                    max = 604_800_000,
                    unit = "ms",
                    reason = "that a node has run before it leads, as in gtk-gnutella; in a laboratory 0")
            int uptimeMillis,

            @Limit(
                    standard = 1_800_000,
                    min = 1_000,
                    max = 604_800_000,
                    unit = "ms",
                    reason = "in one role before the next, so that nobody flaps")
            int keepMillis,

            @Limit(
                    standard = 3_600_000,
                    min = 1_000,
                    max = 604_800_000,
                    unit = "ms",
                    reason = "without a leaf, and a supernode steps back, as in gtk-gnutella")
            int leaflessMillis) {}

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(TierLimits.class);
    }

    /** The values of a profile. */
    public static TierLimits of(Profile profile) {
        return switch (profile) {
            case INTERNET, LAN -> STANDARD;
            case LAB -> LAB;
            case EXPERIMENT -> EXPERIMENT;
        };
    }

    /** The values of a profile, but for {@code overrides}; see {@link Limits#with}. */
    public static TierLimits of(Profile profile, Map<String, Long> overrides) {
        if (overrides.isEmpty()) {
            return of(profile);
        }
        Map<String, Long> values = new LinkedHashMap<>(
                profile == Profile.LAB ? hasty() : profile == Profile.EXPERIMENT ? given() : ImmutableMap.of());
        values.putAll(overrides);
        return Limits.with(TierLimits.class, values);
    }

    /** On one machine nobody is far away and nobody is a stranger. */
    private static ImmutableMap<String, Long> hasty() {
        return ImmutableMap.of(
                "limits.hosts.redialMillis", 2_000L,
                "limits.hosts.fullMillis", 1_000L,
                "limits.hosts.feelerMillis", 5_000L,
                "limits.roles.lonelyMillis", 2_000L,
                "limits.roles.uptimeMillis", 0L,
                "limits.roles.keepMillis", 18_000L,
                "limits.roles.leaflessMillis", 36_000L);
    }

    /** Slots are what the scenario says, and time is dear. */
    private static ImmutableMap<String, Long> given() {
        return ImmutableMap.of("limits.hosts.orphanSlotsPercent", 0L, "limits.roles.uptimeMillis", 0L);
    }
}
