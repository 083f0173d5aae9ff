package praline.node.net;

import com.google.common.collect.ImmutableMap;

/**
 * What a host looks like from outside, at one moment.
 *
 * @param links connections in the hands of engines
 * @param handshaking inbound connections that have not finished their handshake
 * @param halfOpen dials without an answer
 * @param engineBugs how often an engine failed; anything but 0 is a bug of ours
 * @param limitHits how often each limit of the host acted
 */
public record HostStatus(
        int links, int handshaking, int halfOpen, long engineBugs, ImmutableMap<String, Long> limitHits) {}
