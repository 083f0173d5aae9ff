package praline.cli;

import java.nio.file.Path;

/**
 * Where things are kept when the user names no folder: {@code $XDG_STATE_HOME/praline}, or
 * {@code ~/.local/state/praline}.
 */
final class StateFolders {

    private StateFolders() {}

    /** Nodes of one user that find a folder of their own. */
    static final int NODES_MAX = 32;

    /** Of nodes, {@code number} from 1 to {@link #NODES_MAX}; a node takes the first of these that no other uses. */
    static Path ofNode(Terminal terminal, int number) {
        return home(terminal).resolve(number == 1 ? "node" : "node-" + number);
    }

    /** Of the cluster that commands speak of when they name none. */
    static Path ofCluster(Terminal terminal) {
        return home(terminal).resolve("cluster");
    }

    private static Path home(Terminal terminal) {
        String configured = terminal.variable("XDG_STATE_HOME");
        Path user = Path.of(terminal.environment().getOrDefault("HOME", "."));
        return (configured.isEmpty() ? user.resolve(".local").resolve("state") : Path.of(configured))
                .resolve("praline");
    }
}
