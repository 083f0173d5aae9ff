package praline.cli.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A node in another process, asked by its own control API on worker threads. */
final class RemoteApiNode implements ApiNode {

    private final Vertx vertx;
    private final ControlClient client;

    RemoteApiNode(Vertx vertx, ControlClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    @Override
    public Future<NodeAnswer> status() {
        return vertx.executeBlocking(() -> client.get("status", NodeAnswer.class), false);
    }

    @Override
    public Runnable search(SearchRequest request, Consumer<SearchLine> lines) {
        return post("search", request, SearchLine.class, lines);
    }

    @Override
    public Runnable get(GetRequest request, Consumer<GetLine> lines) {
        return post("get", request, GetLine.class, lines);
    }

    /** A stop is noticed with the next line, or when the other end has told all. */
    private <T> Runnable post(String path, Object request, Class<T> type, Consumer<T> lines) {
        AtomicBoolean stopped = new AtomicBoolean();
        Predicate<T> goesOn = line -> {
            lines.accept(line);
            return !stopped.get();
        };
        vertx.executeBlocking(
                () -> {
                    client.post(path, request, type, goesOn);
                    return path;
                },
                false);
        return () -> stopped.set(true);
    }
}
