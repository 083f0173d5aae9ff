package praline.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.ext.web.RoutingContext;
import java.io.UncheckedIOException;
import praline.protocol.UserError;

/** How the API answers: JSON, never kept by a cache, never taken for anything else. */
final class Replies {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private Replies() {}

    static void answer(RoutingContext context, Object body) {
        answer(context, OK, body);
    }

    /** {@code error} is a sentence of ours; what was asked is never repeated in it. */
    static void refuse(RoutingContext context, int status, String error) {
        answer(context, status, new ApiProblem(error, null, null));
    }

    /** What the user did wrong, or cannot have. */
    static void refuse(RoutingContext context, UserError error) {
        int status = error.kind() == UserError.Kind.USAGE ? BAD_REQUEST : CONFLICT;
        answer(context, status, new ApiProblem(error.what(), error.where(), error.kind()));
    }

    /** The request's body read as a {@code type}; throws {@link UserError} when it is none. */
    static <T> T read(RoutingContext context, Class<T> type) {
        String body = context.body().asString();
        try {
            return Json.MAPPER.readValue(body == null ? "{}" : body, type);
        } catch (JsonProcessingException e) {
            throw new UserError(UserError.Kind.USAGE, "the request is no JSON of the right form", "body");
        }
    }

    /** Begins an answer of JSON values, one a line, that come one by one. */
    static void beginLines(RoutingContext context) {
        head(context, OK, "application/x-ndjson");
        context.response().setChunked(true);
    }

    static void line(RoutingContext context, Object value) {
        if (!context.response().closed() && !context.response().ended()) {
            context.response().write(json(value) + "\n");
        }
    }

    static void endLines(RoutingContext context) {
        if (!context.response().closed() && !context.response().ended()) {
            context.response().end();
        }
    }

    private static void answer(RoutingContext context, int status, Object body) {
        head(context, status, "application/json");
        context.response().end(json(body) + "\n");
    }

    private static void head(RoutingContext context, int status, String type) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
