package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * Whom to dial, and when: keeps up the number of links as neighbours come and go (spec/hardening.md C4 and section 11).
 *
 * <p>A leaf that lost a supernode dials several hosts at once and takes the first that answers; hosts that stay silent
 * do not hold it up. Now and then a node tries one more host: a leaf only to know that somebody lives there, a
 * supernode to be linked with it for a while, so that networks that had parted find each other.
 */
final class Dialling {

    /** Of a feeler's pause, so that nodes that started together do not feel together. */
    private static final int JITTER_PERCENT = 20;

    /** What a dial is for. */
    enum Aim {
        /** To fill a place among the links that are wanted. */
        JOIN,
        /** To be linked for a while with somebody else than usual. */
        FEEL,
        /** To learn that somebody listens there. */
        PROBE
    }

    /** A dial under way. */
    record Dial(long ticket, Endpoint to, Aim aim, long begun) {}

    private final Context context;
    /** Few, and most of the time none: copied when it changes. */
    private ImmutableList<Dial> dials = ImmutableList.of();

    private boolean stopped;
    /** Whether a supernode was lost and is not replaced yet. */
    private boolean isRehoming;
    /** Nothing is dialled before. */
    private long notBefore;

    Dialling(Context context) {
        this.context = context;
    }

    /** Dials no more, until {@link #resume}. */
    void stop() {
        stopped = true;
    }

    void resume() {
        stopped = false;
        fill();
    }

    /** Knows what an earlier run knew, and dials it soon: not all nodes that start at once at the same moment. */
    void restore(List<KnownHost> known) {
        known.forEach(host -> context.hosts.restore(host, context.config.self()));
        if (!known.isEmpty()) {
            waitUpTo(limits().restartJitterMillis());
        }
    }

    /** Dials until there are, or will be, as many links as wanted. */
    void fill() {
        if (stopped) {
            return;
        }
        long now = context.host.now();
        if (now < notBefore) {
            context.timers.setAtMost(OverlayTimer.DIAL, notBefore);
            return;
        }
        int missing = missing();
        isRehoming &= missing > 0;
        int dialsWanted = isRehoming ? Math.max(missing, limits().rehomeDials()) : missing;
        int underWay = missing > 0 ? underWay(now) : 0;
        while (underWay < dialsWanted && dials.size() < context.config.limits().dialsMax()) {
            Endpoint next = context.hosts.next(now, isGivenNetwork(), host -> isTaken(host) || isTooSoon(host, now));
            if (next == null) {
                break;
            }
            begin(next, Aim.JOIN);
            underWay++;
        }
        if (missing > 0) {
            long again = Math.min(context.hosts.nextTry(now), nextLate(now));
            context.timers.set(OverlayTimer.DIAL, Math.min(again, context.dialRules.nextChance(now)));
        }
    }

    /** Tries one more host. */
    void feel() {
        long now = context.host.now();
        feelLater();
        Endpoint host = stopped
                ? null
                : context.hosts.any(now, context.host.random(), one -> isTaken(one) || isTooSoon(one, now));
        if (host != null) {
            begin(host, context.config.role() == Role.LEAF ? Aim.PROBE : Aim.FEEL);
        }
    }

    /** The dial with this ticket, which is over; null: it was none of ours. */
    @Nullable
    Dial take(long ticket) {
        for (Dial dial : dials) {
            if (dial.ticket() == ticket) {
                dials = dials.stream()
                        .filter(other -> other.ticket() != ticket)
                        .collect(ImmutableList.toImmutableList());
                context.dialRules.onDialEnd(dial.to());
                return dial;
            }
        }
        return null;
    }

    /** Whether a link that {@code dial} opened is of use; if not, at least its host lives. */
    boolean isWanted(Dial dial) {
        boolean isWanted = dial.aim() == Aim.FEEL || (dial.aim() == Aim.JOIN && missing() > 0);
        if (!isWanted) {
            context.hosts.succeeded(dial.to(), context.host.now());
        }
        return isWanted;
    }

    void onFailed(long ticket, DialFailure why) {
        Dial dial = take(ticket);
        if (dial == null) {
            return;
        }
        context.hosts.failed(dial.to(), context.host.now(), context.host.random());
        if (dial.aim() == Aim.JOIN) {
            context.listener.onUnreachable(dial.to(), why);
        }
        fill();
    }

