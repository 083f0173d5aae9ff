package praline.node.overlay;

import java.util.ArrayList;
import java.util.List;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Pong;

/**
 * What neighbours told of late about servents beyond them, so that a ping is answered from here instead of passed on
 * (spec/gnutella.md 4.3; spec/hardening.md R11). Bounded; what is old, or has to make room, goes first by age.
 */
final class PongCache {

    /** How long a pong is worth telling. */
    static final long KEPT_MILLIS = 20_000;

    private static final int PONGS_MAX = 40;

    private record Told(Pong pong, long at) {}

    private final List<Told> pongs = new ArrayList<>(0);
    private long askedAt = Long.MIN_VALUE / 2;

    /** Keeps a pong as it arrived. */
    void add(Pong pong, long now) {
        pongs.removeIf(told -> isOld(told, now) || told.pong.endpoint().equals(pong.endpoint()));
        if (pongs.size() >= PONGS_MAX) {
            pongs.remove(0);
        }
        pongs.add(new Told(pong, now));
    }

    /** At most {@code max} pongs of servents that {@code asker} does not live at, the youngest first. */
    List<Pong> fresh(Endpoint asker, int max, long now) {
        List<Pong> fresh = new ArrayList<>(max);
        for (int i = pongs.size() - 1; i >= 0 && fresh.size() < max; i--) {
            Told told = pongs.get(i);
            if (!isOld(told, now) && !told.pong.endpoint().sameAddress(asker)) {
                fresh.add(told.pong);
            }
        }
        return fresh;
    }

    /** Whether the cache has run dry and nobody was asked of late; then whoever asks this asks somebody. */
    boolean shallAsk(int wanted, long now) {
        long fresh = pongs.stream().filter(told -> !isOld(told, now)).count();
        if (fresh >= wanted || now - askedAt < KEPT_MILLIS) {
            return false;
        }
        askedAt = now;
        return true;
    }

    private static boolean isOld(Told told, long now) {
        return now - told.at >= KEPT_MILLIS;
    }
}
