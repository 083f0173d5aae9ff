package praline.node.overlay;

/**
 * The bounds of one overlay engine (spec/hardening.md sections 2 and 3).
 *
 * @param ttlMax the farthest that a query travels, 1..255
 * @param ttlPlusHopsMax a message beyond it is dropped (W3)
 * @param farQueriesMax messages beyond it that a near neighbour may send before it is shown out (W3)
 * @param defectsMax malformed messages before a link is closed
 * @param handshakeMillis for all blocks of a handshake (C1)
 * @param quietMillis without a message before a link is pinged (C7)
 * @param silentMillis more, without an answer, before it is given up (C7)
 * @param neighboursMax links to flat peers or supernodes (C3)
 * @param leavesMax links to leaves (C3)
 * @param inboundHandshakesMax inbound links in handshake (C2)
 * @param dialsMax dials under way (C4)
 * @param routesMax GUIDs remembered (R1)
 * @param routeKeepMillis how long a GUID is remembered at least (R1)
 * @param hostsMax addresses in the host cache
 * @param hostsPerTellerMax of them from one teller
 * @param recordsPerQueryMax records that answer one query here
 * @param searchesMax own searches under way
 * @param queriesWithHitsMax queries whose relayed records are counted (C6)
 */
public record OverlayLimits(
        int ttlMax,
        int ttlPlusHopsMax,
        int farQueriesMax,
        int defectsMax,
        int handshakeMillis,
        int quietMillis,
        int silentMillis,
        int neighboursMax,
        int leavesMax,
        int inboundHandshakesMax,
        int dialsMax,
        int routesMax,
        int routeKeepMillis,
        int hostsMax,
        int hostsPerTellerMax,
        int recordsPerQueryMax,
        int searchesMax,
        int queriesWithHitsMax) {

    /** The values of the references. */
    public static final OverlayLimits DEFAULT = new OverlayLimits(
            7, 15, 10, 20, 10_000, 15_000, 30_000, 30, 100, 64, 32, 262_144, 600_000, 2_000, 64, 200, 1_000, 1_024);
}
