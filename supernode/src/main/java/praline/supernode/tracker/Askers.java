package praline.supernode.tracker;

import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.LimitHits;
import praline.protocol.Endpoint;

/**
 * Counts the requests of each address within the current second (spec/bittorrent.md 8.3, rule 8). Only addresses that
 * have been proven are to be counted, or one host could use up the table in the names of others.
 */
final class Askers {

    private static final long MILLIS = 1_000;

    private final TrackerLimits limits;
    private final LimitHits hits;
    private final Map<Endpoint, Integer> requests = new LinkedHashMap<>(4);
    private long second = Long.MIN_VALUE;

    Askers(TrackerLimits limits, LimitHits hits) {
        this.limits = limits;
        this.hits = hits;
    }

    /** Counts a request, and says whether it is to be answered. */
    boolean mayAsk(Endpoint from, long now) {
        if (now / MILLIS != second) {
            second = now / MILLIS;
            requests.clear();
        }
        Endpoint address = from.withPort(0);
        Integer before = requests.get(address);
        if (before == null && requests.size() >= limits.askers()) {
            hits.hit("limits.tracking.askers");
            return false;
        }
        int count = before == null ? 1 : before + 1;
        if (count > limits.requestsPerSecond()) {
            hits.hit("limits.tracking.requestsPerSecond");
            return false;
        }
        requests.put(address, count);
        return true;
    }
}
