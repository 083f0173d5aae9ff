package praline.node;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.transfer.PushPath;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitFile;
import praline.protocol.gnutella.HitTrailer;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.text.RemoteText;

/**
 * Stands between the overlay's engine and those who search: knows who began which search, and gives them its hits in
 * plain values. All other news goes on to the node's listener.
 */
final class SearchDesk implements OverlayListener {

    /** A push goes as far as its hit came, and a little farther (spec/gnutella.md 16.1). */
    private static final int PUSH_SLACK = 2;

    private final TcpHost host;
    private final WireLimits limits;
    private final PushDesk pushes;
    private final NodeListener news;
    /** The engine bounds how many there are. */
    private final Map<Long, Client> byTicket = new LinkedHashMap<>();

    /** Begins at this moment and has no ticket yet. */
    private @Nullable Client beginning;

    SearchDesk(TcpHost host, WireLimits limits, PushDesk pushes, NodeListener news) {
        this.host = host;
        this.limits = limits;
        this.pushes = pushes;
        this.news = news;
    }

    /** One file of one sharer, whoever of its leaders tells of it. */
    private record Found(Guid servent, Endpoint from, long index) {}

    /** Who searches, and since when. */
    private static final class Client implements RunningSearch {
        private final SearchDesk desk;
        private final OverlayEngine engine;
        private final SearchListener listener;
        private long ticket;
        private long since;
        /** What was found already; the engine bounds how many results a search takes. */
        private final Set<Found> found = new LinkedHashSet<>();

        Client(SearchDesk desk, OverlayEngine engine, SearchListener listener) {
            this.desk = desk;
            this.engine = engine;
            this.listener = listener;
        }

        @Override
        public void end() {
            desk.host.run(() -> {
                engine.endSearch(ticket);
                desk.byTicket.remove(ticket);
            });
        }
    }

    /** From any thread. */
    RunningSearch begin(OverlayEngine engine, Search search, SearchListener listener) {
        Client client = new Client(this, engine, listener);
        host.run(() -> {
            client.since = host.overlay().now();
            beginning = client;
            client.ticket = engine.search(search);
            beginning = null;
            byTicket.put(client.ticket, client);
        });
        return client;
    }

    @Override
    public void onHit(long search, QueryHit hit) {
        news.onHit(search, hit);
        Client client = client(search);
        if (client != null) {
            long millis = host.overlay().now() - client.since;
            Optional<HitTrailer> trailer = HitTrailer.read(hit.trailer()).filter(HitTrailer::needsPush);
            for (HitFile file : HitFile.of(hit, limits)) {
                if (client.found.add(new Found(hit.servent(), hit.endpoint(), file.index()))) {
                    client.listener.onHit(found(file, hit, millis, pathTo(file, hit, trailer)));
                } else {
                    client.engine.limitHits().hit("dropped.foundAlready");
                }
            }
        }
    }

    @Override
    public void onSearchQuiet(long search) {
        news.onSearchQuiet(search);
        Client client = client(search);
        if (client != null) {
            client.listener.onQuiet();
        }
    }

    @Override
    public void onJoined(Endpoint remote, Role role) {
        news.onJoined(remote, role);
    }

    @Override
    public void onLeft(Endpoint remote, Role role) {
        news.onLeft(remote, role);
    }

    @Override
    public void onUnreachable(Endpoint remote, DialFailure why) {
        news.onUnreachable(remote, why);
    }

    @Override
    public void onRefused(Endpoint remote, int status, String reason, boolean flat) {
        news.onRefused(remote, status, reason, flat);
    }

    @Override
    public void onBye(Endpoint remote, int code, String reason) {
        news.onBye(remote, code, reason);
    }

    @Override
    public void onRole(Role role) {
        news.onRole(role);
    }

    @Override
    public void onPublicationRefused(Endpoint supernode) {
        news.onPublicationRefused(supernode);
    }

    @Override
    public void onPush(Push push) {
        pushes.onPush(push);
        news.onPush(push);
    }

    private @Nullable Client client(long search) {
        Client known = byTicket.get(search);
        return known != null ? known : beginning;
    }

    /** How a sharer is asked to dial us; null when it can be dialled. */
    private @Nullable PushPath pathTo(HitFile file, QueryHit hit, Optional<HitTrailer> pushNeeded) {
        int ttl = hit.hops() + PUSH_SLACK;
        return pushNeeded
                .map(trailer -> new PushPath(hit.servent(), file.index(), ttl, trailer.pushProxies(limits)))
                .orElse(null);
    }

    private static SearchHit found(HitFile file, QueryHit hit, long millis, @Nullable PushPath path) {
        return new SearchHit(
                RemoteText.of(file.name()),
                file.size(),
                file.sha1(),
                file.infohash(),
                hit.endpoint(),
                file.index(),
                hit.servent(),
                hit.hops() + 1,
                millis,
                path);
    }
}
