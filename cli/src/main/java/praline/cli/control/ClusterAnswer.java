package praline.cli.control;

import java.util.List;
import java.util.Map;

/**
 * How a cluster stands, as {@code GET /api/v1/status} says it.
 *
 * @param nodes as planned
 * @param seed that the cluster was drawn from
 * @param port that all nodes listen on
 * @param processes whether each node has a process of its own
 * @param roles the living, by role
 * @param scanning nodes that still look through their share folders
 * @param engineBugs how often a node failed inside; anything but 0 is a bug of Praline
 * @param traffic of the living together, by cause
 * @param limitHits how often each limit acted
 */
public record ClusterAnswer(
        int nodes,
        long seed,
        int port,
        boolean processes,
        List<RoleAnswer> roles,
        int scanning,
        long engineBugs,
        Traffic traffic,
        Map<String, Long> limitHits) {

    /**
     * The living nodes of one role together.
     *
     * @param links ends of links that they hold
     */
    public record RoleAnswer(String role, int planned, int alive, int links, int filesShared, int recordsHeld) {}
}
