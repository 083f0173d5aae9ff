package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.node.swarm.Choker.Candidate;

/**
 * The slots of one torrent, and what all strategies do alike: some slots are earned, in the order in which a strategy
 * ranks the peers; the rest goes by {@link Chance}. Only who is interested takes a slot.
 *
 * <p>Three rules keep links calm (spec/bittorrent.md sections 5.7, 7.1):
 *
 * <ul>
 *   <li>whoever was unchoked less than half a round ago stays so;
 *   <li>whoever was choked less than half a round ago waits as long before it gets another slot between rounds;
 *   <li>nobody is choked for a slot that nobody else wants.
 * </ul>
 */
final class Slots {

    private final int count;
    private final int calmMillis;
    private final Chance chance;

    /** Whom the last round choked. */
    private ImmutableSet<Integer> choked = ImmutableSet.of();

    private long chokedAt = Long.MIN_VALUE;

    Slots(SwarmConfig config, Chance chance) {
        this.count = config.slots() + config.optimisticSlots();
        this.calmMillis = config.roundMillis() / 2;
        this.chance = chance;
    }

    /** How many there are, earned and drawn ones together. */
    int count() {
        return count;
    }

    /**
     * Deals all slots anew.
     *
     * @param ranked those of {@code peers} that may earn a slot, the best first; whoever is not interested and stands
     *     before the last that earns one is unchoked too, without a slot
     * @param earned how many slots can be earned
     */
    ImmutableSet<Integer> round(long now, ImmutableList<Candidate> peers, List<Candidate> ranked, int earned) {
        chance.retain(peers, now);
        Deal deal = new Deal(peers, now);
        int given = 0;
        for (Candidate peer : ranked) {
            if (given == earned) {
                break;
            }
            if (deal.give(peer) && peer.isInterested()) {
                chance.forget(peer);
                given++;
            }
        }
        peers.stream().filter(peer -> isFresh(peer, now)).forEach(deal::give);
        chance.lasting(peers).forEach(deal::give);
        deal.draw();
        peers.stream().filter(Candidate::isUnchoked).forEach(deal::leave);
        choked = peers.stream()
                .filter(peer -> peer.isUnchoked() && !deal.has(peer))
                .map(Candidate::id)
                .collect(ImmutableSet.toImmutableSet());
        chokedAt = now;
        return deal.chosen();
    }

    /** Deals the free slots only; the parameters are those of {@link #round}. */
    ImmutableSet<Integer> fill(long now, ImmutableList<Candidate> peers, List<Candidate> ranked, int earned) {
        Deal deal = new Deal(peers, now);
        peers.stream().filter(Candidate::isUnchoked).forEach(deal::keep);
        long given = peers.stream()
                .filter(peer -> peer.isUnchoked() && peer.isInterested() && !chance.has(peer))
                .count();
        for (Candidate peer : ranked) {
            if (given < earned && deal.isWaiting(peer) && deal.give(peer)) {
                given++;
            }
        }
        deal.draw();
        return deal.chosen();
    }

    private boolean isFresh(Candidate peer, long now) {
        return peer.isUnchoked() && peer.unchokedAt() > now - calmMillis;
    }

    /** One dealing of the slots. */
    private final class Deal {
        private final ImmutableList<Candidate> peers;
        private final long now;
        private final Map<Integer, Candidate> chosen = new LinkedHashMap<>();
        private int free = count;

        /** Slots that are kept for those who were unchoked a moment ago. */
        private int reserved;

        Deal(ImmutableList<Candidate> peers, long now) {
            this.peers = peers;
            this.now = now;
            this.reserved = (int) peers.stream().filter(this::isReservedFor).count();
        }

        /** Unchokes {@code peer} if there is a slot for it, or it needs none. */
        boolean give(Candidate peer) {
            boolean needsFree = peer.isInterested() && !isReservedFor(peer);
            if (has(peer) || (needsFree && free <= reserved)) {
                return false;
            }
            keep(peer);
            return true;
        }

        /** Unchokes {@code peer} whether or not there is a slot. */
        void keep(Candidate peer) {
            if (chosen.put(peer.id(), peer) == null && peer.isInterested()) {
                free--;
                reserved -= isReservedFor(peer) ? 1 : 0;
            }
        }

        /** Leaves {@code peer} unchoked when there is a slot, interested or not: nobody else wants it. */
        void leave(Candidate peer) {
            if (!has(peer) && free > 0) {
                chosen.put(peer.id(), peer);
                free--;
            }
        }

        /** Gives what is free to those who wait, by chance. */
        void draw() {
            while (free > reserved) {
                List<Candidate> waiting = peers.stream().filter(this::isWaiting).toList();
                if (waiting.isEmpty()) {
                    return;
                }
                Candidate drawn = chance.draw(waiting, now);
                chance.note(drawn, now);
                keep(drawn);
            }
        }

        /** Whether {@code peer} would like to be unchoked, and may be. */
        boolean isWaiting(Candidate peer) {
            boolean wasJustChoked = chokedAt > now - calmMillis && choked.contains(peer.id());
            return peer.isInterested() && !peer.isUnchoked() && !has(peer) && !wasJustChoked;
        }

        boolean has(Candidate peer) {
            return chosen.containsKey(peer.id());
        }

        ImmutableSet<Integer> chosen() {
            return ImmutableSet.copyOf(chosen.keySet());
        }

        private boolean isReservedFor(Candidate peer) {
            return peer.isInterested() && isFresh(peer, now);
        }
    }
}
