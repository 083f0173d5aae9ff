package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Endpoint;
import praline.protocol.text.RemoteText;

/**
 * What a tracker answers to an announce.
 *
 * @param intervalSeconds until the next one is expected; 0 if it does not say
 * @param minIntervalSeconds no sooner than this; 0 if it does not say
 * @param seeds peers that have everything; -1 if it does not say
 * @param leechers the others; -1 if it does not say
 * @param peers in its order, none with port 0
 * @param warning to show to the user; empty for none
 */
@Immutable
public record AnnounceReply(
        int intervalSeconds,
        int minIntervalSeconds,
        int seeds,
        int leechers,
        ImmutableList<Endpoint> peers,
        RemoteText warning) {}
