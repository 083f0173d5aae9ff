package praline.cli.control;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.lab.cluster.PlannedNode;
import praline.node.overlay.Role;
import praline.protocol.SplitMix64;
import praline.protocol.UserError;

/**
 * What can be asked of a cluster: all that can be asked of a node, of any of its nodes; and what concerns them
 * together.
 */
public final class ClusterRoutes implements Consumer<Router> {

    /** The stream of chance for who asks (spec/experiments.md section 0). */
    private static final int ORIGIN_STREAM = 3;

    private final ApiCluster cluster;
    private final long seed;
    private final Runnable onStop;

    /**
     * @param seed chooses the node that asks when the request names none
     * @param onStop run when all nodes have left because somebody asked for it
     */
    public ClusterRoutes(ApiCluster cluster, long seed, Runnable onStop) {
        this.cluster = cluster;
        this.seed = seed;
        this.onStop = onStop;
    }

    @Override
    public void accept(Router router) {
        router.get("/api/v1/status").handler(this::status);
        router.get("/api/v1/nodes").handler(this::nodes);
        router.get("/api/v1/nodes/:number").handler(this::node);
        router.post("/api/v1/nodes/:number/kill").handler(this::kill);
        router.post("/api/v1/search")
                .handler(context -> Asking.search(
                        context,
                        chosen(Replies.read(context, SearchRequest.class).node())));
        router.post("/api/v1/get")
                .handler(context -> Asking.get(
                        context, chosen(Replies.read(context, GetRequest.class).node())));
        router.post("/api/v1/stop").handler(this::stop);
    }

    private void status(RoutingContext context) {
        ClusterSurvey.of(cluster, cluster.living())
                .onSuccess(survey -> Replies.answer(context, survey.answer(seed)))
                .onFailure(context::fail);
    }

    private void nodes(RoutingContext context) {
        int offset = parameter(context, "offset", 0);
        int limit = Math.min(parameter(context, "limit", NodesAnswer.PAGE_MAX), NodesAnswer.PAGE_MAX);
        List<PlannedNode> page =
                cluster.plan().nodes().stream().skip(offset).limit(limit).toList();
        List<Integer> numbers = page.stream().map(PlannedNode::number).toList();
        ClusterSurvey.of(cluster, numbers)
                .onSuccess(survey -> Replies.answer(
                        context, new NodesAnswer(cluster.plan().nodes().size(), offset, survey.lines(page))))
                .onFailure(context::fail);
    }

    private void node(RoutingContext context) {
        chosen(numbered(context))
                .status()
                .onSuccess(answer -> Replies.answer(context, answer))
                .onFailure(context::fail);
    }

    private void kill(RoutingContext context) {
        int number = numbered(context);
        PlannedNode node = cluster.plan().nodes().get(number - 1);
        cluster.kill(number).onFailure(context::fail).onSuccess(lived -> {
            if (lived) {
                String address = node.address(cluster.port()).toString();
                Replies.answer(context, new KillAnswer(number, address, NodeAnswer.inLowerCase(node.role())));
            } else {
                context.fail(dead(number));
            }
        });
    }

    private void stop(RoutingContext context) {
        cluster.stop().onComplete(left -> {
            Replies.answer(context, Map.of("stopped", left.succeeded()));
            onStop.run();
        });
    }

    /** The node that a request is for. Who names none is given an ordinary peer, the same one while all live. */
    private ApiNode chosen(@Nullable Integer number) {
        int asked = number == null ? drawn() : known(number);
        return cluster.node(asked).orElseThrow(() -> dead(asked));
    }

    private int drawn() {
        List<Integer> peers = cluster.living().stream()
                .filter(number -> cluster.plan().nodes().get(number - 1).role() != Role.SUPERNODE)
                .toList();
        List<Integer> candidates = peers.isEmpty() ? cluster.living() : peers;
        if (candidates.isEmpty()) {
            throw new UserError(UserError.Kind.FAILED, "no node of the cluster lives any more", "cluster");
        }
        return candidates.get(SplitMix64.stream(seed, ORIGIN_STREAM).below(candidates.size()));
    }

    private int numbered(RoutingContext context) {
        try {
            return known(Integer.parseInt(context.pathParam("number")));
        } catch (NumberFormatException e) {
            throw new UserError(UserError.Kind.USAGE, "a node is named by its number", "node");
        }
    }

    private int known(int number) {
        if (number < 1 || number > cluster.plan().nodes().size()) {
            throw new UserError(
                    UserError.Kind.USAGE,
                    "the nodes of this cluster are 1 to "
                            + cluster.plan().nodes().size(),
                    "node " + number);
        }
        return number;
    }

    private static UserError dead(int number) {
        return new UserError(UserError.Kind.FAILED, "this node does not live any more", "node " + number);
    }

    private static int parameter(RoutingContext context, String name, int standard) {
        List<String> values = context.queryParam(name);
        try {
            return values.isEmpty() ? standard : Math.max(0, Integer.parseInt(values.get(0)));
        } catch (NumberFormatException e) {
            throw new UserError(UserError.Kind.USAGE, "this is a number, 0 or more", name);
        }
    }
}
