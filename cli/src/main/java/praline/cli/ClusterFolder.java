package praline.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import praline.cli.control.ControlClient;
import praline.cli.control.ControlFile;
import praline.cli.control.ControlToken;
import praline.protocol.UserError;

/** Which cluster a command speaks of: the one whose state is in this folder. */
final class ClusterFolder {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder of the cluster's state (default: ~/.local/state/praline/cluster).")
    private @Nullable Path state;

    Path path(Terminal terminal) {
        return (state == null ? StateFolders.ofCluster(terminal) : state).toAbsolutePath();
    }

    /** Where the running cluster answers; throws {@link UserError} when none runs. */
    ControlFile running(Terminal terminal) {
        Path folder = path(terminal);
        return ControlFile.read(folder)
                .orElseThrow(() -> new UserError(
                        UserError.Kind.NETWORK,
                        "no cluster runs here; praline cluster up starts one",
                        folder.toString()));
    }

    /** A client of the running cluster; throws {@link UserError} when none runs. */
    ControlClient client(Terminal terminal) {
        ControlFile running = running(terminal);
        return new ControlClient(URI.create(running.url()), token(path(terminal)));
    }

    private static String token(Path folder) {
        try {
            Optional<String> token = ControlToken.read(folder);
            if (token.isPresent()) {
                return token.get();
            }
        } catch (IOException e) {
            throw unreadable(folder, " (" + e.getClass().getSimpleName() + ")");
        }
        throw unreadable(folder, "");
    }

    private static UserError unreadable(Path folder, String why) {
        return new UserError(UserError.Kind.BAD_INPUT, "the cluster's token cannot be read" + why, folder.toString());
    }
}
