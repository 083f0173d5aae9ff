package praline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code praline cluster}: many nodes on this machine, in the background. Only a group of commands. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Run many nodes on this machine, ask them, and end them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterUpCommand.class,
            ClusterStatusCommand.class,
            ClusterSearchCommand.class,
            ClusterGetCommand.class,
            ClusterKillCommand.class,
            ClusterStopCommand.class
        })
final class ClusterCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    Praline praline() {
        return praline;
    }
}
