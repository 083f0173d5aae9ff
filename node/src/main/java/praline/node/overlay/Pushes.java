package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Profile;
import praline.node.engine.Ration;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.HitTrailer;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.VendorCall.PushProxyAck;
import praline.protocol.gnutella.VendorCall.PushProxyRequest;
import praline.protocol.gnutella.VendorCall.TcpConnectBack;

/**
 * Wishes to be dialled, for sharers that cannot be dialled themselves (spec/gnutella.md section 16). Three parts in it:
 * whoever relays hits passes pushes back along their way and no other; a supernode is push proxy for its leaves; and a
 * firewalled node asks its supernodes to be its proxies and names them in its hits.
 *
 * <p>Nobody is to be aimed at a third party by it: what is passed on is rationed by sharer and by the address to be
 * dialled (spec/hardening.md R10, C12).
 */
final class Pushes {

    /** Servents and addresses whose ration is known at a time. */
    private static final int RATIONED_MAX = 10_000;

    /** What a hit says of a sharer that can be dialled. */
    static final Bytes REACHABLE =
            HitTrailer.ours(false, false, false, Bytes.EMPTY).toBytes();

    private final Context context;
    private @Nullable PushRoutes routes;
    private @Nullable Ration<Guid> bySharer;
    private @Nullable Ration<Endpoint> byRequester;
    /** Our own push proxies, by the id of the link; null: we can be dialled. */
    private @Nullable Map<Integer, Endpoint> proxies;

    private Bytes ownTrailer = REACHABLE;
    private @Nullable Bytes leafTrailer;
    /** Whom {@link #leafTrailer} names. */
    private @Nullable Endpoint leafProxy;

    Pushes(Context context) {
        this.context = context;
    }

    /** This node cannot be dialled from here on: its hits say so, and supernodes are asked to pass pushes on. */
    void beFirewalled() {
        if (proxies == null) {
            proxies = new LinkedHashMap<>(4);
            tellProxies();
            for (int i = 0; i < context.links.neighbourCount(); i++) {
                askForProxy(context.links.neighbour(i));
            }
        }
    }

    /** This node was dialled. */
    void beReachable() {
        if (proxies != null) {
            proxies = null;
            ownTrailer = REACHABLE;
        }
    }

