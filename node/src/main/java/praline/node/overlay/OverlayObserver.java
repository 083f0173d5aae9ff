package praline.node.overlay;

import praline.protocol.Guid;

/**
 * Counting per query, for the laboratory (spec/praline.md section 6). Aggregate numbers are in the engine's counters.
 * The calls come on the hot path: they must be cheap.
 */
public interface OverlayObserver {

    /** Counts nothing. */
    OverlayObserver NONE = new OverlayObserver() {};

    /** One of this node's searches asks with a GUID that is its own from here on; a search may ask several times. */
    default void asked(long search, Guid query) {}

    /** A query was sent on one link; {@code wireSize} in bytes. */
    default void querySent(Guid query, int wireSize) {}

    /** A leaf was asked, or said, how many hits of its query it keeps; sent on one link. */
    default void guidanceSent(Guid query, int wireSize) {}

    /** A query was received. {@code hops} counts this one; {@code duplicate}: the node had its GUID already. */
    default void queryReceived(Guid query, int hops, int wireSize, boolean duplicate) {}

    /** This node looked for matches of a query that somebody else asked, in its files and its leaves' index. */
    default void examined(Guid query) {}

    /** This supernode has the query routing tables of so many leaves. */
    default void leafTables(int leaves) {}

    /** A hit was sent, or passed on, on one link; {@code hops} as it is sent. */
    default void hitSent(Guid query, int hops, int wireSize) {}

    /** A hit arrived at the node that had asked. */
    default void hitDelivered(Guid query, praline.protocol.gnutella.QueryHit hit) {}
}
