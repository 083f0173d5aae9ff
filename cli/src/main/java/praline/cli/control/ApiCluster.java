package praline.cli.control;

import com.google.common.collect.ImmutableList;
import io.vertx.core.Future;
import java.util.Optional;
import praline.lab.cluster.ClusterPlan;

/** What the API asks of a cluster, be its nodes in this process or in ones of their own. */
public interface ApiCluster {

    ClusterPlan plan();

    /** The one port that all nodes listen on. */
    int port();

    /** Whether each node has a process of its own. */
    boolean hasProcesses();

    /** Numbers of the nodes that live, in order. */
    ImmutableList<Integer> living();

    /** The node with this number, while it lives. */
    Optional<ApiNode> node(int number);

    /** Ends a node without Bye. False: it does not live. */
    Future<Boolean> kill(int number);

    /** All nodes leave. */
    Future<Void> stop();
}
