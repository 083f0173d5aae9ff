package praline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code praline torrent}: torrent files. Only a group of commands; {@code get} takes part in a swarm. */
@Command(
        name = "torrent",
        mixinStandardHelpOptions = true,
        description = "Make torrent files, look into them, compare data with them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TorrentCreateCommand.class, TorrentShowCommand.class, TorrentVerifyCommand.class})
final class TorrentCommand implements Callable<Integer> {

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
