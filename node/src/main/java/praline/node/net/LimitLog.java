package praline.node.net;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.LimitHits;
import praline.protocol.Endpoint;

/**
 * Says in the log which limits act: one line for each limit in ten seconds at most, and the first without delay, so
 * that a flood of connections is no flood of lines (spec/hardening.md L2, O4).
 */
final class LimitLog {

    private static final Logger LOG = LoggerFactory.getLogger(LimitLog.class);
    private static final long PERIOD_MILLIS = 10_000;

    private final LimitHits hits;
    private final Map<String, Long> said = new LinkedHashMap<>(0);
    private long seen;
    private long nextAt;

    LimitLog(LimitHits hits) {
        this.hits = hits;
    }

    /** To be called after every entry. */
    void look(long now, Endpoint node) {
        if (hits.total() == seen || now < nextAt) {
            return;
        }
        seen = hits.total();
        nextAt = now + PERIOD_MILLIS;
        hits.all().forEach((key, count) -> {
            long before = said.getOrDefault(key, 0L);
            if (count > before) {
                said.put(key, count);
                LOG.info("{} acted {} times on {}", key, count - before, node);
            }
        });
    }
}
