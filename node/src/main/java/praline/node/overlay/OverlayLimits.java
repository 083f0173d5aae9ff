package praline.node.overlay;

/**
 * The bounds of one overlay engine (spec/hardening.md sections 2 and 3).
 *
 * @param ttlMax the farthest that a query travels, 1..255
 * @param ttlPlusHopsMax a message beyond it is dropped (W3)
 * @param neighboursMax links to flat peers or supernodes (C3)
 * @param leavesMax links to leaves (C3)
 * @param routesMax GUIDs remembered (R1)
 * @param routeKeepMillis how long a GUID is remembered at least (R1)
 * @param hostsMax addresses in the host cache
 * @param hostsPerTellerMax of them from one teller
 * @param recordsPerQueryMax records that answer one query here
 * @param searchesMax own searches under way
 */
public record OverlayLimits(
        int ttlMax,
        int ttlPlusHopsMax,
        int neighboursMax,
        int leavesMax,
        int routesMax,
        int routeKeepMillis,
        int hostsMax,
        int hostsPerTellerMax,
        int recordsPerQueryMax,
        int searchesMax) {

    /** The values of the references. */
    public static final OverlayLimits DEFAULT =
            new OverlayLimits(7, 15, 30, 100, 262_144, 600_000, 2_000, 64, 200, 1_000);
}
