package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.OverlayFrame;

/** What the engine knows of one link: how far its handshake is, who is at the other end, how well it behaves. */
final class LinkState {

    /** How far the handshake is. */
    enum Phase {
        /** We dialled and greeted; their answer is due. */
        GREETED,
        /** They dialled; their greeting is due. */
        AWAITING_GREETING,
        /** We agreed to their greeting; their confirmation is due. */
        ANSWERED,
        /** Descriptors flow. */
        JOINED,
        /** We closed it; nothing that still comes matters. */
        CLOSING
    }

    final Link<OverlayFrame> link;

    /** Unlike any other link of this engine, ascending, 1 or more. */
    final int id;

    /** When the link opened. */
    final long openedAt;

    /** The address that we dialled; null when they dialled us. */
    final @Nullable Endpoint dialled;

    Phase phase;
    PeerFacts peer;

    /** When the last message came. */
    long lastHeard;

    /** The ping that is not answered yet, and when it went out. */
    @Nullable
    Guid ping;

    long pingSentAt;

    /** When the last ping of theirs that asks for hosts was answered. */
    long hostsGivenAt = Long.MIN_VALUE / 2;

    /** The youngest GUID known when this link joined: queries up to it were never sent here. */
    int joinedAtGuid;

    /** The leaf's number in the index of this supernode; -1 when it publishes nothing here. */
    int leaf = LeafIndex.NO_LEAF;

    /** Our publication to this supernode; null when it takes none. */
    @Nullable
    Publication publication;

    /** Whether a leaf was dialled back with success: a downloader can reach it (spec/hardening.md I2). */
    boolean reachable;

    int farQueries;
    int defects;

    LinkState(Link<OverlayFrame> link, int id, @Nullable Endpoint dialled, Phase phase, long now) {
        this.link = link;
        this.id = id;
        this.dialled = dialled;
        this.openedAt = now;
        this.phase = phase;
        this.peer = PeerFacts.unknown(link.remote());
        this.lastHeard = now;
    }

    boolean isJoined() {
        return phase == Phase.JOINED;
    }

    boolean isLeaf() {
        return peer.role() == Role.LEAF;
    }
}
