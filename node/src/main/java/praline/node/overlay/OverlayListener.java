package praline.node.overlay;

import praline.node.engine.DialFailure;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.QueryHit;

/** What an overlay engine tells the node around it. */
public interface OverlayListener {

    /** Hears nothing. */
    OverlayListener NONE = new OverlayListener() {};

    /** A hit for one of our searches arrived; each hit message once. */
    default void onHit(long search, QueryHit hit) {}

    /** The search asks nobody any more: its last ring is quiet, or there was nobody to ask. */
    default void onSearchQuiet(long search) {}

    /** The handshake with {@code remote} is done, and descriptors flow. */
    default void onJoined(Endpoint remote, Role role) {}

    /** The link with {@code remote}, which had been joined, is gone. */
    default void onLeft(Endpoint remote, Role role) {}

    /**
     * {@code remote} ends the link, and says why; {@link #onLeft} follows.
     *
     * @param code 2xx: it leaves, 4xx: it blames us, 5xx: it blames itself
     * @param reason its words: a stranger's text
     */
    default void onBye(Endpoint remote, int code, String reason) {}

    /** A dial came to nothing; the address is tried again later. */
    default void onUnreachable(Endpoint remote, DialFailure why) {}

    /**
     * A handshake was refused.
     *
     * @param reason the refuser's words: a stranger's text
     * @param flat whether a flat network refused, which takes flat peers only
     */
    default void onRefused(Endpoint remote, int status, String reason, boolean flat) {}

    /**
     * Somebody asks this node to dial it, because this node cannot be dialled.
     *
     * @param push for our servent GUID, with a usable address
     */
    default void onPush(Push push) {}

    /** The node has become something else; its links are gone, and it joins anew. */
    default void onRole(Role role) {}

    /** A supernode holds fewer of our files than we share, because that is its limit. */
    default void onPublicationRefused(Endpoint supernode) {}
}
