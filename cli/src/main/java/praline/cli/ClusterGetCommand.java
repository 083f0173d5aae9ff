package praline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.QueryText;

/** {@code praline cluster get}: one of the cluster's nodes fetches a file, and a copy comes to the user. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Let a node of the cluster fetch a file, and copy it into a folder.")
final class ClusterGetCommand implements Callable<Integer> {

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description = "Number of the node that fetches (default: drawn by the seed).")
    private @Nullable Integer node;

    @Mixin
    private Fetch fetch;

    @Parameters(paramLabel = "URN", description = "urn:sha1: and the hash of the content, as search prints it.")
    private String urn;

    @Override
    public Integer call() throws InterruptedException {
        QueryText.sha1(urn);
        Delivery delivery = fetch.delivery();
        delivery.check();
        Praline praline = cluster.praline();
        return delivery.from(folder.client(praline.terminal()), node, urn, praline.output());
    }
}
