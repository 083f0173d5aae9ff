package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import praline.node.overlay.RolePolicy;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/**
 * A cluster whose nodes have a JVM each: {@code praline node}, as a user would start it. A node ends when this process
 * does, however that ends, because it reads from a pipe that only this process holds open.
 */
public final class ProcessCluster {

    /** 86 MB for each JVM, measured; more would fill the memory of a common machine. */
    public static final int NODES_MAX = 150;

    private static final int STARTING_MAX = 4;
    private static final int PORTS_TRIED = 1_000;
    private static final int PORT_TAKEN = UserError.Kind.NETWORK.exitCode();
    private static final long LEAVE_SECONDS = 10;
    private static final ImmutableList<String> JVM_OPTIONS =
            ImmutableList.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String mainClass;
    private final ClusterPlan plan;
    private final ClusterFiles files;
    private final NodeSetup setup;
    private final IntConsumer progress;
    private final Map<Integer, Process> nodes = new ConcurrentSkipListMap<>();
    private int port = LocalCluster.FIRST_PORT;

    private ProcessCluster(
            String mainClass, ClusterPlan plan, ClusterFiles files, NodeSetup setup, IntConsumer progress) {
        this.mainClass = mainClass;
        this.plan = plan;
        this.files = files;
        this.setup = setup;
        this.progress = progress;
    }

    /** Throws {@link UserError} for a cluster that is too large for this. */
    public static void check(ClusterPlan plan) {
        if (plan.nodes().size() > NODES_MAX) {
            throw new UserError(
                    UserError.Kind.USAGE,
                    "a JVM for each node takes 86 MB, so there may be " + NODES_MAX
                            + " at most; without --processes a thousand run in one",
                    "--nodes " + plan.nodes().size());
        }
    }

    /**
     * Starts all nodes, and returns when all of them accept connections.
     *
     * @param mainClass whose {@code node} command is a node
     * @param files already spread
     * @param progress is told how many nodes stand, on any thread
     */
    public static ProcessCluster start(
            String mainClass, ClusterOptions options, ClusterPlan plan, ClusterFiles files, IntConsumer progress)
            throws InterruptedException {
        check(plan);
        ProcessCluster cluster =
                new ProcessCluster(mainClass, plan, files, new NodeSetup(options, plan, files), progress);
        try {
            cluster.start();
            return cluster;
        } catch (UserError | InterruptedException e) {
            cluster.stop();
            throw e;
        }
    }

    public ClusterPlan plan() {
        return plan;
    }

    public int port() {
        return port;
    }

    /** Numbers of the nodes whose processes live, in order. */
    public ImmutableList<Integer> living() {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().isAlive())
                .map(Map.Entry::getKey)
                .collect(ImmutableList.toImmutableList());
    }

    /** Kills a node's process as {@code kill -9} does. False: it does not live. */
    public boolean kill(int number) {
        Process victim = nodes.remove(number);
        if (victim == null || !victim.isAlive()) {
            return false;
        }
        victim.destroyForcibly();
        return true;
    }

    /** All nodes leave with a Bye; who does not within some seconds is killed. */
    public void stop() {
        nodes.values().forEach(Process::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVE_SECONDS);
        for (Process node : nodes.values()) {
            endBy(deadline, node);
        }
        nodes.clear();
    }

    private void start() throws InterruptedException {
        startFirst();
        progress.accept(1);
        ExecutorService starters = Executors.newFixedThreadPool(STARTING_MAX);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (PlannedNode node : plan.nodes().subList(1, plan.nodes().size())) {
                tasks.add(() -> startOther(node));
            }
            for (Future<Void> started : starters.invokeAll(tasks)) {
                started.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UserError error ? error : new IllegalStateException(e.getCause());
        } finally {
            starters.shutdownNow();
        }
    }

    /** As in {@link LocalCluster}, the first node finds the port. */
    private void startFirst() {
        for (int tried = 0; tried < PORTS_TRIED; tried++) {
            Process first = start(plan.nodes().get(0));
            if (isReady(first)) {
                nodes.put(1, first);
                return;
            }
            if (exitCode(first) != PORT_TAKEN) {
                break;
            }
            port++;
        }
        throw notStarted(plan.nodes().get(0));
    }

    private Void startOther(PlannedNode node) {
        Process process = start(node);
        nodes.put(node.number(), process);
        if (!isReady(process)) {
            throw notStarted(node);
        }
        progress.accept(nodes.size());
        return null;
    }

    private Process start(PlannedNode node) {
        try {
            Path log = log(node);
            Files.createDirectories(log.getParent());
            return JavaProcess.of(mainClass, JVM_OPTIONS, arguments(node), environment())
                    .start(log);
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "a node's process cannot be started (" + e.getMessage() + ")",
                    "node " + node.number());
        }
    }

    private List<String> arguments(PlannedNode node) {
        int number = node.number();
        List<String> arguments = new ArrayList<>(List.of("node", "--until-stdin-ends"));
        arguments.addAll(List.of("--role", roleOf(node)));
        arguments.addAll(List.of("--mode", setup.mode().id()));
        arguments.addAll(List.of("--listen", node.address(port).toString()));
        arguments.addAll(List.of("--links", Integer.toString(NodeSetup.linksWanted(node))));
        arguments.addAll(List.of("--share", files.shareFolder(number).toString()));
        arguments.addAll(List.of("--downloads", files.downloadFolder(number).toString()));
        arguments.addAll(List.of("--data", files.nodeFolder(number).toString()));
        arguments.addAll(List.of("--control", node.address(0).toString()));
        arguments.addAll(List.of("--seed", Long.toString(setup.seedOf(node))));
        arguments.addAll(List.of("--profile", "lab"));
        if (!node.seeds().isEmpty()) {
            String seeds = String.join(
                    ",",
                    NodeSetup.seeds(node, port).stream().map(Endpoint::toString).toList());
            arguments.addAll(List.of("--connect", seeds));
        }
        return arguments;
    }

    private static String roleOf(PlannedNode node) {
        return node.policy() == RolePolicy.AUTO ? "auto" : node.role().name().toLowerCase(Locale.ROOT);
    }

    private ImmutableMap<String, String> environment() {
        ImmutableMap.Builder<String, String> variables = ImmutableMap.builder();
        setup.limits()
                .forEach((key, value) -> variables.put(
                        "PRALINE_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), Long.toString(value)));
        return variables.buildOrThrow();
    }

    /** Waits for the line that says so; false when the process ends before it. */
    private static boolean isReady(Process node) {
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            return line != null && line.startsWith("ready");
        } catch (IOException e) {
            return false;
        }
    }

    private static int exitCode(Process node) {
        try {
            return node.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PORT_TAKEN;
        }
    }

    private static void endBy(long deadline, Process node) {
        try {
            if (!node.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                node.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            node.destroyForcibly();
        }
    }

    private Path log(PlannedNode node) {
        return files.nodeFolder(node.number()).resolve("log");
    }

    private UserError notStarted(PlannedNode node) {
        return new UserError(
                UserError.Kind.FAILED,
                "node " + node.number() + " did not start; it says why in",
                log(node).toString());
    }
}
