package praline.node.overlay;

import praline.node.engine.Counters.Cause;
import praline.protocol.Guid;
import praline.protocol.gnutella.VendorCall.HopsFlow;

/**
 * Holds back the queries of a neighbour that does not take what we send it, since the answers could not go back, and
 * notes what others want held back (spec/gnutella.md sections 11 and 12). A link is full here below half of its room,
 * and well again above three quarters.
 */
final class FlowControl {

    /** Room of a link below which its other end is asked for no more queries; half of what a link has. */
    static final int ROOM_FULL = 48 * 1024;

    private static final int ROOM_WELL = 72 * 1024;
    private static final long LOOK_MILLIS = 1_000;

    private FlowControl() {}

    /** The other end wants queries only that travelled less than {@code hops}. */
    static void onHopsFlow(Context context, LinkState from, int hops) {
        if (hops < HopsFlow.ALL || from.wantsFewerHops()) {
            from.conduct().hopsFlow = hops;
            context.links.countLimited();
        }
    }

    /** A query comes from a link whose room is below {@link #ROOM_FULL}. */
    static void onFull(Context context, LinkState from) {
        if (!context.config.maintained() || !from.peer().speaksVendor() || from.conduct().isHeldBack) {
            return;
        }
        from.conduct().isHeldBack = true;
        tell(context, from, HopsFlow.NONE);
        context.timers.setAtMost(OverlayTimer.WATCH, context.host.now() + LOOK_MILLIS);
    }

    /** Lets a link that is well again send queries; says when to look again. */
    static long watch(Context context, LinkState state, long now) {
        if (!state.isHeldBack()) {
            return Long.MAX_VALUE;
        }
        if (state.link.room() < ROOM_WELL) {
            return now + LOOK_MILLIS;
        }
        state.conduct().isHeldBack = false;
        tell(context, state, HopsFlow.ALL);
        return Long.MAX_VALUE;
    }

    private static void tell(Context context, LinkState to, int hops) {
        context.outbox.sendControl(to, new HopsFlow(hops).toVendor(Guid.ZERO), Cause.MAINTENANCE);
    }
}
