package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;
import praline.node.Watchers;
import praline.protocol.UserError;

/**
 * A cluster in this JVM: every node of a plan is a verticle with a socket of its own. First all of them listen, then
 * they dial, so that no dial fails because a neighbour is late.
 */
public final class LocalCluster {

    /** Gnutella's port of old, and the first one that is tried; higher ones follow while it is taken. */
    static final int FIRST_PORT = 6346;

    private static final int PORTS_TRIED = 1_000;

    /** Nodes that are being started at the same time; more would only wait for each other. */
    private static final int STARTING_MAX = 64;

    private final Vertx vertx;
    private final ClusterPlan plan;
    private final NodeSetup setup;
    private final IntConsumer progress;
    private final Map<Integer, RunningNode> nodes = new ConcurrentSkipListMap<>();
    private volatile int port = FIRST_PORT;

    private LocalCluster(Vertx vertx, ClusterPlan plan, NodeSetup setup, IntConsumer progress) {
        this.vertx = vertx;
        this.plan = plan;
        this.setup = setup;
        this.progress = progress;
    }

    /** Throws {@link UserError} when {@code plan} needs more file descriptors than one process here may have. */
    public static void check(ClusterPlan plan) {
        FileDescriptors.check(plan);
    }

    /**
     * Starts all nodes of {@code plan}, which was drawn from {@code options}.
     *
     * @param files already spread
     * @param progress is told how many nodes stand, on any thread
     */
    public static Future<LocalCluster> start(
            Vertx vertx, ClusterOptions options, ClusterPlan plan, ClusterFiles files, IntConsumer progress) {
        check(plan);
        LocalCluster cluster = new LocalCluster(vertx, plan, new NodeSetup(options, plan, files), progress);
        return cluster.start().map(cluster);
    }

    public ClusterPlan plan() {
        return plan;
    }

    /** The one port that all nodes listen on. */
    public int port() {
        return port;
    }

    /** The node with this number, while it lives. */
    public Optional<RunningNode> node(int number) {
        return Optional.ofNullable(nodes.get(number));
    }

    /** Numbers of the nodes that live, in order. */
    public ImmutableList<Integer> living() {
        return ImmutableList.copyOf(nodes.keySet());
    }

    /** Ends a node as a crash ends it, without Bye. False: it does not live. */
    public Future<Boolean> kill(int number) {
        RunningNode victim = nodes.remove(number);
        return victim == null ? Future.succeededFuture(false) : victim.kill().map(true);
    }

    /** All nodes leave with a Bye. */
    public Future<Void> stop() {
        List<Future<Void>> leaving =
                nodes.values().stream().map(RunningNode::leave).toList();
        nodes.clear();
        return Future.join(leaving).mapEmpty();
    }

    private Future<Void> start() {
        return startFirst(FIRST_PORT)
                .compose(first -> startFrom(1))
                .onSuccess(all -> plan.nodes().forEach(this::connect))
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /** The first node's address decides which port is free: all clusters of this machine begin with it. */
    private Future<Void> startFirst(int candidate) {
        port = candidate;
        return start(plan.nodes().get(0)).recover(failure -> {
            boolean isTaken = failure instanceof UserError error && error.kind() == UserError.Kind.NETWORK;
            return isTaken && candidate < FIRST_PORT + PORTS_TRIED
                    ? startFirst(candidate + 1)
                    : Future.failedFuture(failure);
        });
    }

    private Future<Void> startFrom(int index) {
        progress.accept(nodes.size());
        if (index >= plan.nodes().size()) {
            return Future.succeededFuture();
        }
        int end = Math.min(index + STARTING_MAX, plan.nodes().size());
        Collection<Future<Void>> starting =
                plan.nodes().subList(index, end).stream().map(this::start).toList();
        return Future.join(List.copyOf(starting)).compose(started -> startFrom(end));
    }

    private Future<Void> start(PlannedNode node) {
        return RunningNode.start(vertx, setup.configure(node, port), Watchers.NONE)
                .onSuccess(running -> nodes.put(node.number(), running))
                .mapEmpty();
    }

    private void connect(PlannedNode node) {
        node(node.number()).ifPresent(running -> NodeSetup.seeds(node, port).forEach(running.control()::connect));
    }
}
