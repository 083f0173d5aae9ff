package praline.node.net;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;

/**
 * Decides who may come in (spec/hardening.md C2): a rate for all, a rate and a number for each address, and a bound on
 * inbound connections that are still in their handshake. When that one is reached, the oldest has to go for a newcomer,
 * but only after it had time to say its first byte; so a flood of silent connections cannot lock everybody else out.
 *
 * <p>One IPv6 subscriber has many addresses: they count together by /56, and eight times as wide by /48. Where a whole
 * network shares one address, as in profile lab, the rules per address do not apply.
 */
final class ArrivalGate {

    private static final long MASK_56 = 0xFFFF_FFFF_FFFF_FF00L;
    private static final long MASK_48 = 0xFFFF_FFFF_FFFF_0000L;
    private static final int SITE_FACTOR = 8;

    private final NetLimits.Net limits;
    private final int addressFactor;
    private final int handshakesMax;
    private final LimitHits hits;
    private final Rate rate;
    private final Set<Visit> handshaking = new LinkedHashSet<>();
    private final Map<Endpoint, Visitor> visitors;
    private final Map<Endpoint, Visitor> sites;

    ArrivalGate(NetLimits.Net limits, Profile profile, LimitHits hits, long now) {
        this.limits = limits;
        this.addressFactor = NetLimits.Net.addressFactor(profile);
        int rateFactor = NetLimits.Net.rateFactor(profile);
        // A whole cluster starts at once, so that what waits for its turn is wider by the same factor as the rate.
        this.handshakesMax = limits.handshakes() * rateFactor;
        this.hits = hits;
        long perSecond = (long) limits.accepts() * rateFactor;
        this.rate = Rate.perSecond(perSecond, perSecond, now);
        this.visitors = bounded(limits.addresses());
        this.sites = bounded(limits.addresses());
    }

    /** One inbound connection, from when it was let in. */
    final class Visit {
        private final @Nullable Visitor visitor;
        private final @Nullable Visitor site;
        private final long since;
        private Runnable turnOut;

        private Visit(@Nullable Visitor visitor, @Nullable Visitor site, long since, Runnable turnOut) {
            this.visitor = visitor;
            this.site = site;
            this.since = since;
            this.turnOut = turnOut;
        }

        /** From here on somebody else closes it, when it has to make room. */
        void handOver(Runnable newTurnOut) {
            turnOut = newTurnOut;
        }

        /** Its handshake is done. */
        void settled() {
            handshaking.remove(this);
        }

        /** It is gone. */
        void left() {
            handshaking.remove(this);
            if (visitor != null) {
                visitor.open--;
            }
            if (site != null) {
                site.open--;
            }
        }
    }

    /**
     * Lets a connection in, or not (null).
     *
     * @param turnOut closes it, when it has to make room for a newcomer while it is in its handshake
     */
    @Nullable
    Visit enter(Endpoint from, long now, Runnable turnOut) {
        if (!rate.take(now)) {
            hits.hit("limits.net.accepts");
            return null;
        }
        Visitor visitor = null;
        Visitor site = null;
        if (addressFactor > 0) {
            visitor = visitor(visitors, from.isIpv4() ? from.withPort(0) : masked(from, MASK_56), 1, now);
            site = from.isIpv4() ? null : visitor(sites, masked(from, MASK_48), SITE_FACTOR, now);
            if (!mayEnter(visitor, 1, now) || (site != null && !mayEnter(site, SITE_FACTOR, now))) {
                return null;
            }
        }
        if (handshaking.size() >= handshakesMax && !turnOutOldest(now)) {
            hits.hit("limits.net.handshakes");
            return null;
        }
        Visit visit = new Visit(visitor, site, now, turnOut);
        handshaking.add(visit);
        if (visitor != null) {
            visitor.open++;
        }
        if (site != null) {
            site.open++;
        }
        return visit;
    }

    /** How many inbound connections are in their handshake. */
    int handshaking() {
        return handshaking.size();
    }

    /** What is known of one address, or of one network of addresses. */
    private static final class Visitor {
        private final Rate rate;
        private int open;

        Visitor(Rate rate) {
            this.rate = rate;
        }
    }

    private boolean turnOutOldest(long now) {
        Visit oldest = handshaking.iterator().next();
        if (now - oldest.since < limits.firstByteMillis()) {
            return false;
        }
        hits.hit("limits.net.handshakes");
        handshaking.remove(oldest);
        oldest.turnOut.run();
        return true;
    }

    private boolean mayEnter(Visitor visitor, int factor, long now) {
        if (visitor.open >= limits.perAddress() * addressFactor * factor) {
            hits.hit("limits.net.perAddress");
            return false;
        }
        if (!visitor.rate.take(now)) {
            hits.hit("limits.net.acceptsPerAddress");
            return false;
        }
        return true;
    }

    private Visitor visitor(Map<Endpoint, Visitor> known, Endpoint address, int factor, long now) {
        int scale = addressFactor * factor;
        return known.computeIfAbsent(
                address,
                unknown -> new Visitor(Rate.perMinute(
                        (long) limits.acceptsPerAddress() * scale, (long) limits.burstPerAddress() * scale, now)));
    }

    private static Endpoint masked(Endpoint address, long mask) {
        return new Endpoint(address.high() & mask, 0, 0);
    }

    /** Forgets the address that was quiet for longest. */
    private static Map<Endpoint, Visitor> bounded(int addressesMax) {
        return new LinkedHashMap<>(4, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Endpoint, Visitor> eldest) {
                return size() > addressesMax;
            }
        };
    }
}
