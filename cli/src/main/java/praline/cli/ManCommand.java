package praline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code praline man}: the manual page, written from the model of the commands. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = {"Print the manual page; to read it: praline man | man -l -"})
final class ManCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Output output = praline.output();
        CommandSpec root = spec.root();
        output.line(".TH PRALINE 1 \"\" \"" + root.version()[0] + "\" \"User Commands\"");
        output.line(".SH NAME");
        output.line("praline \\- " + roff(root.usageMessage().description()[0]));
        output.line(".SH SYNOPSIS");
        output.line("\\fBpraline\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]");
        output.line(".SH OPTIONS OF ALL COMMANDS");
        root.options().forEach(option -> print(option, output));
        output.line(".SH COMMANDS");
        root.commandLine().getSubcommands().values().forEach(command -> print(command, output));
        printExitCodes(root.usageMessage(), output);
        return ExitCode.OK;
    }

    private static void print(CommandLine command, Output output) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        output.line(".SS \"" + roff(spec.qualifiedName()) + "\"");
        for (String line : spec.usageMessage().description()) {
            output.line(roff(line));
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            print("\\fI" + roff(parameter.paramLabel()) + "\\fR", parameter.description(), output);
        }
        spec.options().stream()
                .filter(option ->
                        !option.inherited() && !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .forEach(option -> print(option, output));
        command.getSubcommands().values().forEach(child -> print(child, output));
    }

    private static void print(OptionSpec option, Output output) {
        String names = "\\fB" + roff(String.join(", ", option.names())) + "\\fR";
        String value = option.typeInfo().isBoolean() ? "" : " \\fI" + roff(option.paramLabel()) + "\\fR";
        print(names + value, option.description(), output);
    }

    private static void print(String term, String[] description, Output output) {
        output.line(".TP");
        output.line(term);
        for (String line : description) {
            output.line(roff(line.replace("${DEFAULT-VALUE}", "see praline config")));
        }
    }

    private static void printExitCodes(UsageMessageSpec usage, Output output) {
        output.line(".SH EXIT STATUS");
        usage.exitCodeList().forEach((code, meaning) -> print(code, new String[] {meaning}, output));
        output.line(".SH SETTINGS");
        List.of(usage.footer()).forEach(line -> output.line(roff(line.strip())));
    }

    /** A dash that is a dash, a backslash that is one, and no line that looks like a request. */
    private static String roff(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
