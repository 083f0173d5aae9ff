package praline.node.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;

/**
 * Which addresses that strangers tell may be dialled, and how often, so that a node cannot be aimed at a third party
 * (spec/hardening.md C11, C12, L5): nothing below port 1024, few ports and few dials for each address, one at a time.
 * In a LAN everything four times as wide; in a laboratory, where all nodes share an address, no such rule.
 */
public final class DialRules {

    private static final int FIRST_ORDINARY_PORT = 1_024;
    private static final int LAN_WIDTH = 4;

    private static final Bounds NO_BOUNDS = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
    private static final DialRules LAB = new DialRules(Profile.LAB, NO_BOUNDS);
    private static final DialRules EXPERIMENT = new DialRules(Profile.EXPERIMENT, NO_BOUNDS);

    private final Profile profile;
    private final Bounds bounds;
    private final int width;

    /** By address, port 0; only those that were dialled within the window. */
    private final Map<Endpoint, Dials> dials = new LinkedHashMap<>(0);

    /**
     * How much of one address is borne.
     *
     * @param portsPerAddress how many ports of one address may be known
     * @param dialsPerAddress how often one address may be dialled within {@code windowMillis}
     */
    public record Bounds(int portsPerAddress, int dialsPerAddress, long windowMillis) {}

    private DialRules(Profile profile, Bounds bounds) {
        this.profile = profile;
        this.bounds = bounds;
        this.width = profile == Profile.LAN ? LAN_WIDTH : 1;
    }

    /** The rules of a profile; a laboratory's remember nothing, so that all its nodes share them. */
    public static DialRules of(Profile profile, Bounds bounds) {
        return switch (profile) {
            case LAB -> LAB;
            case EXPERIMENT -> EXPERIMENT;
            case INTERNET, LAN -> new DialRules(profile, bounds);
        };
    }

    /** The dials to one address. */
    private static final class Dials {
        /** When they began, the latest last; not more than are allowed. */
        final Deque<Long> begun = new ArrayDeque<>(4);

        int underWay;
    }

    /**
     * Whether {@code host} may be kept beside those that are {@code known}.
     *
     * @param teller who told it, as observed; null: nobody who could be named
     * @param self where this node listens
     */
    public boolean allows(Endpoint host, @Nullable Endpoint teller, Endpoint self, Collection<Endpoint> known) {
        return allows(host, teller, self)
                && (isLaboratory() || known.stream().filter(host::sameAddress).count() < portsMax());
    }

    /** The same for an address that is dialled once and not kept. */
    public boolean allows(Endpoint host, @Nullable Endpoint teller, Endpoint self) {
        boolean isOrdinary = profile != Profile.INTERNET || host.port() >= FIRST_ORDINARY_PORT;
        return isOrdinary && profile.addresses().isUsable(host, teller, self);
    }

    /** When {@code host} may be dialled: now, later, or {@link Timers#NEVER} before another dial ends. */
    public long notBefore(Endpoint host, long now) {
        Dials past = dials.isEmpty() ? null : dials.get(host.withPort(0));
        if (past == null) {
            return now;
        }
        if (past.underWay >= width) {
            return Timers.NEVER;
        }
        return past.begun.size() < dialsMax() ? now : Math.max(now, past.begun.getFirst() + bounds.windowMillis());
    }

    /** When some address may be dialled again that may not now; {@link Timers#NEVER}: not before a dial ends. */
    public long nextChance(long now) {
        long next = Timers.NEVER;
        for (Dials past : dials.values()) {
            boolean waits = past.underWay < width && past.begun.size() >= dialsMax();
            long allowedAt = past.begun.getFirst() + bounds.windowMillis();
            next = waits && allowedAt > now ? Math.min(next, allowedAt) : next;
        }
        return next;
    }

    /** {@code host} is being dialled, until {@link #onDialEnd}. */
    public void onDial(Endpoint host, long now) {
        if (isLaboratory()) {
            return;
        }
        dials.values().removeIf(past -> past.underWay == 0 && past.begun.getLast() + bounds.windowMillis() <= now);
        Dials past = dials.computeIfAbsent(host.withPort(0), address -> new Dials());
        past.underWay++;
        past.begun.addLast(now);
        if (past.begun.size() > dialsMax()) {
            past.begun.removeFirst();
        }
    }

    public void onDialEnd(Endpoint host) {
        Dials past = dials.get(host.withPort(0));
        if (past != null && past.underWay > 0) {
            past.underWay--;
        }
    }

    private boolean isLaboratory() {
        return profile == Profile.LAB || profile == Profile.EXPERIMENT;
    }

    private long portsMax() {
        return (long) bounds.portsPerAddress() * width;
    }

    private int dialsMax() {
        return bounds.dialsPerAddress() * width;
    }
}
