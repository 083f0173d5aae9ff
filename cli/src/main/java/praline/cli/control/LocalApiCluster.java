package praline.cli.control;

import com.google.common.collect.ImmutableList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import praline.lab.cluster.ClusterPlan;
import praline.lab.cluster.LocalCluster;

/** A cluster whose nodes all run in this process. */
public final class LocalApiCluster implements ApiCluster {

    private final Vertx vertx;
    private final LocalCluster cluster;

    public LocalApiCluster(Vertx vertx, LocalCluster cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
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
        return false;
    }

    @Override
    public ImmutableList<Integer> living() {
        return cluster.living();
    }

    @Override
    public Optional<ApiNode> node(int number) {
        return cluster.node(number).map(node -> new LocalApiNode(vertx, node));
    }

    @Override
    public Future<Boolean> kill(int number) {
        return cluster.kill(number);
    }

    @Override
    public Future<Void> stop() {
        return cluster.stop();
    }
}