    /** Asks our supernodes to dial this node (spec/gnutella.md section 12); false: there is none to ask. */
    boolean askToBeDialled() {
        boolean isAsked = false;
        TcpConnectBack wish = new TcpConnectBack(context.config.self().port());
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState state = context.links.neighbour(i);
            if (isSupernodeThatListens(state)) {
                isAsked |= context.outbox.sendControl(state, wish.toVendor(Guid.ZERO), Cause.MAINTENANCE);
            }
        }
        return isAsked;
    }

    boolean isFirewalled() {
        return proxies != null;
    }

    /** What our own hits say of us. */
    Bytes trailer() {
        return ownTrailer;
    }

    /** What hits say that we send for a leaf which cannot be dialled: we are its push proxy. */
    Bytes leafTrailer() {
        Endpoint self = context.config.self();
        if (leafTrailer == null || !self.equals(leafProxy)) {
            leafTrailer = pushTrailer(ImmutableList.of(self));
            leafProxy = self;
        }
        return leafTrailer;
    }

    void onJoined(LinkState state) {
        if (proxies != null) {
            askForProxy(state);
        }
    }

    void onEnded(LinkState gone) {
        if (routes != null) {
            routes.forget(gone);
        }
        if (proxies != null && proxies.remove(gone.id) != null) {
            tellProxies();
        }
    }

    /** A hit passed here, or came to us, on the path of its query. */
    void learn(Guid servent, LinkState from) {
        if (!servent.equals(context.config.servent())) {
            routes().learn(servent, from, context.host.now());
        }
    }

    /** A wish that came from a neighbour or leaf: it is ours, or goes on. */
    void onPush(LinkState from, Push came) {
        Push push = completed(came, from);
        if (push.servent().equals(context.config.servent())) {
            if (context.isUsable(push.endpoint(), from.link.remote())) {
                context.listener.onPush(push);
            }
            return;
        }
        if (context.config.role() == Role.LEAF || push.ttl() <= 1) {
            context.limitHits.hit("dropped.pushWornOut");
            return;
        }
        LinkState to = routes().towards(push.servent(), context.host.now());
        if (to == null || to == from) {
            context.limitHits.hit("dropped.pushWithoutRoute");
        } else if (isGranted(push.servent(), push.endpoint())) {
            send(to, push.withHops(push.ttl() - 1, push.hops() + 1));
        }
    }

    /** Has {@code servent}, whose hit we know, dial this node; false: no way to it is known. */
    boolean push(Guid servent, long index, int ttl) {
        LinkState to = routes().towards(servent, context.host.now());
        if (to == null) {
            return false;
        }
        send(to, new Push(context.freshGuid(), ttl, 0, servent, index, here(), Bytes.EMPTY));
        return true;
    }

    /** Where a sharer shall call: this node's address, or what others take for it when it listens on all of them. */
    Endpoint here() {
        Endpoint self = context.config.self();
        return isAnyAddress(self)
                ? context.ownAddress
                        .believed()
                        .map(address -> address.withPort(self.port()))
                        .orElse(self)
                : self;
    }

    /** A neighbour that does not know its own address may leave it to us, who see it. */
    private static Push completed(Push push, LinkState from) {
        boolean isLeftToUs = push.hops() == 0 && isAnyAddress(push.endpoint());
        return isLeftToUs
                ? new Push(
                        push.guid(),
                        push.ttl(),
                        push.hops(),
                        push.servent(),
                        push.index(),
                        from.link.remote().withPort(push.endpoint().port()),
                        push.extensions())
                : push;
    }

    private static boolean isAnyAddress(Endpoint endpoint) {
        return endpoint.isIpv4() && endpoint.ipv4() == 0;
    }

    /** As a push proxy: has a leaf of ours dial {@code requester}; false: it is none of ours, or was asked enough. */
    boolean proxy(Guid servent, long index, Endpoint requester) {
        LinkState leaf = routes().leaf(servent);
        if (leaf == null || !isGranted(servent, requester)) {
            return false;
        }
        int ttl = Math.max(1, context.config.limits().ttlMax() - 1);
        send(leaf, new Push(context.freshGuid(), ttl, 1, servent, index, requester, Bytes.EMPTY));
        return true;
    }

    /** LIME 21: {@code from} wants to be told of pushes for {@code servent}. */
    void onProxyRequest(LinkState from, Guid servent) {
        if (context.config.role() != Role.SUPERNODE || !from.isLeaf()) {
            return;
        }
        routes().register(servent, from);
        PushProxyAck agreed = new PushProxyAck(context.config.self());
        context.outbox.sendControl(from, agreed.toVendor(servent), Cause.MAINTENANCE);
    }

    /**
     * LIME 22: a supernode of ours has agreed. Its address is the one that we see, so that it cannot send downloaders
     * to somebody else.
     */
    void onProxyAck(LinkState from, Guid servent, PushProxyAck ack) {
        int port = ack.endpoint().port();
        if (proxies != null && !from.isLeaf() && servent.equals(context.config.servent()) && port != 0) {
            proxies.put(from.id, from.link.remote().withPort(port));
            tellProxies();
        }
    }

    private void askForProxy(LinkState state) {
        if (isSupernodeThatListens(state)) {
            context.outbox.sendControl(
                    state, new PushProxyRequest().toVendor(context.config.servent()), Cause.MAINTENANCE);
        }
    }

    private static boolean isSupernodeThatListens(LinkState state) {
        return state.peer().role() == Role.SUPERNODE && state.peer().speaksVendor();
    }

    private void tellProxies() {
        ownTrailer = proxies == null ? REACHABLE : pushTrailer(ImmutableList.copyOf(proxies.values()));
    }

    private void send(LinkState to, Push push) {
        context.outbox.sendControl(to, push, Cause.MAINTENANCE);
    }

    /** Where a whole network shares one address, addresses are not counted (spec/hardening.md L5). */
    private boolean isGranted(Guid sharer, Endpoint requester) {
        OverlayLimits limits = context.config.limits();
        if (bySharer == null || byRequester == null) {
            bySharer = new Ration<>(limits.pushesPerTarget(), limits.pushMillis(), RATIONED_MAX);
            byRequester = new Ration<>(limits.pushesPerTarget(), limits.pushMillis(), RATIONED_MAX);
        }
        Profile profile = context.config.profile();
        boolean countsAddresses = profile == Profile.INTERNET || profile == Profile.LAN;
        long now = context.host.now();
        boolean isGranted =
                bySharer.take(sharer, now) && (!countsAddresses || byRequester.take(requester.withPort(0), now));
        if (!isGranted) {
            context.limitHits.hit("limits.overlay.pushesPerTarget");
        }
        return isGranted;
    }

    private PushRoutes routes() {
        if (routes == null) {
            routes = new PushRoutes(context.links, context.config.limits().pushRoutesMax());
        }
        return routes;
    }

    private static Bytes pushTrailer(ImmutableList<Endpoint> proxies) {
        return HitTrailer.ours(true, false, false, HitTrailer.pushProxies(proxies))
                .toBytes();
    }
}
