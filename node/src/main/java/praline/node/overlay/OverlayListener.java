package praline.node.overlay;

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

    /** Something that a person should know; {@code text} is ours, with remote parts escaped. */
    default void onNotice(String text) {}

    /** Somebody asks us to dial and give a file. */
    default void onPush(Push push) {}
}
