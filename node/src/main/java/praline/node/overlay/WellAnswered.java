package praline.node.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import praline.protocol.Guid;

/**
 * Counts the records that went back for the queries of late, so that a full link can prefer hits of those with few
 * (spec/hardening.md C6). Bounded: the query that had its first hit longest ago is forgotten first.
 */
final class WellAnswered {

    private static final int ENOUGH_RECORDS = 100;

    private final int queriesMax;
    private final Map<Guid, Integer> records = new LinkedHashMap<>(0);

    WellAnswered(int queriesMax) {
        this.queriesMax = queriesMax;
    }

    /** Adds {@code count} records to those of {@code query}. True: it had enough before these. */
    boolean add(Guid query, int count) {
        int before = records.getOrDefault(query, 0);
        if (before == 0 && records.size() >= queriesMax) {
            records.remove(records.keySet().iterator().next());
        }
        records.put(query, before + count);
        return before >= ENOUGH_RECORDS;
    }
}
