package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/**
 * How an overlay engine stands at one moment.
 *
 * @param role what the node is
 * @param links the joined links, in the order in which they opened
 * @param filesShared own files
 * @param recordsHeld records that this supernode holds for its leaves
 * @param hostsKnown addresses in the host cache
 */
public record OverlayStatus(
        Role role, ImmutableList<JoinedLink> links, int filesShared, int recordsHeld, int hostsKnown) {

    /**
     * One joined link.
     *
     * @param contact where the other end listens, as far as it said; port 0 when it did not
     * @param agent its user agent: a stranger's text in UTF-8
     * @param dialled whether we dialled it
     */
    public record JoinedLink(Endpoint contact, Role role, Bytes agent, boolean dialled) {}
}
