package praline.cli;

import java.nio.file.Path;
import java.util.Locale;
import praline.lab.cluster.ClusterPlan;
import praline.node.overlay.Role;

/**
 * What is said of a cluster that has just been started.
 *
 * @param nodes all of them
 * @param supernodes of them, that lead
 * @param links that the plan opens
 * @param port that all listen on
 * @param seed that it was drawn from
 * @param processes whether each node has a JVM of its own
 * @param state its folder
 * @param control the URL of its control API
 * @param millis that starting took
 */
record ClusterSummary(
        int nodes,
        int supernodes,
        int links,
        int port,
        long seed,
        boolean processes,
        String state,
        String control,
        long millis) {

    static ClusterSummary of(ClusterTask task, int port, String control, long millis) {
        ClusterPlan plan = task.plan();
        return new ClusterSummary(
                plan.nodes().size(),
                plan.count(Role.SUPERNODE),
                plan.linkCount(),
                port,
                task.options().seed(),
                task.hasProcesses(),
                task.state().toString(),
                control,
                millis);
    }

    void print(Output output) {
        String kind = supernodes == 0
                ? "a flat network of " + Plural.of(nodes, "node")
                : Plural.of(supernodes, "supernode") + " and " + (nodes - supernodes) + " leaves";
        output.line("The cluster runs: " + kind + (processes ? ", a process each" : "") + ", started in "
                + String.format(Locale.ROOT, "%.1f s", millis / 1000.0) + ".");
        output.line("Node 1 listens on 127.1.0.1:" + port + ", the others beside it; seed " + seed + ".");
        output.faint("State, log and token are in " + Path.of(state));
    }
}
