package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorKind;

/**
 * Keeps joined links honest: pings those that are quiet, gives up those that stay silent, and answers pings from what
 * this node knows. Pings are never passed on (spec/gnutella.md section 4; spec/hardening.md C7, R11).
 */
final class Upkeep {

    /** Other hosts that one ping is told of. */
    private static final int HOSTS_PER_PING = 9;

    private static final long HOSTS_PAUSE_MILLIS = 3_000;
    /** The least size that marks a supernode, in KiB; the field then holds a power of two. */
    private static final long SUPERNODE_MARK_MIN = 8;

    /** Who announces vendor messages must say which (spec/gnutella.md section 12): index publication, both ways. */
    private static final Vendor MESSAGES_SUPPORTED = new VendorCall.MessagesSupported(
                    ImmutableList.of(VendorKind.INDEX_BATCH, VendorKind.INDEX_STATUS))
            .toVendor(Guid.ZERO);

    private final Context context;
    private final SharedFiles files;

    Upkeep(Context context, SharedFiles files) {
        this.context = context;
        this.files = files;
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
            ping(state, context.config.limits().ttlMax());
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
            if (state.ping != null && state.pingSentAt > quietSince) {
                if (now - state.pingSentAt >= limits.silentMillis()) {
                    context.bye(state, 406, "No reply to alive pings", CloseReason.SILENT);
                    i = Math.min(i, context.links.count());
                    continue;
                }
                next = Math.min(next, state.pingSentAt + limits.silentMillis());
            } else if (now - quietSince >= limits.quietMillis()) {
                ping(state, 1);
                next = Math.min(next, now + limits.silentMillis());
            } else {
                next = Math.min(next, quietSince + limits.quietMillis());
            }
        }
        return next;
    }

    void onPing(LinkState from, Ping ping) {
        context.outbox.sendControl(from, own(ping.guid()), Cause.MAINTENANCE);
        long now = context.host.now();
        if (ping.ttl() <= 1 || now - from.conduct().hostsGivenAt < HOSTS_PAUSE_MILLIS) {
            return;
        }
        from.conduct().hostsGivenAt = now;
        int given = 0;
        for (int i = 0; i < context.links.neighbourCount() && given < HOSTS_PER_PING; i++) {
            LinkState neighbour = context.links.neighbour(i);
            if (neighbour != from && neighbour.peer().contact().port() != 0) {
                Pong pong = new Pong(ping.guid(), 1, 1, neighbour.peer().contact(), 0, SUPERNODE_MARK_MIN, Bytes.EMPTY);
                context.outbox.sendChatter(from, pong);
                given++;
            }
        }
    }

    /** Takes the answer to a ping of ours; any other pong is nobody's. */
    void onPong(LinkState from, Pong pong) {
        if (!pong.guid().equals(from.ping)) {
            return;
        }
        Endpoint host = pong.endpoint();
        context.learn(host, from.link.remote());
    }

    private void ping(LinkState to, int ttl) {
        Guid guid = context.freshGuid();
        to.ping = guid;
        to.pingSentAt = context.host.now();
        context.outbox.sendControl(to, new Ping(guid, ttl, 0, Bytes.EMPTY), Cause.MAINTENANCE);
    }

    private Pong own(Guid guid) {
        return new Pong(guid, 1, 0, context.config.self(), files.fileCount(), sizeField(), Bytes.EMPTY);
    }

    /** A supernode says a power of two of 8 or more, every other node says none (spec/gnutella.md 4.2). */
    private long sizeField() {
        long kibibytes = files.kibibytes();
        return context.config.role() == Role.SUPERNODE
                ? Math.max(SUPERNODE_MARK_MIN, Long.highestOneBit(kibibytes))
                : kibibytes | 1;
    }
}
