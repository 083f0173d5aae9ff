package praline.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.protocol.UserError;

/**
 * Where the control API of a state folder's node or cluster listens while it runs; {@code control.json} in that folder.
 *
 * @param url {@code http://127.0.0.1:PORT}
 * @param pid the process
 */
public record ControlFile(String url, long pid) {

    private static final Logger LOG = LoggerFactory.getLogger(ControlFile.class);
    private static final String NAME = "control.json";

    /** Lets others find {@code server}; running what is returned closes it and takes the notice away. */
    public static Supplier<Future<Void>> announce(ControlServer server, Path stateFolder) {
        new ControlFile(server.url(), ProcessHandle.current().pid()).writeTo(stateFolder);
        return () -> {
            deleteFrom(stateFolder);
            return server.close();
        };
    }

    /** What is written in {@code stateFolder}; empty when nothing is, or no process of that number lives. */
    public static Optional<ControlFile> read(Path stateFolder) {
        try {
            ControlFile file = Json.MAPPER.readValue(Files.readString(stateFolder.resolve(NAME)), ControlFile.class);
            return Optional.of(file).filter(ControlFile::isAlive);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT,
                    "the state folder cannot be read (" + e.getClass().getSimpleName() + ")",
                    stateFolder.toString());
        }
    }

    /** Whole or not at all. */
    private void writeTo(Path stateFolder) {
        try {
            Path unfinished = stateFolder.resolve(NAME + ".new");
            Files.writeString(unfinished, Json.MAPPER.writeValueAsString(this) + "\n");
            Files.move(unfinished, stateFolder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "the state folder cannot be written (" + e.getClass().getSimpleName() + ")",
                    stateFolder.toString());
        }
    }

    /** A notice that stays names a process that does not live, and is passed over. */
    private static void deleteFrom(Path stateFolder) {
        try {
            Files.deleteIfExists(stateFolder.resolve(NAME));
        } catch (IOException e) {
            LOG.debug("{} stays in {}", NAME, stateFolder, e);
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
