package praline.cli;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A command that runs until it is stopped, in a thread of the test's own process; to be closed. */
final class RunningCommand implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private RunningCommand(ImmutableMap<String, String> environment, String... arguments) {
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, environment);
        thread = new Thread(() -> exitCode.complete(Praline.run(terminal, arguments)));
        thread.start();
    }

    static RunningCommand start(ImmutableMap<String, String> environment, String... arguments) {
        return new RunningCommand(environment, arguments);
    }

    /** Waits until the node accepts connections, and says where. */
    String ready() {
        await().atMost(PATIENCE).until(() -> out().startsWith("ready ") || exitCode.isDone());
        if (!out().startsWith("ready ")) {
            throw new AssertionError("it ended with " + exitCode.join() + ": " + err());
        }
        return out().lines().findFirst().orElseThrow().substring("ready ".length());
    }

    /** Waits until stderr holds {@code text}. */
    void awaitErr(String text) {
        await().atMost(PATIENCE).until(() -> err().contains(text));
    }

    /** Waits until stdout holds {@code text}. */
    void awaitOut(String text) {
        await().atMost(PATIENCE).until(() -> out().contains(text));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits until it ends by itself. */
    int exitCode() {
        await().atMost(PATIENCE).until(exitCode::isDone);
        return exitCode.join();
    }

    /** Interrupts it, as a user would, and waits for its end. */
    @Override
    public void close() {
        thread.interrupt();
        exitCode();
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
