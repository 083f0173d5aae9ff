package praline.node.overlay;

import praline.protocol.gnutella.MessageType;

/** What TTL and hops of an arriving message allow (spec/gnutella.md 3.3, spec/hardening.md W3). Pure. */
final class HopRules {

    /** Hops that no honest path has. */
    private static final int HOPS_BROKEN = 255;

    /** How near a sender of far messages must be to be blamed for them. */
    static final int NEAR_HOPS = 2;

    private HopRules() {}

    /** What to do with a message. */
    enum Verdict {
        TAKE,
        /** Broken or worn out: drop it. */
        DROP,
        /** Beyond the bound of TTL + hops: drop it, and blame a near sender. */
        TOO_FAR
    }

    static Verdict check(MessageType type, int ttl, int hops, OverlayLimits limits) {
        if (isForNeighboursOnly(type) && (ttl > 1 || hops > 0)) {
            return Verdict.DROP;
        }
        if (hops >= HOPS_BROKEN || ttl <= 0) {
            return Verdict.DROP;
        }
        return ttl + hops > limits.ttlPlusHopsMax() ? Verdict.TOO_FAR : Verdict.TAKE;
    }

    /** Whether messages of this type never leave the link that they are sent on. */
    static boolean isForNeighboursOnly(MessageType type) {
        return switch (type) {
            case BYE, QRP, VENDOR, STANDARD_VENDOR -> true;
            case PING, PONG, PUSH, QUERY, QUERY_HIT, OTHER -> false;
        };
    }

    /**
     * TTL with which a query that arrived goes on: one less, and no farther than the bound; 0 or less: it stays here.
     */
    static int onwardTtl(int ttl, int hops, OverlayLimits limits) {
        return Math.min(ttl - 1, limits.ttlMax() - (hops + 1));
    }

    /** TTL of a hit that answers a query which arrived with {@code hops}: enough for the way back and a little more. */
    static int hitTtl(int hops, OverlayLimits limits) {
        return Math.min(hops + 1 + HIT_SLACK, limits.ttlPlusHopsMax());
    }

    private static final int HIT_SLACK = 5;
}
