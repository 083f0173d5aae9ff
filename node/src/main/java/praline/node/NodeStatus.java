package praline.node;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import praline.node.engine.Counters;
import praline.node.net.HostStatus;
import praline.node.overlay.OverlayStatus;
import praline.node.transfer.DownloadStatus;

/**
 * How a node stands at one moment.
 *
 * @param overlay its links, and what it shares and holds
 * @param host its connections
 * @param traffic what its overlay sent and received so far; a copy
 * @param transfers what its transfers sent and received so far; a copy
 * @param downloads what it fetches
 * @param uploadsActive how many files it gives to others now
 * @param uploadsQueued how many askers were told to come back
 * @param limitHits how often each limit acted, of all its engines and the host
 * @param scanning whether its share folders are being looked through
 */
public record NodeStatus(
        OverlayStatus overlay,
        HostStatus host,
        Counters traffic,
        Counters transfers,
        ImmutableList<DownloadStatus> downloads,
        int uploadsActive,
        int uploadsQueued,
        ImmutableMap<String, Long> limitHits,
        boolean scanning) {}
