package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Everybody in turn, whatever they give or take: the plain rule to compare the others with. A turn lasts one round;
 * then whoever has waited longest gets the slot. Nobody's turn ends while nobody waits.
 */
final class RoundRobin implements Choker {

    private final int turnMillis;
    private final Chance chance;
    private final Slots slots;

    RoundRobin(SwarmConfig config, RandomGenerator random) {
        this.turnMillis = config.roundMillis();
        this.chance = new Chance(config, random, 1);
        this.slots = new Slots(config, chance);
    }

    @Override
    public ImmutableSet<Integer> round(long now, ImmutableList<Candidate> peers) {
        return slots.round(now, peers, ranked(now, peers), slots.count());
    }

    @Override
    public ImmutableSet<Integer> fill(long now, ImmutableList<Candidate> peers) {
        return slots.fill(now, peers, ranked(now, peers), slots.count());
    }

    /** Those whose turn it is, those who wait, the longest first, and those whose turn is over, the longest last. */
    private List<Candidate> ranked(long now, List<Candidate> peers) {
        Comparator<Candidate> rank = Comparator.comparing((Candidate peer) -> !isInTurn(peer, now))
                .thenComparing(Candidate::isUnchoked)
                .thenComparingLong(peer ->
                        peer.isUnchoked() ? -peer.unchokedAt() : Math.max(peer.unchokedAt(), peer.connectedAt()));
        return chance.shuffled(peers).stream()
                .filter(Candidate::isInterested)
                .sorted(rank)
                .toList();
    }

    /** A round that comes a little early ends a turn as well. */
    private boolean isInTurn(Candidate peer, long now) {
        return peer.isUnchoked() && peer.unchokedAt() > now - turnMillis / 2;
    }
}
