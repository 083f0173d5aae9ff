package praline.node.engine;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each bound acted (spec/hardening.md L2). The keys are the configuration keys of the limits, so there are no
 * more of them than limits.
 */
public final class LimitHits {

    private final Map<String, Long> hits = new LinkedHashMap<>(0);

    /**
     * Notes that the bound {@code limitKey} dropped, refused or closed something once more. True: for the first time.
     */
    public boolean hit(String limitKey) {
        return hits.merge(limitKey, 1L, Long::sum) == 1;
    }

    /** All bounds that ever acted, in the order in which they first did. */
    public ImmutableMap<String, Long> all() {
        return ImmutableMap.copyOf(hits);
    }
}
