package praline.cli.control;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/** The requests whose answer comes line by line, for as long as somebody reads it. */
final class Asking {

    private Asking() {}

    static void search(RoutingContext context, ApiNode node) {
        Context ours = context.vertx().getOrCreateContext();
        SearchRequest request = Replies.read(context, SearchRequest.class);
        Runnable stop = node.search(request, line -> ours.runOnContext(go -> write(context, line, line.end() != null)));
        begin(context, stop);
    }

    static void get(RoutingContext context, ApiNode node) {
        Context ours = context.vertx().getOrCreateContext();
        GetRequest request = Replies.read(context, GetRequest.class);
        Runnable stop = node.get(request, line -> ours.runOnContext(go -> write(context, line, line.isLast())));
        begin(context, stop);
    }

    /** Comes before the first line, which is always a later event. */
    private static void begin(RoutingContext context, Runnable stop) {
        Replies.beginLines(context);
        context.response().closeHandler(gone -> stop.run());
    }

    private static void write(RoutingContext context, Object line, boolean isLast) {
        Replies.line(context, line);
        if (isLast) {
            Replies.endLines(context);
        }
    }
}
