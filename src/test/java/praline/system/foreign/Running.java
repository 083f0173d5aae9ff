package praline.system.foreign;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program that runs beside the test, and what it has said so far. */
final class Running implements AutoCloseable {

    private static final int ENDING_SECONDS_MAX = 10;
    private static final int QUOTED_MAX = 6_000;

    private final Process process;
    private final Path log;

    private Running(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command; all its output goes to the file. */
    static Running start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", log.getParent().toString()); // Nobody finds settings of the user's.
        Process process = builder.redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        return new Running(process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has said a line that the pattern is found in. */
    boolean says(String pattern) {
        return said().lines().anyMatch(Pattern.compile(pattern).asPredicate());
    }

    /** Its last words, for a report. */
    @Override
    public String toString() {
        String said = said();
        String state = isAlive() ? "runs" : "ended with " + process.exitValue();
        return log + " (" + state + "):\n" + said.substring(Math.max(0, said.length() - QUOTED_MAX));
    }

    /** Kills it. */
    @Override
    public void close() {
        try {
            if (!process.destroyForcibly().waitFor(ENDING_SECONDS_MAX, SECONDS)) {
                throw new AssertionError("it does not end: " + this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever encoding a client writes, a line's ASCII is there. */
    private String said() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
