package praline.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import praline.protocol.LimitSpec;
import praline.protocol.text.Printable;

/** {@code praline config}: what every option is when it is not given, and why. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Print the value that each option has when it is not given, and where it is from.",
            "Limits are shown when they are set; praline limits shows all."
        })
final class ConfigCommand implements Callable<Integer> {

    private static final int KEY_COLUMNS = 30;
    private static final int VALUE_COLUMNS = 24;

    @ParentCommand
    private Praline praline;

    @Spec
    private CommandSpec spec;

    /** One line of the table. */
    record Line(String key, @Nullable String value, String origin) {}

    @Override
    public Integer call() {
        Output output = praline.output();
        List<Line> lines = lines();
        if (output.isJson()) {
            lines.forEach(output::json);
            return ExitCode.OK;
        }
        output.note("settings file: " + praline.settings().file());
        lines.forEach(line -> print(line, output));
        return ExitCode.OK;
    }

    private static void print(Line line, Output output) {
        String value = line.value() == null ? "-" : line.value();
        output.line(pad(line.key(), KEY_COLUMNS) + " " + pad(value, VALUE_COLUMNS) + " " + line.origin());
    }

    private static String pad(String text, int columns) {
        String cut = Printable.cut(text, columns);
        return cut + " ".repeat(columns - Printable.width(cut));
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        CommandLine root = spec.root().commandLine();
        add(root, lines);
        for (LimitSpec limit : NodeLimits.specs()) {
            praline.settings().find(limit.key()).ifPresent(set -> lines.add(line(limit.key(), set)));
        }
        return lines;
    }

    private void add(CommandLine command, List<Line> lines) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!isAboutTheRun(option)) {
                lines.add(line(option));
            }
        }
        ImmutableList.copyOf(command.getSubcommands().values()).forEach(child -> add(child, lines));
    }

    /** Options that nobody sets for good, and those that a command has from praline itself. */
    private static boolean isAboutTheRun(OptionSpec option) {
        return option.hidden() || option.usageHelp() || option.versionHelp() || option.inherited();
    }

    private Line line(OptionSpec option) {
        String key = Settings.keyOf(option);
        Optional<Settings.Setting> set = praline.settings().find(option);
        return set.map(setting -> line(key, setting))
                .orElseGet(() -> new Line(key, option.defaultValueString(true), "default"));
    }

    private static Line line(String key, Settings.Setting set) {
        return new Line(key, String.join(", ", set.text()), set.origin());
    }
}
