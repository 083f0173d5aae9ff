package praline.cli.control;

import com.google.common.collect.ImmutableList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.lab.cluster.ClusterPlan;
import praline.lab.cluster.ProcessCluster;

/** A cluster whose nodes have a process each; they are asked by their own control APIs. */
public final class ProcessApiCluster implements ApiCluster {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessApiCluster.class);

    private final Vertx vertx;
    private final ProcessCluster cluster;
    private final IntFunction<Path> stateFolders;

    /** @param stateFolders of each node by its number; the API's address and token are there */
    public ProcessApiCluster(Vertx vertx, ProcessCluster cluster, IntFunction<Path> stateFolders) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.stateFolders = stateFolders;
    }

    @Override
    public ClusterPlan plan() {
        return cluster.plan();
    }

    @Override
    public int port() {
        return cluster.port();
    }

    @Override
    public boolean hasProcesses() {
        return true;
    }

    @Override
    public ImmutableList<Integer> living() {
        return cluster.living();
    }

    @Override
    public Optional<ApiNode> node(int number) {
        return cluster.living().contains(number)
                ? client(stateFolders.apply(number)).map(client -> new RemoteApiNode(vertx, client))
                : Optional.empty();
    }

    @Override
    public Future<Boolean> kill(int number) {
        return Future.succeededFuture(cluster.kill(number));
    }

    @Override
    public Future<Void> stop() {
        return vertx.executeBlocking(() -> {
            cluster.stop();
            return null;
        });
    }

    private static Optional<ControlClient> client(Path folder) {
        try {
            Optional<String> token = ControlToken.read(folder);
            return ControlFile.read(folder)
                    .flatMap(file -> token.map(secret -> new ControlClient(URI.create(file.url()), secret)));
        } catch (IOException e) {
            LOG.warn("a node's token cannot be read", e);
            return Optional.empty();
        }
    }
}
