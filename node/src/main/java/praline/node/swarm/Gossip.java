package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.PeerExchange;

/**
 * What one peer and we tell each other of further peers (BEP 11; spec/bittorrent.md section 5.9; spec/hardening.md S9):
 * the difference to what was told before, once a minute at most, and no more than fifty new and fifty gone ones. Only
 * peers that we are linked to are told; whoever is told too often or too much is not listened to.
 */
final class Gossip {

    private final SwarmLimits.Exchange limits;

    /** Those that the peer was told and not told gone; the bound on links bounds it. */
    private final Set<Endpoint> told = new LinkedHashSet<>(4);

    private long nextTellingAt = Long.MIN_VALUE;
    private long nextHearingAt = Long.MIN_VALUE;

    Gossip(SwarmLimits limits) {
        this.limits = limits.exchange();
    }

    /**
     * A peer that another one may be told of.
     *
     * @param endpoint where it listens
     * @param isReachable whether we dialled it, and not it us
     */
    record Told(Endpoint endpoint, boolean isSeed, boolean isReachable) {
        int flags() {
            return (isSeed ? PeerExchange.SEED : 0) | (isReachable ? PeerExchange.REACHABLE : 0);
        }
    }

    /** Whether something may be told again. */
    boolean isDue(long now) {
        return nextTellingAt <= now;
    }

    /**
     * What to tell the peer now; empty when it is not time, or there is no news.
     *
     * @param connected whom we are linked to, the peer itself left out
     */
    Optional<PeerExchange> next(long now, Collection<Told> connected) {
        if (!isDue(now)) {
            return Optional.empty();
        }
        Map<Endpoint, Told> current = new LinkedHashMap<>();
        connected.forEach(peer -> current.putIfAbsent(peer.endpoint(), peer));
        ImmutableList<Told> added = current.values().stream()
                .filter(peer -> !told.contains(peer.endpoint()))
                .limit(limits.peers())
                .collect(ImmutableList.toImmutableList());
        ImmutableList<Endpoint> dropped = told.stream()
                .filter(endpoint -> !current.containsKey(endpoint))
                .limit(limits.peers())
                .collect(ImmutableList.toImmutableList());
        if (added.isEmpty() && dropped.isEmpty()) {
            return Optional.empty();
        }
        added.forEach(peer -> told.add(peer.endpoint()));
        dropped.forEach(told::remove);
        nextTellingAt = now + limits.intervalMillis();
        return Optional.of(new PeerExchange(
                added.stream()
                        .map(peer -> new PeerExchange.Peer(peer.endpoint(), peer.flags()))
                        .collect(ImmutableList.toImmutableList()),
                dropped));
    }

    /**
     * Whom the peer told; empty when it tells again too soon: a quarter of the interval is forgiven, for clocks and
     * links differ. Of too many, the first ones are taken.
     */
    ImmutableList<Endpoint> take(PeerExchange message, long now) {
        if (nextHearingAt > now || message.added().isEmpty()) {
            return ImmutableList.of();
        }
        nextHearingAt = now + limits.intervalMillis() * 3L / 4;
        return message.added().stream()
                .map(PeerExchange.Peer::endpoint)
                .distinct()
                .limit(limits.peers())
                .collect(ImmutableList.toImmutableList());
    }
}
