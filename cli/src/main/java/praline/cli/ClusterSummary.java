package praline.cli;

import java.nio.file.Path;
import java.util.Locale;
import praline.lab.cluster.ClusterPlan;
import praline.node.overlay.DynamicQueryConfig;
import praline.node.overlay.Role;
import praline.node.overlay.SearchMode;

/**
 * What is said of a cluster that has just been started.
 *
 * @param nodes all of them
 * @param supernodes of them, that lead
 * @param rolesChosen whether nobody said who leads, and the nodes find leaders among themselves
 * @param links that the plan opens
 * @param port that all listen on
 * @param seed that it was drawn from
 * @param mode how supernodes find their leaves' files, as options name it
 * @param processes whether each node has a JVM of its own
 * @param state its folder
 * @param control the URL of its control API
 * @param millis that starting took
 */
record ClusterSummary(
        int nodes,
        int supernodes,
        boolean rolesChosen,
        int links,
        int port,
        long seed,
        String mode,
        boolean processes,
        String state,
        String control,
        long millis) {

    static ClusterSummary of(ClusterTask task, int port, String control, long millis) {
        ClusterPlan plan = task.plan();
        return new ClusterSummary(
                plan.nodes().size(),
                plan.count(Role.SUPERNODE),
                task.options().areRolesChosen(),
                plan.linkCount(),
                port,
                task.options().seed(),
                task.options().mode().id(),
                task.hasProcesses(),
                task.state().toString(),
                control,
                millis);
    }

    void print(Output output) {
        String kind = rolesChosen
                ? Plural.of(nodes, "node") + ", which find leaders among themselves"
                : supernodes == 0
                        ? "a flat network of " + Plural.of(nodes, "node")
                        : Plural.of(supernodes, "supernode") + " and " + (nodes - supernodes) + " leaves";
        output.line("The cluster runs: " + kind + (processes ? ", a process each" : "") + ", started in "
                + String.format(Locale.ROOT, "%.1f s", millis / 1000.0) + ".");
        output.line("Node 1 listens on 127.1.0.1:" + port + ", the others beside it; seed " + seed + ".");
        if (supernodes > 0 && mode.equals(SearchMode.QUERY_ROUTING.id())) {
            output.line("Supernodes ask each other one by one, and wait a " + DynamicQueryConfig.LOOPBACK_HASTE
                    + "th as long as they do between machines.");
        }
        output.faint("State, log and token are in " + Path.of(state));
    }
}
