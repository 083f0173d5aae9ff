package praline.node.overlay;

import praline.node.engine.Profile;
import praline.node.engine.Timers;

/**
 * What a node is that may choose (spec/gnutella.md 14.2; spec/hardening.md F3, F6). It begins as a leaf. It leads when
 * no supernode has room for it and it is able: it has run for long enough and others can reach it. It steps back when
 * it has had no leaf for long and there is a supernode to turn to.
 *
 * <p>Many leaves may miss a supernode at the same moment. Each is patient for a time of its own, and whoever is first
 * gives the others a place. A node that others came to goes before one that nobody knows.
 */
final class Roles {

    /** Has the engine be something else. */
    interface Change {
        void become(Role role);
    }

    private static final int PERCENT = 100;
    /**
     * Of the time over which chance spreads changes, the part at its beginning for nodes that others came to, in
     * percent.
     */
    private static final int KNOWN_PERCENT = 25;

    private final Context context;
    private final Joining joining;
    private final Change change;
    private final long startedAt;
    private long keptUntil;
    private Need need = Need.NONE;
    /** Since when something has been wrong, and how patient chance makes this node with it, 0 to 99. */
    private long since;

    private int chance;
    private boolean wasReached;

    Roles(Context context, Joining joining, Change change) {
        this.context = context;
        this.joining = joining;
        this.change = change;
        this.startedAt = context.host.now();
        this.keptUntil = startedAt;
    }

    /**
     * What is wrong with the present role, and how many halves of the usual time a node bears it: at least, and how
     * many more by chance. Where supernodes live but are full, a new one is known to all within half a minute or so; by
     * then no more nodes should have followed than there are places missing.
     */
    private enum Need {
        NONE(0, 0),
        /** A leaf without a supernode. */
        ALONE(2, 2),
        /** A leaf without a supernode, which knows some that are full. */
        ALONE_AMONG_FULL(1, 10),
        /** A leaf with fewer supernodes than it wants, because all others are full. */
        SHORT(8, 16),
        /** A supernode without a leaf. */
        LEAFLESS(2, 2);

        final int halves;
        final int moreHalves;

        Need(int halves, int moreHalves) {
            this.halves = halves;
            this.moreHalves = moreHalves;
        }

        boolean isLike(Need other) {
            return this == other || (isAlone() && other.isAlone());
        }

        private boolean isAlone() {
            return this == ALONE || this == ALONE_AMONG_FULL;
        }
    }

    /** Somebody from outside came to this node: others can reach it. */
    void onReached() {
        if (!wasReached) {
            wasReached = true;
            look();
        }
    }

    /** Links or known hosts have changed. */
    void look() {
        Need present = need();
        if (!present.isLike(need)) {
            since = context.host.now();
            chance = context.host.random().nextInt(PERCENT);
        }
        need = present;
        context.timers.set(
                OverlayTimer.ROLE, present == Need.NONE ? Timers.NEVER : Math.max(context.host.now(), due(present)));
    }

    /** A patience may be at its end. */
    void decide() {
        look();
        long now = context.host.now();
        if (need == Need.NONE || now < due(need)) {
            return;
        }
        if (!isAble()) {
            context.timers.set(OverlayTimer.ROLE, now + limits().lonelyMillis());
            return;
        }
        context.timers.stop(OverlayTimer.ROLE);
        keptUntil = now + limits().keepMillis();
        change.become(need == Need.LEAFLESS ? Role.LEAF : Role.SUPERNODE);
    }

    /** A supernode without room wants this one as its leaf. True: it leads nobody, may change, and is to be a leaf. */
    boolean stepsBack() {
        long now = context.host.now();
        if (need() != Need.LEAFLESS || now < keptUntil) {
            return false;
        }
        keptUntil = now + limits().keepMillis();
        return true;
    }

    private Need need() {
        int supernodes = context.links.neighbourCount();
        if (context.config.role() == Role.SUPERNODE) {
            return context.links.leafCount() == 0 ? Need.LEAFLESS : Need.NONE;
        }
        if (supernodes >= joining.wanted()) {
            return Need.NONE;
        }
        if (supernodes > 0) {
            return joining.knowsOnlyFull() ? Need.SHORT : Need.NONE;
        }
        return context.hosts.hasFull() ? Need.ALONE_AMONG_FULL : Need.ALONE;
    }

    /** When the patience with {@code reason} ends, no sooner than a change is allowed. */
    private long due(Need reason) {
        long half = (reason == Need.LEAFLESS ? limits().leaflessMillis() : limits().lonelyMillis()) / 2;
        int share = wasReached
                ? chance * KNOWN_PERCENT / PERCENT
                : KNOWN_PERCENT + chance * (PERCENT - KNOWN_PERCENT) / PERCENT;
        long patient = since + half * reason.halves + half * reason.moreHalves * share / PERCENT;
        long grown = reason == Need.LEAFLESS ? patient : Math.max(patient, startedAt + limits().uptimeMillis());
        return Math.max(grown, keptUntil);
    }

    /** A leaf must be known to others before it can lead them; a supernode must know one that leads it. */
    private boolean isAble() {
        if (need == Need.LEAFLESS) {
            return context.links.neighbourCount() > 0;
        }
        Profile profile = context.config.profile();
        return wasReached || profile == Profile.LAB || profile == Profile.EXPERIMENT;
    }

    private TierLimits.Roles limits() {
        return context.config.tiers().roles();
    }
}
