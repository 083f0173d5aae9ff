package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;

/**
 * How a torrent fares, as a tracker counts it (BEP 48).
 *
 * @param seeds peers that have everything, 0 or more
 * @param completed how often it was downloaded, 0 or more
 * @param leechers the other peers, 0 or more
 */
@Immutable
public record ScrapeCounts(int seeds, int completed, int leechers) {}
