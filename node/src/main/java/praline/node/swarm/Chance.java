package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import praline.node.swarm.Choker.Candidate;

/**
 * The optimistic unchoke: slots that go by chance, so that newcomers get a first piece and better partners are found.
 * Whoever draws one keeps it for {@link SwarmConfig#optimisticMillis}, whatever he gives. Who was linked less than one
 * and a half times as long ago, 45 s, has several lots (Cohen 2003; spec/bittorrent.md section 7.1).
 */
final class Chance {

    private final SwarmConfig config;
    private final RandomGenerator random;
    private final int newcomerLots;

    /** By id, when the slot was drawn; the latest last. Never more than there are slots. */
    private final Map<Integer, Long> drawnAt = new LinkedHashMap<>(4);

    Chance(SwarmConfig config, RandomGenerator random, int newcomerLots) {
        this.config = config;
        this.random = random;
        this.newcomerLots = newcomerLots;
    }

    /** Whether the slot of {@code peer} was drawn, and not earned. */
    boolean has(Candidate peer) {
        return drawnAt.containsKey(peer.id());
    }

    /** Forgets all whose slot is earned, lost or has lasted long enough; half a round sooner or later is the same. */
    void retain(List<Candidate> peers, long now) {
        long youngest = now - config.optimisticMillis() + config.roundMillis() / 2;
        List<Integer> interested = peers.stream()
                .filter(Candidate::isInterested)
                .map(Candidate::id)
                .toList();
        drawnAt.entrySet().removeIf(entry -> entry.getValue() <= youngest || !interested.contains(entry.getKey()));
    }

    /** Those of {@code peers} whose draw still lasts, the latest first. */
    ImmutableList<Candidate> lasting(List<Candidate> peers) {
        ImmutableList<Integer> ids = ImmutableList.copyOf(drawnAt.keySet()).reverse();
        return ids.stream()
                .flatMap(id -> peers.stream().filter(peer -> peer.id() == id))
                .collect(ImmutableList.toImmutableList());
    }

    /** One of {@code peers}, which are not empty. */
    Candidate draw(List<Candidate> peers, long now) {
        long newcomerSince = now - config.optimisticMillis() * 3L / 2;
        List<Candidate> lots = new ArrayList<>();
        for (Candidate peer : peers) {
            int count = peer.connectedAt() > newcomerSince ? newcomerLots : 1;
            for (int lot = 0; lot < count; lot++) {
                lots.add(peer);
            }
        }
        return lots.get(random.nextInt(lots.size()));
    }

    void note(Candidate drawn, long now) {
        drawnAt.remove(drawn.id());
        drawnAt.put(drawn.id(), now);
    }

    /** {@code peer} has earned its slot, or lost it. */
    void forget(Candidate peer) {
        drawnAt.remove(peer.id());
    }

    /** {@code peers} in an order that favours nobody, for a stable sort to break ties with. */
    List<Candidate> shuffled(List<Candidate> peers) {
        List<Candidate> shuffled = new ArrayList<>(peers);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            Candidate moved = shuffled.get(chosen);
            shuffled.set(chosen, shuffled.get(last));
            shuffled.set(last, moved);
        }
        return shuffled;
    }
}
