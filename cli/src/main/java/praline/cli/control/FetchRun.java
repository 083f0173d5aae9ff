package praline.cli.control;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.lab.cluster.RunningNode;
import praline.node.RunningSearch;
import praline.node.SearchHit;
import praline.node.SearchListener;
import praline.node.engine.Job;
import praline.node.overlay.Search;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Sha1;
import praline.protocol.UserError;
import praline.protocol.text.RemoteText;

/**
 * Fetches one file for a user: looks for nodes that have it by its hash, begins with the first that is found, and adds
 * the others as they are found. Every source that fails is replaced by the next.
 */
public final class FetchRun implements TransferListener, SearchListener {

    /** A person reads no faster. */
    private static final long NEWS_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int NOTHING_FOUND = 3;

    private final Vertx vertx;
    private final Context context;
    private final RunningNode node;
    private final Sha1 sha1;
    private final Consumer<GetLine> lines;
    private final List<FoundSource> sources = new ArrayList<>();
    private @Nullable RunningSearch search;
    private @Nullable RemoteText name;
    private boolean ended;
    private boolean fetching;
    private long timer;
    private long stored;
    private long size = Job.SIZE_UNKNOWN;
    private long lastNews = System.nanoTime() - NEWS_PERIOD_NANOS;

    private FetchRun(Vertx vertx, RunningNode node, Sha1 sha1, Consumer<GetLine> lines) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.node = node;
        this.sha1 = sha1;
        this.lines = lines;
    }

    /**
     * Begins to fetch.
     *
     * @param lines called on one event loop
     * @throws UserError if the request names no content
     */
    public static FetchRun begin(Vertx vertx, RunningNode node, GetRequest request, Consumer<GetLine> lines) {
        FetchRun run = new FetchRun(vertx, node, QueryText.sha1(request.urn()), lines);
        double wait = request.waitSeconds() == null ? GetRequest.WAIT_SECONDS : request.waitSeconds();
        run.context.runOnContext(go -> run.start(request, wait));
        return run;
    }

    /** Ends it early; nothing more comes, and what was fetched is kept for another time. From any thread. */
    public void stop() {
        context.runOnContext(go -> close());
    }

    @Override
    public void onHit(SearchHit hit) {
        if (sha1.equals(hit.sha1())) {
            context.runOnContext(go -> take(hit));
        }
    }

    @Override
    public void onProgress(Sha1 which, long nowStored, long nowSize) {
        context.runOnContext(go -> {
            stored = nowStored;
            size = nowSize;
            if (System.nanoTime() - lastNews >= NEWS_PERIOD_NANOS) {
                tell(GetLine.State.FETCHING, null);
            }
        });
    }

    @Override
    public void onWaiting(Sha1 which, Obstacle obstacle, String text) {
        context.runOnContext(go -> {
            if (obstacle == Obstacle.DISK_FULL || obstacle == Obstacle.DISK_ERROR) {
                fail(UserError.Kind.FAILED.exitCode(), text);
            } else {
                tell(GetLine.State.WAITING, text);
            }
        });
    }

    @Override
    public void onDone(Sha1 which, String path) {
        context.runOnContext(go -> {
            if (!ended) {
                close();
                stored = size;
                lines.accept(line(GetLine.State.DONE, path, null, 0));
            }
        });
    }

    @Override
    public void onFailed(Sha1 which, String reason) {
        context.runOnContext(go -> fail(UserError.Kind.FAILED.exitCode(), reason));
    }

    private void start(GetRequest request, double waitSeconds) {
        if (ended) {
            return;
        }
        tell(GetLine.State.SEARCHING, null);
        timer = vertx.setTimer(Math.max(1, (long) (waitSeconds * TimeUnit.SECONDS.toMillis(1))), over -> giveUp());
        Search asked = QueryText.search(
                new SearchRequest(request.urn(), null, null, null, null),
                node.control().role());
        search = node.control().search(asked, this);
    }

    private void take(SearchHit hit) {
        FoundSource source = hit.source();
        if (ended || sources.contains(source)) {
            return;
        }
        sources.add(source);
        if (fetching) {
            node.control().addSources(sha1, List.of(source));
            return;
        }
        fetching = true;
        name = hit.name();
        size = hit.size();
        node.fetch(new Wanted(sha1, hit.size(), hit.name(), true), List.copyOf(sources), this)
                .onSuccess(refusal -> refusal.ifPresent(reason -> onFailed(sha1, reason)))
                .onFailure(failure -> onFailed(sha1, "the node has ended"));
    }

    private void giveUp() {
        if (!fetching) {
            fail(NOTHING_FOUND, "nobody was found who has it");
        }
    }

    private void tell(GetLine.State state, @Nullable String text) {
        if (!ended) {
            lastNews = System.nanoTime();
            lines.accept(line(state, null, text, 0));
        }
    }

    private void fail(int exitCode, String text) {
        if (!ended) {
            close();
            lines.accept(line(GetLine.State.FAILED, null, text, exitCode));
        }
    }

    private void close() {
        ended = true;
        vertx.cancelTimer(timer);
        if (search != null) {
            search.end();
        }
        if (fetching) {
            node.forget(sha1, this);
        }
    }

    private GetLine line(GetLine.State state, @Nullable String path, @Nullable String text, int exitCode) {
        return new GetLine(
                state, stored, size, sources.size(), name == null ? null : name.tainted(), path, text, exitCode);
    }
}
