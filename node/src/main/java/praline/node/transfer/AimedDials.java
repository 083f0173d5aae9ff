package praline.node.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;

/**
 * Dials to addresses that a stranger named because he wants them dialled: requesters of pushes, push proxies. So that
 * nobody can aim this node at a third party, there are few of them for each address, one at a time, and none to ports
 * below 1024 (spec/hardening.md C12). In a LAN everything is four times as wide; in a laboratory, where all nodes share
 * an address, there is no such rule (L5).
 */
final class AimedDials {

    private static final int FIRST_ORDINARY_PORT = 1_024;
    private static final int LAN_WIDTH = 4;

    private final TransferConfig config;
    private final TransferLimits.Push limits;
    private final int width;
    /** By address, port 0; only those that were dialled within the window. */
    private final Map<Endpoint, Past> past = new LinkedHashMap<>(0);

    AimedDials(TransferConfig config) {
        this.config = config;
        this.limits = config.limits().push();
        this.width = config.profile() == Profile.LAN ? LAN_WIDTH : 1;
    }

    /** The dials to one address. */
    private static final class Past {
        /** The latest last. */
        private final Deque<Endpoint> dialled = new ArrayDeque<>(2);

        private final Deque<Long> at = new ArrayDeque<>(2);
        private int underWay;
    }

    /** Whether {@code to} may be dialled now; then it counts, and {@link #ended} is to follow. */
    boolean begin(Endpoint to, long now) {
        if (config.profile() == Profile.LAB || config.profile() == Profile.EXPERIMENT) {
            return true;
        }
        if (config.profile() == Profile.INTERNET && to.port() < FIRST_ORDINARY_PORT) {
            return false;
        }
        past.values().removeIf(one -> one.underWay == 0 && isOver(one.at.getLast(), now));
        Past here = past.get(to.withPort(0));
        if (here == null) {
            if (past.size() >= limits.addresses()) {
                return false;
            }
            here = new Past();
            past.put(to.withPort(0), here);
        }
        return begin(here, to, now);
    }

    private boolean begin(Past here, Endpoint to, long now) {
        while (!here.at.isEmpty() && isOver(here.at.getFirst(), now)) {
            here.at.removeFirst();
            here.dialled.removeFirst();
        }
        boolean isNewPort = !here.dialled.contains(to);
        long ports = here.dialled.stream().distinct().count() + (isNewPort ? 1 : 0);
        boolean isFree = here.underWay < width
                && here.at.size() < limits.dialsPerAddress() * width
                && ports <= (long) limits.portsPerAddress() * width;
        if (isFree) {
            here.underWay++;
            here.at.addLast(now);
            here.dialled.addLast(to);
        }
        return isFree;
    }

    /** The dial stands, or has failed. */
    void ended(Endpoint to) {
        Past here = past.get(to.withPort(0));
        if (here != null && here.underWay > 0) {
            here.underWay--;
        }
    }

    private boolean isOver(long at, long now) {
        return now - at >= limits.dialWindowMillis();
    }
}