    /** The other end of {@code state}, which we dialled, is a supernode without room for us. */
    void onFull(LinkState state) {
        if (state.dialled != null) {
            state.wasFull = true;
            context.hosts.full(state.dialled, context.host.now(), context.host.random());
        }
    }

    /** Who answered {@code state}, which we dialled, does not speak our protocol. */
    void onNonsense(LinkState state) {
        if (state.dialled != null) {
            context.hosts.penalise(state.dialled, context.host.now(), context.host.random());
        }
    }

    /** One feeler's link at a time: the one before makes room, if there are enough without it. */
    void onJoined(LinkState state) {
        if (!context.timers.isRunning(OverlayTimer.FEEL) && !isGivenNetwork()) {
            feelLater();
        }
        if (state.isFeeler && context.links.neighbourCount() > wanted()) {
            makeRoom(state);
        }
    }

    /** The link {@code state} is gone; what was dialled and never joined counts as a failure. */
    void onEnded(LinkState state, boolean wasJoined) {
        if (state.dialled != null && !wasJoined && !state.wasFull) {
            context.hosts.failed(state.dialled, context.host.now(), context.host.random());
        }
        boolean wasLeader = wasJoined && context.config.role() == Role.LEAF && !isGivenNetwork();
        if (wasLeader && !isRehoming && !stopped) {
            isRehoming = true;
            waitUpTo(limits().rehomeJitterMillis());
        }
        fill();
    }

    /** How many links this node keeps up by dialling, in its present role. */
    int wanted() {
        return context.config.role() == Role.LEAF
                ? context.config.supernodesWanted()
                : context.config.neighboursWanted();
    }

    /** Whether supernodes are known that are not linked, and none of them has room. */
    boolean knowsOnlyFull() {
        return context.hosts.isExhausted(this::isTaken);
    }

    private TierLimits.Hosts limits() {
        return context.config.tiers().hosts();
    }

    private void waitUpTo(int millis) {
        notBefore = context.host.now() + context.host.random().nextInt(millis);
        context.timers.setAtMost(OverlayTimer.DIAL, notBefore);
    }

    private void feelLater() {
        int pause = limits().feelerMillis();
        int jitter = pause / 100 * JITTER_PERCENT;
        context.timers.set(
                OverlayTimer.FEEL,
                context.host.now() + pause - jitter + context.host.random().nextInt(2 * jitter + 1));
    }

    private void makeRoom(LinkState newcomer) {
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState before = context.links.neighbour(i);
            if (before.isFeeler && before != newcomer) {
                context.bye(before, Context.BYE_MAKING_ROOM, "Making room for another", CloseReason.BYE);
                return;
            }
        }
    }

    private void begin(Endpoint to, Aim aim) {
        LinkPurpose purpose = aim == Aim.PROBE ? LinkPurpose.PROBE : LinkPurpose.OVERLAY;
        Dial dial = new Dial(context.host.dial(to, purpose), to, aim, context.host.now());
        dials = ImmutableList.<Dial>builder().addAll(dials).add(dial).build();
        context.dialRules.onDial(to, context.host.now());
    }

    /** Whether an address that strangers told was dialled as often as may be of late (C12). */
    private boolean isTooSoon(Endpoint host, long now) {
        return context.dialRules.notBefore(host, now) > now && !context.hosts.isSeed(host);
    }

    private boolean isTaken(Endpoint host) {
        if (host.equals(context.config.self())
                || context.isBanned(host, Guid.ZERO)
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

    /** Links that are wanted and do not stand, not even half. */
    private int missing() {
        if (isGivenNetwork()) {
            return Integer.MAX_VALUE;
        }
        int outbound = context.links.countIf(state -> !state.isJoined() && state.dialled != null);
        return wanted() - context.links.neighbourCount() - outbound;
    }

    /** Dials that may fill a place; one that is late may do so still, but nobody waits for it. */
    private int underWay(long now) {
        int underWay = 0;
        for (Dial dial : dials) {
            underWay += dial.aim() == Aim.JOIN && now < lateAt(dial) ? 1 : 0;
        }
        return underWay;
    }

    private long nextLate(long now) {
        long next = Timers.NEVER;
        for (Dial dial : dials) {
            next = now < lateAt(dial) ? Math.min(next, lateAt(dial)) : next;
        }
        return next;
    }

    private long lateAt(Dial dial) {
        return dial.begun() + limits().rehomeMillis();
    }
}
