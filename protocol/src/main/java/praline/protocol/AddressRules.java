package praline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Which addresses that came over the wire are worth anything: kept, passed on or dialled (spec/hardening.md C11). What
 * a user typed is not asked about here.
 *
 * <p>Never usable, in no profile: port 0. Never but in a laboratory: the loopback, unspecified and link-local addresses
 * (169.254.169.254 is where clouds keep secrets), multicast, broadcast and reserved ones, and IPv6 forms that hide an
 * IPv4 address. Endpoint has brought the mapped form {@code ::ffff:a.b.c.d} into one with IPv4 before.
 */
public enum AddressRules {
    /** Public addresses; private ones only when a private address tells them. */
    INTERNET,
    /** Public and private addresses. */
    LAN,
    /** Loopback addresses alone: a laboratory on one machine talks to nobody else. */
    LAB,
    /** All addresses: those of a given network, which need not exist. */
    ANY;

    /** What an address is good for. */
    private enum Scope {
        PUBLIC,
        PRIVATE,
        LOOPBACK,
        NOWHERE
    }

    /**
     * Whether {@code endpoint} is usable.
     *
     * @param teller who told it, as observed; null when nobody can be named, which counts as public
     * @param self where this node listens: its own endpoint is of no use
     */
    public boolean isUsable(Endpoint endpoint, @Nullable Endpoint teller, Endpoint self) {
        if (endpoint.port() == 0 || endpoint.equals(self)) {
            return false;
        }
        Scope scope = scopeOf(endpoint);
        return switch (this) {
            case INTERNET -> scope == Scope.PUBLIC || (scope == Scope.PRIVATE && isPrivate(teller));
            case LAN -> scope == Scope.PUBLIC || scope == Scope.PRIVATE;
            case LAB -> scope == Scope.LOOPBACK;
            case ANY -> true;
        };
    }

    /** Whether a node that listens on {@code endpoint} is reachable by its own machine alone. */
    public static boolean isLoopback(Endpoint endpoint) {
        return scopeOf(endpoint) == Scope.LOOPBACK;
    }

    /** Whether {@code endpoint} lies in a network of its owner: 10/8, 172.16/12, 192.168/16, 100.64/10 or fc00::/7. */
    public static boolean isPrivate(@Nullable Endpoint endpoint) {
        return endpoint != null && scopeOf(endpoint) == Scope.PRIVATE;
    }

    private static Scope scopeOf(Endpoint endpoint) {
        return endpoint.isIpv4() ? scopeOfIpv4(endpoint.ipv4()) : scopeOfIpv6(endpoint.high(), endpoint.low());
    }

    private static Scope scopeOfIpv4(int address) {
        int first = address >>> 24;
        int second = address >>> 16 & 0xFF;
        if (first == 127) {
            return Scope.LOOPBACK;
        }
        if (first == 0 || first >= 224 || (first == 169 && second == 254)) {
            return Scope.NOWHERE;
        }
        boolean isPrivate = first == 10
                || (first == 172 && second >>> 4 == 1)
                || (first == 192 && second == 168)
                || (first == 100 && second >>> 6 == 1);
        return isPrivate ? Scope.PRIVATE : Scope.PUBLIC;
    }

    private static Scope scopeOfIpv6(long high, long low) {
        if (high == 0 && low == 1) {
            return Scope.LOOPBACK;
        }
        int first = (int) (high >>> 48);
        boolean isUniqueLocal = first >>> 9 == 0xFC >>> 1;
        if (isUniqueLocal) {
            return Scope.PRIVATE;
        }
        // 2000::/3 is all that is assigned; 2002::/16 (6to4) and 2001::/32 (Teredo) hide an IPv4 address.
        boolean isGlobal = first >>> 13 == 1;
        boolean hidesIpv4 = first == 0x2002 || high >>> 32 == 0x2001_0000L;
        return isGlobal && !hidesIpv4 ? Scope.PUBLIC : Scope.NOWHERE;
    }
}
