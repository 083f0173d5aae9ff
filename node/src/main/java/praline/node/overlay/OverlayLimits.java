package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of one overlay engine (spec/hardening.md sections 2 and 3). Each says for itself what it is for. */
@Immutable
public record OverlayLimits(
        @Limit(
                standard = 7,
                min = 1,
                max = 255,
                unit = "hops",
                reason = "the farthest that a query travels in a flat network; among supernodes 4 are enough")
        int ttlMax,

        @Limit(
                standard = 15,
                min = 2,
                max = 255,
                unit = "hops",
                reason = "no honest message has travelled, or may travel, farther than gtk-gnutella lets it")
        int ttlPlusHopsMax,

        @Limit(
                standard = 10,
                min = 1,
                max = 30_000,
                unit = "messages",
                reason = "so many beyond ttlPlusHopsMax from a near neighbour, and it is shown out")
        int farQueriesMax,

        @Limit(
                standard = 20,
                min = 1,
                max = 30_000,
                unit = "messages",
                reason = "so many malformed ones, and the link is closed")
        int defectsMax,

        @Limit(
                standard = 10_000,
                min = 1_000,
                max = 120_000,
                unit = "ms",
                reason = "for all blocks of a handshake: an idle timer never fires on one byte a second")
        int handshakeMillis,

        @Limit(
                standard = 15_000,
                min = 1_000,
                max = 3_600_000,
                unit = "ms",
                reason = "without a message before a link is pinged")
        int quietMillis,

        @Limit(
                standard = 30_000,
                min = 1_000,
                max = 3_600_000,
                unit = "ms",
                reason = "more without an answer, and the link is dead")
        int silentMillis,

        @Limit(
                standard = 30,
                min = 1,
                max = 10_000,
                unit = "links",
                reason = "to flat peers or supernodes; gtk-gnutella keeps 42 to 50, LimeWire 32")
        int neighboursMax,

        @Limit(
                standard = 100,
                min = 0,
                max = 10_000_000,
                unit = "links",
                reason = "to leaves; a directory has one slot for each node of its network")
        int leavesMax,

        @Limit(
                standard = 64,
                min = 1,
                max = 1_000_000,
                unit = "links",
                reason = "that dialled us and have not said who they are")
        int inboundHandshakesMax,

        @Limit(
                standard = 32,
                min = 1,
                max = 10_000,
                unit = "dials",
                reason = "under way at once, so that we flood nobody")
        int dialsMax,

        @Limit(
                standard = 32,
                min = 0,
                max = 10_000,
                unit = "links",
                reason = "to supernodes that are sent to deflated, 258 KiB each; 0: none is, in either direction")
        int deflatersMax,

        @Limit(
                standard = 0,
                min = 0,
                max = 10_000,
                unit = "links",
                reason = "between leaf and supernode that are sent to deflated; they stay plain unless one wants it")
        int leafDeflatersMax,

        @Limit(
                standard = 262_144,
                min = 16,
                max = 16_777_216,
                unit = "queries",
                reason = "remembered, so that copies and hits are recognised, in 32 bytes each")
        int routesMax,

        @Limit(
                standard = 600_000,
                min = 10_000,
                max = 86_400_000,
                unit = "ms",
                reason = "that a query is remembered at least; LimeWire keeps 5 minutes, gtk-gnutella 60")
        int routeKeepMillis,

        @Limit(standard = 2_000, min = 4, max = 1_000_000, unit = "addresses", reason = "in the host cache")
        int hostsMax,

        @Limit(
                standard = 64,
                min = 1,
                max = 1_000_000,
                unit = "addresses",
                reason = "of them from one teller, so that nobody fills the cache alone")
        int hostsPerTellerMax,

        @Limit(standard = 200, min = 1, max = 1_000_000, unit = "records", reason = "that answer one query here")
        int recordsPerQueryMax,

        @Limit(standard = 1_000, min = 1, max = 1_000_000, unit = "searches", reason = "of this node's users under way")
        int searchesMax,

        @Limit(
                standard = 1_024,
                min = 1,
                max = 1_000_000,
                unit = "queries",
                reason = "whose relayed records are counted, to prefer those with few")
        int queriesWithHitsMax,

        @Limit(
                standard = 10_000,
                min = 1,
                max = 1_000_000,
                unit = "servents",
                reason = "whose hits passed here, so that pushes find back to them, for ten minutes")
        int pushRoutesMax,

        @Limit(
                standard = 4,
                min = 1,
                max = 10_000,
                unit = "pushes",
                reason = "passed on to one sharer, or for one address, in pushMillis, as in gtk-gnutella")
        int pushesPerTarget,

        @Limit(
                standard = 30_000,
                min = 100,
                max = 3_600_000,
                unit = "ms",
                reason = "the stretch of time for pushesPerTarget")
        int pushMillis,

        @Limit(
                standard = 400,
                min = 1,
                max = 1_000_000,
                unit = "queries",
                reason = "that ask neighbours one by one, all leaves together; the oldest ends for a new one")
        int dynamicQueriesMax,

        @Limit(
                standard = 4,
                min = 1,
                max = 1_000_000,
                unit = "queries",
                reason = "of one leaf that ask neighbours one by one, so that it leaves room for others")
        int dynamicQueriesPerLeafMax,

        @Limit(
                standard = 150,
                min = 1,
                max = 1_000_000,
                unit = "results",
                reason = "that end a query which asks neighbours one by one")
        int dynamicResultsMax,

        @Limit(
                standard = 10,
                min = 1,
                max = 1_000_000,
                unit = "results",
                reason = "that end it when it asks by hash, where one source would do")
        int dynamicHashResultsMax,

        @Limit(
                standard = 600_000,
                min = 1_000,
                max = 86_400_000,
                unit = "ms",
                reason = "after which it ends, come what may; gtk-gnutella's figure, LimeWire asks for 200 s")
        int dynamicMillisMax,

        @Limit(
                standard = 1_024,
                min = 1,
                max = 1_000_000,
                unit = "leaves",
                reason = "whose query routing tables are kept, in 8 to 16 KiB each")
        int leafTablesMax,

        @Limit(
                standard = 131_072,
                min = 16,
                max = 16_777_216,
                unit = "queries",
                reason = "passed down to leaves, one for each leaf, whose hits are expected, in 32 bytes each")
        int askedLeavesMax,

        @Limit(
                standard = 5,
                min = 0,
                max = 100,
                unit = "%",
                reason = "of a leaf's table may be present before its queries are thinned out; gtk-gnutella's figure")
        int tableFillPercent,

        @Limit(
                standard = 5,
                min = 1,
                max = 1_000_000,
                unit = "queries/s",
                reason = "passed to a leaf whose table is more than half full: it asks for everything")
        int fullTableQueries,

        @Limit(
                standard = 60_000,
                min = 1_000,
                max = 3_600_000,
                unit = "ms",
                reason = "between two states of our own table on one link")
        int tablePauseMillis,

        @Limit(
                standard = 1,
                min = 1,
                max = 1_000_000,
                unit = "queries/s",
                reason = "that a leaf may ask; the most is no bound at all")
        int leafQueriesPerSecond,

        @Limit(
                standard = 20,
                min = 1,
                max = 1_000_000,
                unit = "queries/s",
                reason = "that a neighbour may bring; the most is no bound at all")
        int neighbourQueriesPerSecond,

        @Limit(standard = 10, min = 1, max = 3_600, unit = "s", reason = "whose queries may come at once")
        int queryBurstSeconds,

        @Limit(
                standard = 60_000,
                min = 0,
                max = 3_600_000,
                unit = "ms",
                reason = "in which a leaf's query is not asked again; gtk-gnutella waits 1,700 s")
        int sameQueryMillis,

        @Limit(
                standard = 1_000,
                min = 10,
                max = 1_000_000_000,
                unit = "records",
                reason = "that are passed back for one query")
        int relayedRecordsMax,

        @Limit(
                standard = 262_144,
                min = 16_384,
                max = 2_000_000_000,
                unit = "bytes",
                reason = "of hits that are passed back for one query")
        int relayedBytesMax,

        @Limit(
                standard = 1_000,
                min = 1,
                max = 1_000_000_000,
                unit = "records",
                reason = "that one search of this node's users takes, as in gtk-gnutella")
        int resultsMax,

        @Limit(standard = 100, min = 1, max = 1_000_000_000, unit = "records", reason = "of them from one servent")
        int resultsPerServentMax) {

    /** The key of each limit begins with the name of this one component. */
    @Immutable
    public record Group(OverlayLimits overlay) {}

    /** Every limit at its standard value. */
    public static final OverlayLimits STANDARD = Limits.standard(Group.class).overlay();

    /** What a query among supernodes travels at most, where nothing else is said: gtk-gnutella's figure. */
    private static final long SUPERNODE_TTL_MAX = 4;

    private static final String DEFLATERS = "limits.overlay.deflatersMax";

    /** What is different on one machine: nothing is compressed, and rates are a hundred times as high. */
    private static final ImmutableMap<String, Long> LABORATORY = ImmutableMap.of(
            DEFLATERS,
            0L,
            "limits.overlay.leafQueriesPerSecond",
            100L,
            "limits.overlay.neighbourQueriesPerSecond",
            2_000L,
            "limits.overlay.sameQueryMillis",
            600L);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(Group.class);
    }

    /** Standard values but for {@code overrides}; see {@link Limits#with}. */
    public static OverlayLimits with(Map<String, Long> overrides) {
        return Limits.with(Group.class, overrides).overlay();
    }

    /** Standard values for a node of this role. */
    public static OverlayLimits of(Role role) {
        return with(usual(role));
    }

    /** The values that a node of this role has in this profile, but for {@code overrides}; see {@link Limits#with}. */
    public static OverlayLimits of(Role role, Profile profile, Map<String, Long> overrides) {
        Map<String, Long> values = new LinkedHashMap<>(profile == Profile.EXPERIMENT ? unbounded() : usual(role));
        if (profile == Profile.LAB) {
            values.putAll(LABORATORY);
        }
        values.putAll(overrides);
        return with(values);
    }

    /** Of a network that the laboratory gives: slots, TTL and counts at their widest, times as they are. */
    public static OverlayLimits experiment() {
        return with(unbounded());
    }

    private static ImmutableMap<String, Long> usual(Role role) {
        return role == Role.FLAT ? ImmutableMap.of() : ImmutableMap.of("limits.overlay.ttlMax", SUPERNODE_TTL_MAX);
    }

    private static ImmutableMap<String, Long> unbounded() {
        OverlayLimits widest = Limits.maximum(Group.class).overlay();
        return ImmutableMap.<String, Long>builder()
                .put("limits.overlay.ttlMax", (long) widest.ttlMax())
                .put("limits.overlay.ttlPlusHopsMax", (long) widest.ttlPlusHopsMax())
                .put("limits.overlay.farQueriesMax", (long) widest.farQueriesMax())
                .put("limits.overlay.neighboursMax", (long) widest.neighboursMax())
                .put("limits.overlay.leavesMax", (long) widest.leavesMax())
                .put("limits.overlay.inboundHandshakesMax", (long) widest.inboundHandshakesMax())
                .put("limits.overlay.dialsMax", (long) widest.dialsMax())
                .put("limits.overlay.routesMax", (long) widest.routesMax())
                .put("limits.overlay.recordsPerQueryMax", (long) widest.recordsPerQueryMax())
                .put("limits.overlay.dynamicQueriesMax", (long) widest.dynamicQueriesMax())
                .put("limits.overlay.dynamicQueriesPerLeafMax", (long) widest.dynamicQueriesPerLeafMax())
                .put("limits.overlay.tableFillPercent", (long) widest.tableFillPercent())
                .put("limits.overlay.leafQueriesPerSecond", (long) widest.leafQueriesPerSecond())
                .put("limits.overlay.neighbourQueriesPerSecond", (long) widest.neighbourQueriesPerSecond())
                .put("limits.overlay.sameQueryMillis", 0L)
                .put("limits.overlay.relayedRecordsMax", (long) widest.relayedRecordsMax())
                .put("limits.overlay.relayedBytesMax", (long) widest.relayedBytesMax())
                .put("limits.overlay.resultsMax", (long) widest.resultsMax())
                .put("limits.overlay.resultsPerServentMax", (long) widest.resultsPerServentMax())
                .put(DEFLATERS, 0L)
                .buildOrThrow();
    }
}
