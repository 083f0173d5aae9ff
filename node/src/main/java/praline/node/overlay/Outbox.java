package praline.node.overlay;

import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;

/**
 * Sends with regard to the room that a link has left: the less of it, the less is taken (spec/hardening.md C6). The
 * order in which things are dropped is pings and pongs, then queries, those from far first, then hits of queries that
 * are well answered, then other hits. Control messages are never dropped here.
 */
final class Outbox {

    /** Room below which no ping or pong is sent. */
    private static final int ROOM_FOR_CHATTER = 64 * 1024;
    /** Room below which a query of our own neighbour is not passed on, and what each hop more asks. */
    private static final int ROOM_FOR_QUERY = 16 * 1024;

    private static final int ROOM_PER_HOP = 4 * 1024;
    private static final int HOPS_TOLD_APART = 7;
    /** Room below which only hits of queries with few answers are sent. */
    private static final int ROOM_FOR_MORE_HITS = 12 * 1024;
    /** Room below which a link's queries are not taken: their answers could not go back. */
    static final int ROOM_FOR_ANSWERS = 8 * 1024;

    private final Counters counters;
    private final LimitHits limitHits;

    Outbox(Counters counters, LimitHits limitHits) {
        this.counters = counters;
        this.limitHits = limitHits;
    }

    /** A ping or pong that may be lost. */
    boolean sendChatter(LinkState to, Message message) {
        return send(to, message, Cause.MAINTENANCE, ROOM_FOR_CHATTER);
    }

    /** What keeps the link alive, ends it, or keeps an index or table right: only a dead link refuses it. */
    boolean sendControl(LinkState to, Message message, Cause cause) {
        return send(to, message, cause, Integer.MIN_VALUE);
    }

    /** Our own query. */
    boolean sendOwnQuery(LinkState to, Message query) {
        return send(to, query, Cause.QUERY, Integer.MIN_VALUE);
    }

    /** Whether a link with so much room takes a query that has come so many hops. */
    static boolean isRoomForQuery(int room, int hops) {
        return room >= ROOM_FOR_QUERY + Math.min(hops, HOPS_TOLD_APART) * ROOM_PER_HOP;
    }

    /** A query that is passed on; the caller counts what was taken, for many links at once. */
    boolean relayQuery(Link<OverlayFrame> to, Message query, int hops) {
        if (!isRoomForQuery(to.room(), hops) || !to.send(query)) {
            limitHits.hit(KEY);
            return false;
        }
        return true;
    }

    boolean sendHit(LinkState to, Message hit, boolean wellAnswered) {
        return send(to, hit, Cause.HIT, wellAnswered ? ROOM_FOR_MORE_HITS : Integer.MIN_VALUE);
    }

    private boolean send(LinkState to, Message message, Cause cause, int roomNeeded) {
        if (to.link.room() < roomNeeded || !to.link.send(message)) {
            limitHits.hit(KEY);
            return false;
        }
        counters.count(Direction.OUT, message.type(), cause, message.wireSize());
        return true;
    }

    private static final String KEY = "limits.net.overlaySendBudget";
}
