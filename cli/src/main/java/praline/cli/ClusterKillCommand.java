package praline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.KillAnswer;

/** {@code praline cluster kill}: a node dies as by a crash. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = "Kill a node of the cluster: its connections break, nobody gets a Bye.")
final class ClusterKillCommand implements Callable<Integer> {

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Parameters(paramLabel = "NODE", description = "Number of the node, as status --nodes lists it.")
    private int node;

    @Override
    public Integer call() throws InterruptedException {
        Output output = cluster.praline().output();
        KillAnswer killed =
                folder.client(cluster.praline().terminal()).post("nodes/" + node + "/kill", Map.of(), KillAnswer.class);
        if (output.isJson()) {
            output.json(killed);
        } else {
            output.line("killed node " + killed.number() + ", a " + killed.role() + " at " + killed.address());
        }
        return ExitCode.OK;
    }
}
