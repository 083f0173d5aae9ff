package praline.node.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import praline.protocol.Guid;
import praline.protocol.gnutella.QueryHit;

/**
 * Counts the records and bytes that went back for the queries of late, so that a full link can prefer hits of those
 * with few (spec/hardening.md C6), and no query is answered without end (R6). Bounded: the query that had its first hit
 * longest ago is forgotten first.
 */
final class WellAnswered {

    private static final int ENOUGH_RECORDS = 100;

    private final OverlayLimits limits;
    /** Records in the upper half, bytes in the lower one, which is not passed by a hit more than it may hold. */
    private final Map<Guid, Long> answered = new LinkedHashMap<>(0);

    WellAnswered(OverlayLimits limits) {
        this.limits = limits;
    }

    /** How a query stands before a hit. */
    enum Standing {
        FEW,
        /** Hits of others come first. */
        WELL,
        /** It gets no more. */
        FULL
    }

    /** Adds {@code hit} to those of its query, unless that has its fill. */
    Standing add(QueryHit hit) {
        Long known = answered.get(hit.guid());
        long before = known == null ? 0 : known;
        long records = before >>> Integer.SIZE;
        long bytes = before & 0xFFFF_FFFFL;
        if (records >= limits.relayedRecordsMax() || bytes >= limits.relayedBytesMax()) {
            return Standing.FULL;
        }
        if (known == null && answered.size() >= limits.queriesWithHitsMax()) {
            answered.remove(answered.keySet().iterator().next());
        }
        answered.put(hit.guid(), (records + hit.records().size()) << Integer.SIZE | (bytes + hit.wireSize()));
        return records >= ENOUGH_RECORDS ? Standing.WELL : Standing.FEW;
    }
}
