package praline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import praline.protocol.LimitSpec;

/** {@code praline limits}: every bound of a node, with its reason (spec/hardening.md section 0). */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Print every limit of a node: key, value, unit, range, reason.",
            "A limit is set in the settings file under its key."
        })
final class LimitsCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    /** One line of the table. */
    record Line(String key, long value, String unit, long standard, long min, long max, String reason) {
        static Line of(LimitSpec spec, ImmutableMap<String, Long> set) {
            return new Line(
                    spec.key(),
                    set.getOrDefault(spec.key(), spec.standard()),
                    spec.unit(),
                    spec.standard(),
                    spec.min(),
                    spec.max(),
                    spec.reason());
        }
    }

    @Override
    public Integer call() {
        ImmutableList<LimitSpec> specs = NodeLimits.specs();
        ImmutableMap<String, Long> set = praline.settings().limits(specs);
        Output output = praline.output();
        for (LimitSpec spec : specs) {
            Line line = Line.of(spec, set);
            if (output.isJson()) {
                output.json(line);
            } else {
                print(line, output);
            }
        }
        return ExitCode.OK;
    }

    private static void print(Line line, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "%-36s %,14d %s%s",
                line.key(),
                line.value(),
                line.unit(),
                line.value() == line.standard() ? "" : String.format(Locale.ROOT, " (standard %,d)", line.standard())));
        output.faint(String.format(Locale.ROOT, "    %,d to %,d", line.min(), line.max()));
        for (String part : Wrap.at(Output.COLUMNS - 4, line.reason())) {
            output.faint("    " + part);
        }
    }
}
