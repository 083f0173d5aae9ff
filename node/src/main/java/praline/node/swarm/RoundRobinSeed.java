package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a seed gives since mainline 4.0, and aria2: each peer is served for about the same time, however fast it is, so
 * that a free rider cannot keep a seed to itself (Legout, Urvoy-Keller, Michiardi 2006, "Rarest first and choke
 * algorithms are enough"; spec/bittorrent.md section 7.2).
 *
 * <p>Rounds come in threes. Interested peers are ordered: first those that were unchoked within the last two rounds or
 * whose requests wait for blocks, the latest unchoked first; then the rest, by the rate to them. In the first two
 * rounds one slot goes to another peer by chance, and the first ones keep the rest; in the third the first ones keep
 * them all. So each newcomer drives out who has been served longest. (aria2 ranks those that were unchoked longer ago
 * by rate alone; with more than three slots the fastest then keep theirs for ever.)
 */
final class RoundRobinSeed implements Choker {

    private static final int CYCLE = 3;

    /** A seed knows nothing about newcomers that would make them better. */
    private static final int NEWCOMER_LOTS = 1;

    private final int recentMillis;
    private final int drawn;
    private final Chance chance;
    private final Slots slots;
    private int round;

    RoundRobinSeed(SwarmConfig config, RandomGenerator random) {
        this.recentMillis = 2 * config.roundMillis();
        this.drawn = Math.max(1, config.optimisticSlots());
        this.chance = new Chance(config, random, NEWCOMER_LOTS);
        this.slots = new Slots(config, chance);
    }

    @Override
    public ImmutableSet<Integer> round(long now, ImmutableList<Candidate> peers) {
        int earned = round == CYCLE - 1 ? slots.count() : slots.count() - drawn;
        round = (round + 1) % CYCLE;
        return slots.round(now, peers, ranked(now, peers), earned);
    }

    @Override
    public ImmutableSet<Integer> fill(long now, ImmutableList<Candidate> peers) {
        return slots.fill(now, peers, ranked(now, peers), slots.count());
    }

    private List<Candidate> ranked(long now, List<Candidate> peers) {
        Comparator<Candidate> rank = Comparator.comparingLong(
                        (Candidate peer) -> isOnItsTurn(peer, now) ? peer.unchokedAt() : Long.MIN_VALUE)
                .thenComparingLong(Candidate::upRate)
                .reversed();
        return chance.shuffled(peers).stream()
                .filter(Candidate::isInterested)
                .sorted(rank)
                .toList();
    }

    private boolean isOnItsTurn(Candidate peer, long now) {
        boolean isRecent = peer.unchokedAt() >= peer.connectedAt() && peer.unchokedAt() > now - recentMillis;
        return isRecent || (peer.isUnchoked() && peer.isBeingServed());
    }
}
