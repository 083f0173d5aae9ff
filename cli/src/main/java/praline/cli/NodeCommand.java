package praline.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.ControlFile;
import praline.cli.control.ControlServer;
import praline.cli.control.ControlToken;
import praline.cli.control.NodeRoutes;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.Watchers;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.SearchMode;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/** {@code praline node}: a node in the foreground, until it is told to stop. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Run a node until it is interrupted; it leaves with a Bye.",
            "When it accepts connections it prints one line: ready IP:PORT"
        })
final class NodeCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = LowerCase.Roles.class,
            completionCandidates = LowerCase.Roles.class,
            description = {
                "What it is in its network: ${COMPLETION-CANDIDATES}.",
                "auto: a leaf that leads when supernodes are missing, and steps back when it is not needed."
            })
    private RoleChoice role;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "index",
            converter = LowerCase.Modes.class,
            completionCandidates = LowerCase.Modes.class,
            description = {
                "How leaves' files are found: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). index: leaves tell"
                        + " their supernodes what they share. qrp: they send tables of hashed words, and supernodes ask"
                        + " each other one by one. Flat peers have no choice."
            })
    private SearchMode mode;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "IP:PORT",
            converter = EndpointConverter.class,
            description = "Where it accepts connections; port 0: any that is free.")
    private Endpoint listen;

    @Option(
            names = "--connect",
            paramLabel = "IP:PORT",
            split = ",",
            converter = EndpointConverter.class,
            description = "Nodes to join by.")
    private List<Endpoint> seeds = List.of();

    @Option(
            names = "--share",
            paramLabel = "DIR",
            description = "Folder whose files it shares; may be given several times.")
    private List<Path> shares = List.of();

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description = "Where files go that it fetches (default: downloads in its state folder).")
    private @Nullable Path downloads;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Its state folder (default: one of its own in ~/.local/state/praline).")
    private @Nullable Path data;

    @Option(
            names = "--control",
            paramLabel = "IP:PORT",
            converter = EndpointConverter.class,
            description = "Where its control API listens, on loopback; port 0: any that is free.")
    private @Nullable Endpoint control;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = LowerCase.Profiles.class,
            completionCandidates = LowerCase.Profiles.class,
            description = "How careful it is: ${COMPLETION-CANDIDATES} (default: as the addresses say).")
    private @Nullable Profile profile;

    @Option(
            names = "--links",
            paramLabel = "N",
            description = "Links that it keeps up by dialling; 0: to all of --connect and nobody else.")
    private @Nullable Integer links;

    @Option(
            names = "--firewalled",
            description = "Take no connections: others fetch from it over connections that it opens when they ask.")
    private boolean isFirewalled;

    @Option(
            names = "--forward-higher-ttl",
            paramLabel = "true|false",
            description = "Whether a supernode passes a query on once more when a copy may travel farther"
                    + " (default: true).")
    private @Nullable Boolean forwardsHigherTtl;

    @Option(names = "--seed", paramLabel = "N", description = "Of its chance, for experiments (default: a secret).")
    private @Nullable Long seed;

    @Option(names = "--until-stdin-ends", description = "Leave when standard input ends, too.")
    private boolean isAttached;

    @Override
    public Integer call() throws InterruptedException {
        if (control != null && !AddressRules.isLoopback(control)) {
            throw new UserError(UserError.Kind.USAGE, "the control API listens on loopback only", control.toString());
        }
        Output output = praline.output();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (UntilStopped running = new UntilStopped()) {
            running.atEnd(vertx::close);
            Housed housed = start(vertx, output);
            RunningNode node = housed.node();
            running.atEnd(node::leave);
            if (control != null) {
                startControl(control, vertx, housed, running, output);
            }
            output.ready(node.control().endpoint().toString());
            running.await(isAttached);
            return ExitCode.OK;
        }
    }

    /** A node and the folder that it keeps its state in. */
    private record Housed(RunningNode node, Path state) {}

    /** Without a folder of the user's, the node takes the first of our own that no other node has locked. */
    private Housed start(Vertx vertx, Output output) throws InterruptedException {
        Watchers watchers = new Watchers(new NodeNews(seeds, output), OverlayObserver.NONE);
        for (int number = 1; ; number++) {
            Path state = data != null ? data : StateFolders.ofNode(praline.terminal(), number);
            try {
                return new Housed(Waiting.on(RunningNode.start(vertx, config(state), watchers)), state);
            } catch (UserError e) {
                boolean isAboutFolder = e.where().equals(state.toString());
                if (data != null || !isAboutFolder || number == StateFolders.NODES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static void startControl(Endpoint listen, Vertx vertx, Housed housed, UntilStopped running, Output output)
            throws InterruptedException {
        Path state = housed.state();
        NodeRoutes routes = new NodeRoutes(vertx, housed.node());
        ControlServer server = Waiting.on(ControlServer.start(vertx, listen, ControlToken.of(state), routes));
        running.atEnd(ControlFile.announce(server, state));
        output.note("control API at " + server.url() + ", token in " + state.resolve(ControlToken.FILE_NAME));
    }

    private NodeConfig config(Path state) {
        NodeConfig.Builder config = NodeConfig.builder(role.role(), listen)
                .policy(role.policy())
                .mode(mode)
                .seeds(seeds)
                .firewalled(isFirewalled)
                .shares(shares())
                .downloads(downloads == null ? state.resolve("downloads") : downloads)
                .state(state)
                .limits(praline.settings().limits(NodeLimits.specs()));
        if (profile != null) {
            config.profile(profile);
        }
        if (links != null) {
            config.linksWanted(links);
        }
        if (forwardsHigherTtl != null) {
            config.forwardsHigherTtl(forwardsHigherTtl);
        }
        if (seed != null) {
            config.seed(seed);
        }
        return config.build();
    }

    /** Folders of the command line, or else of the settings. */
    private List<Path> shares() {
        return shares.isEmpty()
                ? praline.settings().list("node.share").stream().map(Path::of).toList()
                : shares;
    }
}
