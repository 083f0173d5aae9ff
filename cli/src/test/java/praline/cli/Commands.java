package praline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs real commands in the test's own process, away from the user's settings. */
final class Commands {

    private final ImmutableMap<String, String> environment;
    private final boolean isTerminal;

    private Commands(ImmutableMap<String, String> environment, boolean isTerminal) {
        this.environment = environment;
        this.isTerminal = isTerminal;
    }

    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Commands in(ImmutableMap<String, String> environment) {
        return new Commands(environment, false);
    }

    /** A person reads both streams. */
    static Commands atTerminal(ImmutableMap<String, String> environment) {
        return new Commands(environment, true);
    }

    /** Runs {@code praline} without any setting. */
    static Outcome praline(String... arguments) {
        return in(ImmutableMap.of("HOME", "/nonexistent")).run(arguments);
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal,
                isTerminal,
                environment);
        int exitCode = Praline.run(terminal, arguments);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
