package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who takes fastest gets: the interested peers that most bytes go to, and one by chance, as seeds did it first (BEP 3;
 * libtorrent's {@code fastest_upload}; spec/bittorrent.md sections 7.1, 7.4). It fills our uplink best and asks for
 * nothing in return, so that a fast free rider keeps a slot for ever.
 */
final class FastestUpload implements Choker {

    private static final int NEWCOMER_LOTS = 3;

    private static final Comparator<Candidate> RANK = Comparator.comparingLong(Candidate::upRate)
            .thenComparing(Candidate::isUnchoked)
            .reversed();

    private final int earned;
    private final Chance chance;
    private final Slots slots;

    FastestUpload(SwarmConfig config, RandomGenerator random) {
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
                .filter(Candidate::isInterested)
                .sorted(RANK)
                .toList();
    }
}
