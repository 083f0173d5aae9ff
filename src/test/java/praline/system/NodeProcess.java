package praline.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code praline node} in a process of its own, as a user starts it; to be closed. */
final class NodeProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;
    private final String address;

    private NodeProcess(Process process, Path errors, String address) {
        this.process = process;
        this.errors = errors;
        this.address = address;
    }

    /** Starts a node on any free port of 127.0.0.1, and waits until it says that it is ready. */
    static NodeProcess start(Path home, String name, String... arguments) {
        try {
            Path errors = home.resolve(name + ".err");
            ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
                    .addAll(Program.onClassPath())
                    .add(
                            "node",
                            "--listen",
                            "127.0.0.1:0",
                            "--data",
                            home.resolve(name).toString())
                    .add(arguments)
                    .build());
            Process process = builder.redirectError(errors.toFile()).start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
            if (line == null || !line.startsWith("ready ")) {
                process.destroyForcibly();
                throw new AssertionError(name + " said " + line + ": " + Files.readString(errors));
            }
            return new NodeProcess(process, errors, line.substring("ready ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    String address() {
        return address;
    }

    /** The URL of its control API, which it names on stderr. */
    String controlUrl() {
        await().atMost(PATIENCE).until(() -> Files.readString(errors).contains("control API at "));
        try {
            return Files.readString(errors).replaceAll("(?s).*control API at ([^,]*),.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and returns the exit code. */
    int terminate() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a node did not end after SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
