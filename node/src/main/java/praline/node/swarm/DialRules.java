package praline.node.swarm;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Profile;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;

/**
 * Which addresses that strangers tell may be dialled, and how often, so that a swarm cannot be aimed at a third party
 * (spec/hardening.md C11, C12, L5): nothing below port 1024, few ports and few dials for each address, one at a time.
 * In a LAN everything four times as wide; in a laboratory, where all nodes share an address, no such rule.
 */
final class DialRules {

    private static final int FIRST_ORDINARY_PORT = 1_024;
    private static final int LAN_WIDTH = 4;

    private final SwarmConfig config;
    private final SwarmLimits.Known limits;
    private final int width;

    /** By address, port 0; only those that were dialled within the window. */
    private final Map<Endpoint, Dials> dials = new LinkedHashMap<>(4);

    DialRules(SwarmConfig config) {
        this.config = config;
        this.limits = config.limits().known();
        this.width = config.profile() == Profile.LAN ? LAN_WIDTH : 1;
    }

    /** The dials to one address. */
    private static final class Dials {
        /** When they began, the latest last; not more than are allowed. */
        final Deque<Long> begun = new ArrayDeque<>(4);

        int underWay;
    }

    /** Whether {@code peer} may be kept beside those that are {@code known}. */
    boolean allows(Endpoint peer, @Nullable Endpoint teller, Collection<Endpoint> known) {
        if (!config.profile().addresses().isUsable(peer, teller, config.self())) {
            return false;
        }
        if (config.isLaboratory()) {
            return true;
        }
        boolean isOrdinary = config.profile() != Profile.INTERNET || peer.port() >= FIRST_ORDINARY_PORT;
        long ports = known.stream().filter(peer::sameAddress).count();
        return isOrdinary && ports < (long) limits.portsPerAddress() * width;
    }

    /** When {@code peer} may be dialled: now, later, or {@link Timers#NEVER} before another dial ends. */
    long notBefore(Endpoint peer, long now) {
        Dials past = dials.isEmpty() ? null : dials.get(peer.withPort(0));
        if (past == null) {
            return now;
        }
        if (past.underWay >= width) {
            return Timers.NEVER;
        }
        return past.begun.size() < dialsMax() ? now : Math.max(now, past.begun.getFirst() + limits.dialWindowMillis());
    }

    void onDial(Endpoint peer, long now) {
        if (config.isLaboratory()) {
            return;
        }
        dials.values().removeIf(past -> past.underWay == 0 && past.begun.getLast() + limits.dialWindowMillis() <= now);
        Dials past = dials.computeIfAbsent(peer.withPort(0), address -> new Dials());
        past.underWay++;
        past.begun.addLast(now);
        if (past.begun.size() > dialsMax()) {
            past.begun.removeFirst();
        }
    }

    void onDialEnd(Endpoint peer) {
        Dials past = dials.get(peer.withPort(0));
        if (past != null) {
            past.underWay--;
        }
    }

    private int dialsMax() {
        return limits.dialsPerAddress() * width;
    }
}
