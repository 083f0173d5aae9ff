package praline.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.ClusterAnswer;
import praline.cli.control.ControlClient;
import praline.cli.control.NodesAnswer;
import praline.cli.control.Traffic;

/** {@code praline cluster status}: who lives, what they hold, what it cost so far. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show a running cluster: nodes by role, links, records held, traffic by cause.")
final class ClusterStatusCommand implements Callable<Integer> {

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Option(names = "--nodes", description = "List every node too.")
    private boolean hasNodes;

    @Override
    public Integer call() throws InterruptedException {
        Output output = cluster.praline().output();
        ControlClient client = folder.client(cluster.praline().terminal());
        ClusterAnswer status = client.get("status", ClusterAnswer.class);
        if (output.isJson()) {
            output.json(status);
        } else {
            print(status, output);
        }
        if (hasNodes) {
            printNodes(client, output);
        }
        return ExitCode.OK;
    }

    private static void print(ClusterAnswer status, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "%s, port %d, seed %d%s",
                Plural.of(status.nodes(), "node"),
                status.port(),
                status.seed(),
                status.processes() ? ", a process each" : ""));
        output.heading(String.format(
                Locale.ROOT, "%-12s %7s %7s %7s %9s %9s", "ROLE", "PLANNED", "ALIVE", "LINKS", "FILES", "RECORDS"));
        for (ClusterAnswer.RoleAnswer role : status.roles()) {
            output.line(String.format(
                    Locale.ROOT,
                    "%-12s %,7d %,7d %,7d %,9d %,9d",
                    role.role(),
                    role.planned(),
                    role.alive(),
                    role.links(),
                    role.filesShared(),
                    role.recordsHeld()));
        }
        if (status.scanning() > 0) {
            output.faint(Plural.of(status.scanning(), "node") + " still looking through share folders");
        }
        output.heading(String.format(
                Locale.ROOT, "%-14s %12s %10s %12s %10s", "TRAFFIC", "SENT", "BYTES", "RECEIVED", "BYTES"));
        for (Traffic.Line line : status.traffic().causes()) {
            output.line(String.format(
                    Locale.ROOT,
                    "%-14s %,12d %10s %,12d %10s",
                    line.cause().replace('_', ' '),
                    line.messagesOut(),
                    Sizes.shown(line.bytesOut()),
                    line.messagesIn(),
                    Sizes.shown(line.bytesIn())));
        }
        status.limitHits()
                .forEach((limit, hits) -> output.line("limit " + limit + " acted " + Plural.of(hits, "time")));
        if (status.engineBugs() > 0) {
            output.line("nodes failed inside " + Plural.of(status.engineBugs(), "time") + "; the log says where");
        }
    }

    private static void printNodes(ControlClient client, Output output) throws InterruptedException {
        if (!output.isJson()) {
            output.heading(String.format(
                    Locale.ROOT,
                    "%6s  %-21s %-10s %-5s %6s %7s %9s",
                    "NODE",
                    "ADDRESS",
                    "ROLE",
                    "ALIVE",
                    "LINKS",
                    "FILES",
                    "RECORDS"));
        }
        int offset = 0;
        List<NodesAnswer.Line> page;
        do {
            page = client.get("nodes?offset=" + offset, NodesAnswer.class).nodes();
            page.forEach(node -> print(node, output));
            offset += page.size();
        } while (page.size() == NodesAnswer.PAGE_MAX);
    }

    private static void print(NodesAnswer.Line node, Output output) {
        if (output.isJson()) {
            output.json(node);
            return;
        }
        output.line(String.format(
                Locale.ROOT,
                "%6d  %-21s %-10s %-5s %6d %7d %9d",
                node.number(),
                node.address(),
                node.role(),
                node.alive() ? "yes" : "no",
                node.links(),
                node.filesShared(),
                node.recordsHeld()));
    }
}
