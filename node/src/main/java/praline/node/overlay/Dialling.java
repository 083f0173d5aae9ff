package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;

/** Whom to dial, and when: keeps up the number of links as neighbours come and go. */
final class Dialling {

    /** A dial under way. */
    private record Dial(long ticket, Endpoint to) {}

    private final Context context;
    /** Few, and most of the time none: copied when it changes. */
    private ImmutableList<Dial> dials = ImmutableList.of();

    private boolean stopped;

    Dialling(Context context) {
        this.context = context;
    }

    /** Dials no more. */
    void stop() {
        stopped = true;
    }

    /** Dials until there are, or will be, as many links as wanted. */
    void fill() {
        if (stopped) {
            return;
        }
        long now = context.host.now();
        int missing = missing();
        while (missing > 0 && dials.size() < context.config.limits().dialsMax()) {
            Endpoint next = context.hosts.next(now, isGivenNetwork(), this::isTaken);
            if (next == null) {
                break;
            }
            begin(next);
            missing--;
        }
        if (missing > 0) {
            context.timers.set(OverlayTimer.DIAL, context.hosts.nextTry(now));
        }
    }

    /** Where the dial with this ticket went, which is over; null: it was none of ours. */
    @Nullable
    Endpoint take(long ticket) {
        for (Dial dial : dials) {
            if (dial.ticket() == ticket) {
                dials = dials.stream().filter(other -> other != dial).collect(ImmutableList.toImmutableList());
                return dial.to();
            }
        }
        return null;
    }

    void onFailed(long ticket, DialFailure why) {
        Endpoint dialled = take(ticket);
        if (dialled == null) {
            return;
        }
        context.hosts.failed(dialled, context.host.now(), context.host.random());
        context.listener.onUnreachable(dialled, why);
        fill();
    }

    /** The link {@code state} is gone; what was dialled and never joined counts as a failure. */
    void onEnded(LinkState state, boolean wasJoined) {
        if (state.dialled != null && !wasJoined) {
            context.hosts.failed(state.dialled, context.host.now(), context.host.random());
        }
        fill();
    }

    private void begin(Endpoint to) {
        Dial dial = new Dial(context.host.dial(to, LinkPurpose.OVERLAY), to);
        dials = ImmutableList.<Dial>builder().addAll(dials).add(dial).build();
    }

    private boolean isTaken(Endpoint host) {
        if (host.equals(context.config.self())
                || dials.stream().anyMatch(dial -> dial.to().equals(host))) {
            return true;
        }
        for (int i = 0; i < context.links.count(); i++) {
            LinkState state = context.links.get(i);
            if (host.equals(state.dialled) || host.equals(state.peer().contact())) {
                return true;
            }
        }
        return false;
    }

    /** Links named one by one, and no others: then every seed is dialled. */
    private boolean isGivenNetwork() {
        return wanted() == 0;
    }

    private int wanted() {
        return context.config.role() == Role.LEAF
                ? context.config.supernodesWanted()
                : context.config.neighboursWanted();
    }

    private int missing() {
        if (isGivenNetwork()) {
            return Integer.MAX_VALUE;
        }
        int outbound = context.links.countIf(state -> !state.isJoined() && state.dialled != null);
        return wanted() - context.links.neighbourCount() - outbound - dials.size();
    }
}
