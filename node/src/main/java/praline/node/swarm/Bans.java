package praline.node.swarm;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;

/**
 * Who is shut out of all torrents, because wrong bytes came from there (spec/hardening.md S2). A public address is
 * banned as a whole. On a private or loopback address, where many nodes may live, only the port is: else one bad node
 * of a laboratory would be the end of all (spec/bittorrent.md section 6.7). There are only so many bans; the oldest
 * give way (C14).
 */
final class Bans {

    private final SwarmLimits.Blame limits;

    /** Until when, by key; the latest last. */
    private final Map<Endpoint, Long> bannedUntil = new LinkedHashMap<>(4);

    Bans(SwarmLimits limits) {
        this.limits = limits.blame();
    }

    void ban(Endpoint peer, long now) {
        Endpoint key = key(peer);
        bannedUntil.remove(key);
        bannedUntil.put(key, now + limits.banMillis());
        forgetOldest(now);
    }

    boolean isBanned(Endpoint peer, long now) {
        return bannedUntil.getOrDefault(key(peer), Long.MIN_VALUE) > now;
    }

    /** How many are kept, over ones included until they are in the way. */
    int size() {
        return bannedUntil.size();
    }

    private void forgetOldest(long now) {
        Iterator<Long> oldest = bannedUntil.values().iterator();
        while (oldest.hasNext() && (oldest.next() <= now || bannedUntil.size() > limits.bans())) {
            oldest.remove();
        }
    }

    private static Endpoint key(Endpoint peer) {
        return AddressRules.isPrivate(peer) || AddressRules.isLoopback(peer) ? peer : peer.withPort(0);
    }
}
