package praline.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code praline} command itself: its subcommands and the options that all of them share. The work is done by the
 * subcommands, which find their streams and settings here.
 */
@Command(
        name = "praline",
        mixinStandardHelpOptions = true,
        version = "praline 0.1.0",
        description = "A Gnutella network that you can run, join and measure.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NodeCommand.class,
            SearchCommand.class,
            GetCommand.class,
            TorrentCommand.class,
            ClusterCommand.class,
            CompareCommand.class,
            LimitsCommand.class,
            ConfigCommand.class,
            ManCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it was tried and failed: a full disk, bytes that do not verify",
            "2:the command was not understood",
            "3:nothing was found",
            "4:a port that is taken, a node that cannot be reached",
            "5:a file or folder that is missing, unreadable or not what it should be",
            "6:an experiment did not end as it was meant to",
            "130:interrupted"
        },
        footerHeading = "%nSettings:%n",
        footer = {
            "  An option wins over PRALINE_OPTION in the environment, that over the file",
            "  $XDG_CONFIG_HOME/praline/config.yaml; praline config shows all of them."
        })
public final class Praline implements Callable<Integer> {

    private final Terminal terminal;
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print results as JSON, for programs.")
    private boolean isJson;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say nothing but results and failures.")
    private boolean isQuiet;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print without colours; NO_COLOR in the environment does the same.")
    private boolean noColor;

    @Option(
            names = Debugging.OPTION,
            scope = ScopeType.INHERIT,
            description = "Show where in the program a failure was found.")
    @SuppressWarnings("UnusedVariable") // read from the bare arguments, before they are understood: see Debugging
    private boolean isDebugging;

    private Praline(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        if (Debugging.isAskedFor(List.of(arguments))) {
            Debugging.showTraces();
        }
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command to its end and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        Failures failures = new Failures(terminal, Debugging.isAskedFor(List.of(arguments)));
        try {
            Settings settings = new Settings(terminal);
            CommandLine command = commandLine(terminal, settings);
            command.setParameterExceptionHandler(failures);
            command.setExecutionExceptionHandler(failures);
            new KnownKeys(command).check(settings);
            return command.execute(arguments);
        } catch (RuntimeException e) {
            return failures.say(e);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    /** The model of all commands. */
    static CommandLine commandLine(Terminal terminal, Settings settings) {
        CommandLine command = new CommandLine(new Praline(terminal, settings));
        command.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setAbbreviatedOptionsAllowed(false);
        command.setUsageHelpWidth(Output.COLUMNS);
        command.setUsageHelpAutoWidth(false);
        command.setDefaultValueProvider(settings);
        boolean isPlain =
                !terminal.outIsTerminal() || !terminal.variable("NO_COLOR").isEmpty();
        command.setColorScheme(CommandLine.Help.defaultColorScheme(isPlain ? Ansi.OFF : Ansi.ON));
        return command;
    }

    /** How this command's results are printed. */
    Output output() {
        return new Output(terminal, isJson, isQuiet, noColor);
    }

    Terminal terminal() {
        return terminal;
    }

    Settings settings() {
        return settings;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
