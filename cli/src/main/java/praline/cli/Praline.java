package praline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code praline} command itself: it only knows its subcommands, its help and its version. */
@Command(
        name = "praline",
        mixinStandardHelpOptions = true,
        version = "praline 0.1.0",
        description = "A Gnutella network that you can run, join and measure.")
public final class Praline implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Praline()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? praline --help lists them.");
    }
}
