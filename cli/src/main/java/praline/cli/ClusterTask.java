package praline.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import praline.cli.control.ApiCluster;
import praline.cli.control.ClusterRoutes;
import praline.cli.control.ControlFile;
import praline.cli.control.ControlServer;
import praline.cli.control.ControlToken;
import praline.cli.control.LocalApiCluster;
import praline.cli.control.ProcessApiCluster;
import praline.lab.cluster.ClusterFiles;
import praline.lab.cluster.ClusterOptions;
import praline.lab.cluster.ClusterPlan;
import praline.lab.cluster.LocalCluster;
import praline.lab.cluster.ProcessCluster;
import praline.node.state.StateFolder;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/**
 * Runs a cluster in this process until it is stopped.
 *
 * @param options what was asked for
 * @param plan drawn from them
 * @param share the user's folder of files; null: the corpus
 * @param state the cluster's folder: lock, token, where the control API listens, the nodes' files
 * @param hasProcesses whether each node has a JVM of its own
 */
record ClusterTask(
        ClusterOptions options, ClusterPlan plan, @Nullable Path share, Path state, boolean hasProcesses) {

    private static final Endpoint CONTROL = Endpoint.ofIpv4(0x7F000001, 0);

    /** Throws {@link UserError} for what can be known to fail before anything starts. */
    void check() {
        if (hasProcesses) {
            ProcessCluster.check(plan);
        } else {
            LocalCluster.check(plan);
        }
    }

    /**
     * Starts the cluster and blocks until a signal or the control API ends it.
     *
     * @param progress is told how many nodes stand
     * @param ready is told when all of them do
     */
    void run(IntConsumer progress, Consumer<ClusterSummary> ready) throws InterruptedException {
        long begun = System.nanoTime();
        try (UntilStopped running = new UntilStopped()) {
            StateFolder folder = StateFolder.open(state);
            running.atEnd(() -> closed(folder));
            Vertx vertx = Vertx.vertx();
            running.atEnd(vertx::close);
            ClusterFiles files = new ClusterFiles(state);
            files.spread(share, plan, options.seed());
            ApiCluster cluster = start(vertx, files, progress);
            running.atEnd(cluster::stop);
            ControlServer server = Waiting.on(ControlServer.start(
                    vertx, CONTROL, ControlToken.of(state), new ClusterRoutes(cluster, options.seed(), running::stop)));
            running.atEnd(ControlFile.announce(server, state));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            ready.accept(ClusterSummary.of(this, cluster.port(), server.url(), millis));
            running.await(false);
        }
    }

    private ApiCluster start(Vertx vertx, ClusterFiles files, IntConsumer progress) throws InterruptedException {
        if (hasProcesses) {
            ProcessCluster cluster = ProcessCluster.start(Praline.class.getName(), options, plan, files, progress);
            return new ProcessApiCluster(vertx, cluster, files::nodeFolder);
        }
        return new LocalApiCluster(vertx, Waiting.on(LocalCluster.start(vertx, options, plan, files, progress)));
    }

    private static Future<?> closed(StateFolder folder) {
        try {
            folder.close();
            return Future.succeededFuture();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }
}
