package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.VendorCall.HopsFlow;

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

    /** The address that we dialled; null when they dialled us. */
    final @Nullable Endpoint dialled;

    Phase phase;
    private PeerFacts peer;
    private boolean isLeaf;

    /** Whether we announced that what we send here is deflated. */
    boolean deflates;

    /** When the last message came; until the handshake is done, when the link opened. */
    long lastHeard;

    /** The last ping that went out: what answers it is taken. */
    @Nullable
    Guid ping;

    /** When the last one went out that must be answered. */
    long pingSentAt = Long.MIN_VALUE;

    /** The youngest GUID known when this link joined: queries up to it were never sent here. */
    int joinedAtGuid;

    /** The leaf's number in the index of this supernode; -1 when it publishes nothing here. */
    int leaf = LeafIndex.NO_LEAF;

    /** What we have to tell this supernode of our files; null when that is nothing. */
    @Nullable
    Publication publication;

    /** Epoch and number of the last batch that we published here; epoch 0 when this supernode takes none. */
    int publishedEpoch;

    int publishedSeq;

    /** How the other end behaves; null when there is nothing to note. */
    private @Nullable Conduct conduct;

    /** Whether we dialled only to know somebody else for a while. */
    boolean isFeeler;

    /** Whether the other end refused us because it had no room. */
    boolean wasFull;

    LinkState(Link<OverlayFrame> link, int id, @Nullable Endpoint dialled, Phase phase, long now) {
        this.link = link;
        this.id = id;
        this.dialled = dialled;
        this.phase = phase;
        this.peer = PeerFacts.unknown(link.remote());
        this.lastHeard = now;
    }

    /** A message came; how many there were is of interest only where something else is noted. */
    void hear(long now) {
        lastHeard = now;
        if (conduct != null) {
            conduct.messages++;
        }
    }

    Conduct conduct() {
        if (conduct == null) {
            conduct = new Conduct();
        }
        return conduct;
    }

    /** Whether the other end wants a query that has travelled so far (spec/gnutella.md section 12). */
    boolean takesQueries(int hops) {
        return conduct == null || hops < conduct.hopsFlow || conduct.hopsFlow == HopsFlow.ALL;
    }

    boolean wantsFewerHops() {
        return conduct != null && conduct.hopsFlow != HopsFlow.ALL;
    }

    boolean routesTooNew() {
        return conduct != null && conduct.routesTooNew;
    }

    boolean isHeldBack() {
        return conduct != null && conduct.isHeldBack;
    }

    boolean isJoined() {
        return phase == Phase.JOINED;
    }

    /** Whether an alive ping went out since the last message came. */
    boolean owesPong() {
        return pingSentAt > lastHeard;
    }

    PeerFacts peer() {
        return peer;
    }

    void setPeer(PeerFacts facts) {
        peer = facts;
        isLeaf = facts.role() == Role.LEAF;
    }

    /** What it has to do with query routing tables; null while that is nothing. */
    @Nullable
    TableState tables() {
        return conduct == null ? null : conduct.tables;
    }

    /** The same, from here on. */
    TableState tableState() {
        Conduct noted = conduct();
        if (noted.tables == null) {
            noted.tables = new TableState();
        }
        return noted.tables;
    }

    boolean isLeaf() {
        return isLeaf;
    }
}
