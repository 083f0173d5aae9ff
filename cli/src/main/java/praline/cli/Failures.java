package praline.cli;

import com.google.common.base.Throwables;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import praline.protocol.UserError;
import praline.protocol.text.Printable;

/**
 * What the user reads when a command cannot do its work: one line, and an exit code. Never a stack trace without
 * --debug.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminal terminal;
    private final boolean isDebugging;

    Failures(Terminal terminal, boolean isDebugging) {
        this.terminal = terminal;
        this.isDebugging = isDebugging;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        if (problem.getCause() instanceof UserError cause) {
            return say(cause);
        }
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(
                firstLine(String.valueOf(problem.getMessage())) + suggestion(problem) + "; " + name
                        + " --help says more",
                problem);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult arguments) {
        return say(problem);
    }

    /** Says what went wrong and returns the exit code that stands for it. */
    int say(Throwable problem) {
        if (problem instanceof BrokenPipe) {
            return ExitCode.BROKEN_PIPE;
        }
        if (problem instanceof UserError error) {
            say(String.valueOf(error.getMessage()), error);
            return error.kind().exitCode();
        }
        if (problem instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        say("this should not have happened: " + problem + " (--debug shows where)", problem);
        return ExitCode.FAILED;
    }

    private void say(String line, Throwable problem) {
        terminal.err().println("praline: " + Printable.of(line));
        if (isDebugging) {
            terminal.err().print(Throwables.getStackTraceAsString(problem));
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String suggestion(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)";
        }
        return "";
    }
}
