package praline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import praline.cli.control.ControlFile;
import praline.cli.control.Json;
import praline.lab.cluster.JavaProcess;
import praline.protocol.UserError;

/** Starts a cluster in a process of its own, and waits until it stands or has said why it does not. */
final class BackgroundCluster {

    private static final String LOG_NAME = "log";
    private static final String PREFIX = "praline: ";

    private BackgroundCluster() {}

    /**
     * Runs {@code praline} with {@code arguments} in the background.
     *
     * @param state the cluster's folder, where its log goes
     * @param progress is told how many nodes stand
     * @throws UserError if the cluster does not come up; in its own words
     */
    static ClusterSummary start(Path state, List<String> arguments, IntConsumer progress) {
        ControlFile.read(state).ifPresent(running -> {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "a cluster runs here already; praline cluster stop ends it",
                    state.toString());
        });
        Path log = state.resolve(LOG_NAME);
        try {
            Files.createDirectories(state);
            if (Files.exists(log)) {
                Files.move(log, state.resolve(LOG_NAME + ".previous"), StandardCopyOption.REPLACE_EXISTING);
            }
            Process process = JavaProcess.of(
                            Praline.class.getName(), List.of(Debugging.jvmOption()), arguments, ImmutableMap.of())
                    .start(log);
            return awaitUp(process, progress).orElseThrow(() -> failure(exitCode(process), log));
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED, "the cluster cannot be started (" + e.getMessage() + ")", state.toString());
        }
    }

    /** Who interrupts the start of a cluster does not want the cluster. */
    private static Optional<ClusterSummary> awaitUp(Process process, IntConsumer progress) throws IOException {
        Thread killer = new Thread(process::destroy, "praline-cluster-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String json = lines.readLine(); json != null; json = lines.readLine()) {
                StartLine line = Json.MAPPER.readValue(json, StartLine.class);
                if (line.up() != null) {
                    return Optional.of(line.up());
                }
                if (line.standing() != null) {
                    progress.accept(line.standing());
                }
            }
            return Optional.empty();
        } finally {
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /** The cluster's own last words, which are in its log. */
    private static UserError failure(int exitCode, Path log) {
        UserError.Kind kind = Arrays.stream(UserError.Kind.values())
                .filter(candidate -> candidate.exitCode() == exitCode)
                .findFirst()
                .orElse(UserError.Kind.FAILED);
        String words = lastWords(log);
        int where = words.lastIndexOf(": ");
        return where < 0
                ? new UserError(kind, "the cluster did not come up; it says why in", log.toString())
                : new UserError(kind, words.substring(0, where), words.substring(where + 2));
    }

    private static String lastWords(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(PREFIX))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.substring(PREFIX.length()))
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }
}
