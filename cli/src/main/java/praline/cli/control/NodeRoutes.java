package praline.cli.control;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import praline.lab.cluster.RunningNode;

/** What can be asked of a single node. */
public final class NodeRoutes implements Consumer<Router> {

    private final ApiNode node;

    public NodeRoutes(Vertx vertx, RunningNode node) {
        this.node = new LocalApiNode(vertx, node);
    }

    @Override
    public void accept(Router router) {
        router.get("/api/v1/status").handler(this::status);
        router.post("/api/v1/search").handler(context -> Asking.search(context, node));
        router.post("/api/v1/get").handler(context -> Asking.get(context, node));
    }

    private void status(RoutingContext context) {
        node.status().onSuccess(answer -> Replies.answer(context, answer)).onFailure(context::fail);
    }
}
