package praline.cli.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import praline.lab.cluster.RunningNode;

/** A node that runs in this process. */
final class LocalApiNode implements ApiNode {

    private final Vertx vertx;
    private final RunningNode node;

    LocalApiNode(Vertx vertx, RunningNode node) {
        this.vertx = vertx;
        this.node = node;
    }

    @Override
    public Future<NodeAnswer> status() {
        return Future.fromCompletionStage(node.control().status()).map(status -> NodeAnswer.of(node.control(), status));
    }

    @Override
    public Runnable search(SearchRequest request, Consumer<SearchLine> lines) {
        return SearchRun.begin(vertx, node.control(), request, lines)::stop;
    }

    @Override
    public Runnable get(GetRequest request, Consumer<GetLine> lines) {
        return FetchRun.begin(vertx, node, request, lines)::stop;
    }
}
