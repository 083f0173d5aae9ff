package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.random.RandomGenerator;

/**
 * To whom the blocks of one torrent are given: pure state and chance, so that strategies can be compared. Each strategy
 * is a class of its own; what they share is in {@link Slots}.
 *
 * <p>A choker only decides. Whoever asks it sends what differs from the state before, and nothing else: aria2 leaves
 * peers that it hears choke and unchoke twice in 5 s (spec/bittorrent.md section 5.7).
 */
interface Choker {

    /**
     * What a choker sees of one linked peer.
     *
     * @param id its own, and larger the later it was linked
     * @param isInterested whether it wants something that we have
     * @param isSnubbed whether it owes us blocks and has sent none for long
     * @param unchokedAt when it was unchoked last, in the host's milliseconds; before {@code connectedAt}: never
     * @param downRate payload bytes a second that it gives to us
     * @param upRate payload bytes a second that it takes from us
     * @param isBeingServed whether requests of it wait for their blocks
     */
    record Candidate(
            int id,
            boolean isInterested,
            boolean isSnubbed,
            boolean isUnchoked,
            long unchokedAt,
            long connectedAt,
            long downRate,
            long upRate,
            boolean isBeingServed) {}

    /** Decides anew: the ids of all that are to be unchoked from here on. Asked once a round. */
    ImmutableSet<Integer> round(long now, ImmutableList<Candidate> peers);

    /** Gives away the free slots between rounds, when a peer became interested or left. Takes none from anybody. */
    ImmutableSet<Integer> fill(long now, ImmutableList<Candidate> peers);

    /** The strategy that {@code config} names, for a torrent that is fetched or one that is only given. */
    static Choker of(SwarmConfig config, boolean isSeeding, RandomGenerator random) {
        return switch (config.choker()) {
            case TIT_FOR_TAT -> isSeeding ? new RoundRobinSeed(config, random) : new TitForTat(config, random);
            case FASTEST -> new FastestUpload(config, random);
            case ROUND_ROBIN -> new RoundRobin(config, random);
        };
    }
}
