package praline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code praline cluster search}: one of the cluster's nodes asks. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Let a node of the cluster search, and print hits as they come.")
final class ClusterSearchCommand implements Callable<Integer> {

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description = "Number of the node that asks (default: drawn by the seed).")
    private @Nullable Integer node;

    @Mixin
    private Question question;

    @Override
    public Integer call() throws InterruptedException {
        question.check();
        Praline praline = cluster.praline();
        return question.ask(folder.client(praline.terminal()), node, praline.output())
                .exitCode();
    }
}
