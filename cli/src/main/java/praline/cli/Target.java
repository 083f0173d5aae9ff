package praline.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import praline.cli.control.ControlClient;
import praline.cli.control.ControlFile;
import praline.cli.control.ControlToken;
import praline.node.NodeConfig;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/** Whom {@code search} and {@code get} ask: a network that they join for a moment, or a node that runs already. */
final class Target {

    private static final String TOKEN_VARIABLE = "PRALINE_TOKEN";

    @ArgGroup(multiplicity = "0..1")
    private @Nullable Choice choice;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "State folder of the node behind --control, which holds its token.")
    private @Nullable Path data;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = LowerCase.Profiles.class,
            completionCandidates = LowerCase.Profiles.class,
            description =
                    "How careful we are with --connect: ${COMPLETION-CANDIDATES} (default: as the addresses say).")
    private @Nullable Profile profile;

    /** One of the two. */
    private static final class Choice {
        @Option(
                names = "--connect",
                paramLabel = "IP:PORT",
                split = ",",
                converter = EndpointConverter.class,
                description = "Join the network of this node for the question, and leave again.")
        private @Nullable List<Endpoint> connect;

        @Option(
                names = "--control",
                paramLabel = "URL",
                description = "Ask the node or cluster whose control API is at this URL.")
        private @Nullable URI control;
    }

    /** Whether a network or a node was named at all. */
    boolean isGiven() {
        return choice != null;
    }

    /** Nodes to join by; empty: ask {@link #client}. Throws {@link UserError} when nobody was named. */
    List<Endpoint> seeds() {
        if (choice == null) {
            throw new UserError(UserError.Kind.USAGE, "whom to ask is missing", "--connect IP:PORT, or --control URL");
        }
        return choice.connect == null ? List.of() : choice.connect;
    }

    /** What the user said about how careful we are; null: nothing. */
    @Nullable
    Profile saidProfile() {
        return profile;
    }

    /** How careful a node of ours is that joins by {@link #seeds}. */
    Profile profile() {
        return profile == null ? NodeConfig.profileOf(seeds()) : profile;
    }

    /** A client of the control API that was named. The token comes from the environment, or from the state folder. */
    ControlClient client(Terminal terminal) {
        URI url = choice == null ? null : choice.control;
        if (url == null) {
            throw new IllegalStateException("no control API was named");
        }
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new UserError(UserError.Kind.USAGE, "this is not http://IP:PORT", "--control " + url);
        }
        return new ControlClient(url, token(url, terminal));
    }

    private String token(URI url, Terminal terminal) {
        String given = terminal.variable(TOKEN_VARIABLE);
        if (!given.isEmpty()) {
            return given;
        }
        Optional<String> token = data != null ? read(data) : search(url, terminal);
        return token.orElseThrow(() -> new UserError(
                UserError.Kind.BAD_INPUT,
                "there is no token for this node; name its state folder with --data, or set " + TOKEN_VARIABLE,
                data == null ? url.toString() : data.toString()));
    }

    private static Optional<String> search(URI url, Terminal terminal) {
        Path cluster = StateFolders.ofCluster(terminal);
        if (isAt(cluster, url)) {
            return read(cluster);
        }
        for (int number = 1; number <= StateFolders.NODES_MAX; number++) {
            Path node = StateFolders.ofNode(terminal, number);
            if (isAt(node, url)) {
                return read(node);
            }
        }
        return Optional.empty();
    }

    private static boolean isAt(Path stateFolder, URI url) {
        return ControlFile.read(stateFolder)
                .filter(file -> URI.create(file.url()).getAuthority().equals(url.getAuthority()))
                .isPresent();
    }

    private static Optional<String> read(Path stateFolder) {
        try {
            return ControlToken.read(stateFolder);
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT,
                    "the token cannot be read (" + e.getClass().getSimpleName() + ")",
                    stateFolder.toString());
        }
    }
}
