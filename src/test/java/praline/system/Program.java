package praline.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program that is run once, to its end: the packaged one, this build's, or any other. */
public final class Program {
    private static final int SECONDS_MAX = 60;

    /** What a run left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    private Program() {}

    /** Runs the jar as a user without the launcher does: {@code java -jar}. */
    static Outcome java(String... arguments) {
        return run(ImmutableList.<String>builder()
                .add(System.getProperty("java.home") + "/bin/java", "-jar", System.getProperty("praline.jar"))
                .add(arguments)
                .build());
    }

    /** The program from this build's classes, before there is a jar. */
    static ImmutableList<String> onClassPath() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return ImmutableList.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "praline.cli.Praline");
    }

    /** Runs the program from this build's classes, in a process of its own. */
    static Outcome inOwnProcess(String command, List<String> arguments, String... more) {
        return run(ImmutableList.<String>builder()
                .addAll(onClassPath())
                .add(command)
                .addAll(arguments)
                .add(more)
                .build());
    }

    /** Runs any command with an empty standard input, for a minute at most. */
    public static Outcome run(ImmutableList<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            if (!process.waitFor(SECONDS_MAX, SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        command + " did not end within " + SECONDS_MAX + " s: " + out.join() + err.join());
            }
            return new Outcome(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command + " ran", e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
