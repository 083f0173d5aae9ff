package praline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import praline.lab.cluster.ClusterOptions;
import praline.lab.cluster.ClusterPlan;
import praline.node.overlay.SearchMode;

/**
 * {@code praline cluster up}: plans a cluster and has it run, in a process of its own in the background, or right here
 * with {@code --foreground}.
 */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Start a cluster in the background. Each node has an address of its own in",
            "127/8; without supernodes they are a flat network."
        })
final class ClusterUpCommand implements Callable<Integer> {

    private static final String RANDOM = "random";
    private static final int NODES = 40;

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "All nodes together (default: 40, or as many as the topology has).")
    private @Nullable Integer nodes;

    @Option(
            names = "--supernodes",
            paramLabel = "S",
            defaultValue = "0",
            description = "How many of them lead; 0: a flat network (default: ${DEFAULT-VALUE}).")
    private int supernodes;

    @Option(
            names = "--role",
            paramLabel = "auto",
            converter = LowerCase.ChosenRoles.class,
            description = "auto: nobody says who leads, the nodes find leaders among themselves.")
    private @Nullable RoleChoice role;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "index",
            converter = LowerCase.Modes.class,
            completionCandidates = LowerCase.Modes.class,
            description = "How the supernodes find their leaves' files: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE}).")
    private SearchMode mode;

    @Option(
            names = "--topology",
            paramLabel = "FILE",
            defaultValue = RANDOM,
            description =
                    "Edge list that links the flat peers, or the supernodes; or random (default: ${DEFAULT-VALUE}).")
    private String topology;

    @Option(
            names = "--degree",
            paramLabel = "D",
            defaultValue = "4",
            description = "Links of a node in a random network, on the average (default: ${DEFAULT-VALUE}).")
    private int degree;

    @Option(
            names = "--share",
            paramLabel = "DIR",
            description = "Folder whose files are spread over the nodes (default: free texts that come with Praline).")
    private @Nullable Path share;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the network and of who shares what (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--processes", description = "Give each node a JVM of its own.")
    private boolean hasProcesses;

    @Option(names = "--foreground", description = "Run here until interrupted.")
    private boolean isForeground;

    @Option(
            names = StartLine.OPTION,
            hidden = true,
            description = "Tell the process that started this one how far it is.")
    private boolean isReporting;

    @Override
    public Integer call() throws InterruptedException {
        Praline praline = cluster.praline();
        Output output = praline.output();
        ClusterOptions options = options();
        ClusterPlan plan = ClusterPlan.draw(options);
        ClusterTask task = new ClusterTask(options, plan, share, folder.path(praline.terminal()), hasProcesses);
        task.check();
        if (isForeground) {
            task.run(standing -> report(standing, plan, output), summary -> report(summary, output));
            return ExitCode.OK;
        }
        List<String> arguments = new ArrayList<>(List.of("cluster", "up", "--foreground", StartLine.OPTION));
        arguments.addAll(arguments(plan, task.state()));
        report(BackgroundCluster.start(task.state(), arguments, line -> report(line, plan, output)), output);
        return ExitCode.OK;
    }

    private ClusterOptions options() {
        boolean isGiven = !topology.equals(RANDOM);
        boolean isSizedByFile = isGiven && supernodes == 0 && role == null;
        int standard = isSizedByFile ? ClusterOptions.AS_MANY_AS_IN_THE_TOPOLOGY : NODES;
        Path file = isGiven ? Path.of(topology).toAbsolutePath() : null;
        int leaders = role == RoleChoice.AUTO ? ClusterOptions.AS_THEY_CHOOSE : supernodes;
        return new ClusterOptions(nodes == null ? standard : nodes, leaders, file, degree, seed, mode);
    }

    /** What starts the same cluster again. */
    private List<String> arguments(ClusterPlan plan, Path state) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--nodes", Integer.toString(plan.nodes().size())));
        arguments.addAll(List.of("--supernodes", Integer.toString(supernodes)));
        arguments.addAll(List.of("--mode", mode.id()));
        arguments.addAll(List.of("--topology", topology));
        arguments.addAll(List.of("--degree", Integer.toString(degree)));
        arguments.addAll(List.of("--seed", Long.toString(seed)));
        arguments.addAll(List.of("--state", state.toString()));
        if (share != null) {
            arguments.addAll(List.of("--share", share.toString()));
        }
        if (hasProcesses) {
            arguments.add("--processes");
        }
        if (role == RoleChoice.AUTO) {
            arguments.addAll(List.of("--role", LowerCase.name(RoleChoice.AUTO)));
        }
        return arguments;
    }

    private void report(int standing, ClusterPlan plan, Output output) {
        if (isReporting) {
            output.json(StartLine.of(standing));
        } else {
            output.progress(
                    "starting: " + standing + " of " + Plural.of(plan.nodes().size(), "node"));
        }
    }

    private void report(ClusterSummary started, Output output) {
        if (isReporting) {
            output.json(StartLine.of(started));
        } else if (output.isJson()) {
            output.json(started);
        } else {
            started.print(output);
        }
    }
}
