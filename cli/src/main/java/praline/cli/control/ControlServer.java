package praline.cli.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.util.function.Consumer;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/**
 * Answers the API's requests on a listener of its own, never on the node's data port (spec/hardening.md A1, A7). What
 * there is to ask for is a table of exact paths (A8).
 */
public final class ControlServer {

    private static final int HEADER_MAX = 8_192;
    private static final long BODY_MAX = 1 << 20;
    private static final int IDLE_SECONDS = 600;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final HttpServer server;
    private final Endpoint listening;

    private ControlServer(HttpServer server, Endpoint listening) {
        this.server = server;
        this.listening = listening;
    }

    /**
     * Listens.
     *
     * @param listen on loopback; port 0: any that is free
     * @param routes adds what can be asked for
     */
    public static Future<ControlServer> start(
            Vertx vertx, Endpoint listen, ControlToken token, Consumer<Router> routes) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setMaxHeaderSize(HEADER_MAX)
                .setIdleTimeout(IDLE_SECONDS)
                .setHost(listen.host())
                .setPort(listen.port()));
        Router router = Router.router(vertx);
        router.route().handler(new Gatekeeper(token));
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_MAX));
        routes.accept(router);
        router.route().handler(context -> Replies.refuse(context, NOT_FOUND, "there is nothing of that name"));
        router.route().failureHandler(ControlServer::fail);
        return server.requestHandler(router)
                .listen()
                .map(ready -> new ControlServer(ready, listen.withPort(ready.actualPort())))
                .recover(failure -> Future.failedFuture(explained(failure, listen)));
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://" + listening;
    }

    public Future<Void> close() {
        return server.close();
    }

    private static void fail(RoutingContext context) {
        if (context.response().headWritten()) {
            context.response().reset();
        } else if (context.failure() instanceof UserError error) {
            Replies.refuse(context, error);
        } else {
            int status = context.statusCode() > 0 ? context.statusCode() : SERVER_ERROR;
            Replies.refuse(context, status, "the request could not be answered");
        }
    }

    private static Throwable explained(Throwable failure, Endpoint listen) {
        return failure instanceof BindException
                ? new UserError(
                        UserError.Kind.NETWORK,
                        "the control API cannot listen (" + failure.getMessage() + ")",
                        listen.toString())
                : failure;
    }
}
