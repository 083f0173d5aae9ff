package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorKind;

/**
 * Keeps joined links honest: introduces us to them, pings those that are quiet and gives up those that stay silent
 * (spec/hardening.md C7). {@link Pongs} answers theirs.
 */
final class Upkeep {

    /** Who announces vendor messages must say which (spec/gnutella.md section 12): those that are handled here. */
    private static final Vendor MESSAGES_SUPPORTED = new VendorCall.MessagesSupported(ImmutableList.of(
                    VendorKind.HOPS_FLOW,
                    VendorKind.TCP_CONNECT_BACK,
                    VendorKind.QUERY_STATUS_REQUEST,
                    VendorKind.QUERY_STATUS_RESPONSE,
                    VendorKind.PUSH_PROXY_REQUEST,
                    VendorKind.PUSH_PROXY_REQUEST_2,
                    VendorKind.PUSH_PROXY_ACK,
                    VendorKind.INDEX_BATCH,
                    VendorKind.INDEX_STATUS))
            .toVendor(Guid.ZERO);

    private final Context context;
    private final Pongs pongs;

    Upkeep(Context context, Pongs pongs) {
        this.context = context;
        this.pongs = pongs;
    }

    /** A new link: says which vendor messages we understand, and asks it for hosts if we could use some. */
    void onJoined(LinkState state) {
        context.timers.setAtMost(
                OverlayTimer.WATCH, context.host.now() + context.config.limits().quietMillis());
        if (state.peer().speaksVendor()) {
            context.outbox.sendControl(state, MESSAGES_SUPPORTED, Cause.MAINTENANCE);
        }
        boolean looksForHosts = context.config.neighboursWanted() > 0 || context.config.supernodesWanted() > 0;
        if (!state.isLeaf() && looksForHosts) {
            pongs.ask(state, context.config.limits().ttlMax());
        }
    }

    /** Pings quiet links, closes silent ones; says when to look again. */
    long watch(long now) {
        long next = Long.MAX_VALUE;
        OverlayLimits limits = context.config.limits();
        for (int i = context.links.count() - 1; i >= 0; i--) {
            LinkState state = context.links.get(i);
            if (!state.isJoined()) {
                continue;
            }
            long quietSince = state.lastHeard;
            next = Math.min(next, FlowControl.watch(context, state, now));
            if (state.owesPong()) {
                if (now - state.pingSentAt >= limits.silentMillis()) {
                    context.bye(state, Context.BYE_SILENT, "No reply to alive pings", CloseReason.SILENT);
                    i = Math.min(i, context.links.count());
                    continue;
                }
                next = Math.min(next, state.pingSentAt + limits.silentMillis());
            } else if (now - quietSince >= limits.quietMillis()) {
                ping(state);
                next = Math.min(next, now + limits.silentMillis());
            } else {
                next = Math.min(next, quietSince + limits.quietMillis());
            }
        }
        return next;
    }

    /**
     * This node slept, and so heard nobody: all are asked anew whether they live, and have the whole time to say so.
     */
    void onSlept(long now) {
        for (int i = 0; i < context.links.count(); i++) {
            LinkState state = context.links.get(i);
            if (state.isJoined()
                    && now - state.lastHeard >= context.config.limits().quietMillis()) {
                ping(state);
            }
        }
    }

    /** Asks whether {@code to} lives. */
    private void ping(LinkState to) {
        Guid guid = context.freshGuid();
        to.ping = guid;
        to.pingSentAt = context.host.now();
        context.outbox.sendControl(to, new Ping(guid, 1, 0, Bytes.EMPTY), Cause.MAINTENANCE);
    }
}
