package praline.cli.control;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.NodeControl;
import praline.node.RunningSearch;
import praline.node.SearchHit;
import praline.node.SearchListener;
import praline.node.overlay.Search;

/**
 * One search of a user at one node: hits as they come, then the end. It ends when the limit is reached, when the time
 * is over, or when nobody is being asked any more.
 */
public final class SearchRun implements SearchListener {

    private final Vertx vertx;
    private final NodeControl node;
    private final Context context;
    private final Consumer<SearchLine> lines;
    private final int limit;
    private final long begun = System.nanoTime();
    private @Nullable RunningSearch search;
    private int hits;
    private boolean ended;
    private long timer;

    private SearchRun(Vertx vertx, NodeControl node, Consumer<SearchLine> lines, int limit) {
        this.vertx = vertx;
        this.node = node;
        this.context = vertx.getOrCreateContext();
        this.lines = lines;
        this.limit = limit;
    }

    /**
     * Begins to search.
     *
     * @param lines called on one event loop
     * @throws praline.protocol.UserError if the request asks for nothing that can be searched
     */
    public static SearchRun begin(Vertx vertx, NodeControl node, SearchRequest request, Consumer<SearchLine> lines) {
        Search search = QueryText.search(request, node.role());
        int limit = request.limit() == null ? SearchRequest.LIMIT : request.limit();
        double wait = request.waitSeconds() == null ? SearchRequest.WAIT_SECONDS : request.waitSeconds();
        SearchRun run = new SearchRun(vertx, node, lines, Math.min(Math.max(limit, 1), SearchRequest.LIMIT));
        run.context.runOnContext(go -> run.start(search, wait));
        return run;
    }

    /** Ends it early; nothing more comes. From any thread. */
    public void stop() {
        context.runOnContext(go -> close());
    }

    @Override
    public void onHit(SearchHit hit) {
        context.runOnContext(go -> take(hit));
    }

    @Override
    public void onQuiet() {
        context.runOnContext(go -> finish());
    }

    private void start(Search asked, double waitSeconds) {
        if (!ended) {
            timer = vertx.setTimer(Math.max(1, (long) (waitSeconds * TimeUnit.SECONDS.toMillis(1))), over -> finish());
            search = node.search(asked, this);
        }
    }

    private void take(SearchHit hit) {
        if (!ended) {
            hits++;
            lines.accept(SearchLine.of(line(hit)));
            if (hits == limit) {
                finish();
            }
        }
    }

    private void finish() {
        if (!ended) {
            close();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            lines.accept(new SearchLine(
                    null, new SearchLine.End(hits, millis, node.endpoint().toString())));
        }
    }

    private void close() {
        ended = true;
        vertx.cancelTimer(timer);
        if (search != null) {
            search.end();
        }
    }

    private static HitLine line(SearchHit hit) {
        return new HitLine(
                hit.name().tainted(),
                hit.size(),
                hit.sha1() == null ? null : hit.sha1().base32(),
                hit.from().host(),
                hit.from().port(),
                hit.servent().toString(),
                hit.hops(),
                hit.millis());
    }
}
