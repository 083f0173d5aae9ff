package praline.node;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * A running node, as the layers above talk to it. Its methods may be called from any thread: each enters the node's
 * event loop, and what comes back comes from there. A node that has ended takes nothing more: searches stay without
 * hits, and questions fail with an {@link IllegalStateException}.
 */
public final class NodeControl {

    private final TcpHost host;
    private final OverlayEngine overlay;
    private final SearchDesk searches;
    private final Sharing sharing;
    private final Role role;
    private final Guid servent;

    NodeControl(TcpHost host, OverlayEngine overlay, SearchDesk searches, Sharing sharing, Role role, Guid servent) {
        this.host = host;
        this.overlay = overlay;
        this.searches = searches;
        this.sharing = sharing;
        this.role = role;
        this.servent = servent;
    }

    /** Where it accepts connections. */
    public Endpoint endpoint() {
        return host.listening();
    }

    public Role role() {
        return role;
    }

    /** Its GUID, as hits carry it. */
    public Guid servent() {
        return servent;
    }

    /** Joins by one more seed. */
    public void connect(Endpoint seed) {
        host.run(() -> overlay.connect(seed));
    }

    /** Begins a search. */
    public RunningSearch search(Search search, SearchListener listener) {
        return searches.begin(overlay, search, listener);
    }

    public CompletionStage<NodeStatus> status() {
        return ask(() -> new NodeStatus(
                overlay.status(), host.status(), overlay.counters().copy(), limitHits(), sharing.isScanning()));
    }

    private ImmutableMap<String, Long> limitHits() {
        Map<String, Long> hits = new LinkedHashMap<>(host.status().limitHits());
        overlay.limitHits().all().forEach((key, count) -> hits.merge(key, count, Long::sum));
        return ImmutableMap.copyOf(hits);
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        host.run(
                () -> answer.complete(question.get()),
                () -> answer.completeExceptionally(new IllegalStateException("the node has ended")));
        return answer;
    }
}
