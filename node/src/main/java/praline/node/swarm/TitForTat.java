package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who gives most gets: every 10 s the four interested peers from which most bytes come, and one by chance for 30 s
 * (Cohen 2003, "Incentives build robustness in BitTorrent"; BEP 3; spec/bittorrent.md sections 7.1, 7.5).
 *
 * <ul>
 *   <li>A faster peer that is not interested is unchoked as well, and takes a slot only when it becomes interested.
 *   <li>A peer that snubs us, because it owes us blocks and sends none for a minute, gets a slot by chance only. The
 *       slots that nobody earns go by chance too, so that whoever is snubbed by many soon finds others (section 6.6).
 *   <li>Among equals, who is unchoked stays so; the others come in no order that could be foreseen.
 * </ul>
 */
final class TitForTat implements Choker {

    /** Newcomers have three lots (mainline). */
    private static final int NEWCOMER_LOTS = 3;

    private static final Comparator<Candidate> RANK = Comparator.comparingLong(Candidate::downRate)
            .thenComparing(Candidate::isUnchoked)
            .reversed();

    private final int earned;
    private final Chance chance;
    private final Slots slots;

    TitForTat(SwarmConfig config, RandomGenerator random) {
        this.earned = config.slots();
        this.chance = new Chance(config, random, NEWCOMER_LOTS);
        this.slots = new Slots(config, chance);
    }

    @Override
    public ImmutableSet<Integer> round(long now, ImmutableList<Candidate> peers) {
        return slots.round(now, peers, ranked(peers), earned);
    }

    @Override
    public ImmutableSet<Integer> fill(long now, ImmutableList<Candidate> peers) {
        return slots.fill(now, peers, ranked(peers), earned);
    }

    private List<Candidate> ranked(List<Candidate> peers) {
        return chance.shuffled(peers).stream()
                .filter(peer -> !peer.isSnubbed() && (peer.isInterested() || peer.downRate() > 0))
                .sorted(RANK)
                .toList();
    }
}
