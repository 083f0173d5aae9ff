package praline.lab.experiment;

import com.google.common.collect.ImmutableSortedSet;
import praline.node.overlay.Search;

/**
 * One question of the plan, the same in each network.
 *
 * @param number from 0, in order of time
 * @param at milliseconds after the measurement began
 * @param origin the node that asks
 * @param holders the other nodes that share something that matches, as long as they live; empty: nobody does
 */
public record PlannedQuery(
        int number, Phase phase, double at, int origin, Search search, ImmutableSortedSet<Integer> holders) {

    /** What goes on while it is asked. */
    public enum Phase {
        /** Everybody lives. */
        STEADY,
        /** A leader gets killed. */
        FAILURE
    }

    public boolean isHashQuery() {
        return search.sha1() != null;
    }
}
