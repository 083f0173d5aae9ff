package praline.node.overlay;

import java.util.LinkedHashSet;
import java.util.Set;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.node.engine.Ration;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.OverlayFrame;

/**
 * Dials those that ask whether they can be dialled, and hangs up (spec/gnutella.md section 12, {@code BEAR} 7). The
 * address is the one that the wish came from, so that nobody is sent elsewhere (spec/hardening.md C12).
 */
final class ConnectBacks {

    private static final int EACH = 4;
    private static final long PERIOD_MILLIS = 600_000;
    private static final int ADDRESSES_MAX = 1_000;
    private static final int DIALS_MAX = 8;
    private static final int PORT_MIN = 1_024;

    private final Context context;
    /** By address, with port 0. */
    private final Ration<Endpoint> perAddress = new Ration<>(EACH, PERIOD_MILLIS, ADDRESSES_MAX);
    /** Tickets of the dials under way. */
    private final Set<Long> dials = new LinkedHashSet<>(0);

    ConnectBacks(Context context) {
        this.context = context;
    }

    void onWish(LinkState from, int port) {
        boolean isUsualPort = port >= PORT_MIN || (port > 0 && context.config.profile() != Profile.INTERNET);
        Endpoint remote = from.link.remote();
        if (isUsualPort && dials.size() < DIALS_MAX && perAddress.take(remote.withPort(0), context.host.now())) {
            dials.add(context.host.dial(remote.withPort(port), LinkPurpose.PROBE));
        }
    }

    /** Whether {@code ticket} was a dial of ours; that it opened is all that the other end wants to know. */
    boolean onLinkOpen(Link<OverlayFrame> link, long ticket) {
        boolean isOurs = dials.remove(ticket);
        if (isOurs) {
            link.close(CloseReason.FINISHED);
        }
        return isOurs;
    }

    void onDialFailed(long ticket) {
        dials.remove(ticket);
    }
}
