package praline.node;

import com.google.common.collect.ImmutableMap;
import praline.node.engine.Counters;
import praline.node.net.HostStatus;
import praline.node.overlay.OverlayStatus;

/**
 * How a node stands at one moment.
 *
 * @param overlay its links, and what it shares and holds
 * @param host its connections
 * @param traffic what its overlay sent and received so far; a copy
 * @param limitHits how often each limit acted, of all its engines and the host
 * @param scanning whether its share folders are being looked through
 */
public record NodeStatus(
        OverlayStatus overlay,
        HostStatus host,
        Counters traffic,
        ImmutableMap<String, Long> limitHits,
        boolean scanning) {}
