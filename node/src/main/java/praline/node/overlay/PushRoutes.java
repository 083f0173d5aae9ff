package praline.node.overlay;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.protocol.Guid;

/**
 * On which links servents are to be found: those whose hits passed here, and the leaves that have made this node their
 * push proxy (spec/gnutella.md 10.1). A way that a hit came is known for ten minutes, and the latest hit's way is the
 * one; a servent that is linked with us needs none, because the handshake has named it.
 */
final class PushRoutes {

    private static final long KEPT_MILLIS = 600_000;

    private final Links links;
    private final int routesMax;
    /** By servent; the way that was confirmed longest ago comes first. */
    private final Map<Guid, Route> byHit = new LinkedHashMap<>(0);
    /** By servent: the ids of the links of those that asked us; one servent for each link. */
    private final Map<Guid, Integer> proxied = new LinkedHashMap<>(0);

    private record Route(int linkId, long at) {}

    PushRoutes(Links links, int routesMax) {
        this.links = links;
        this.routesMax = routesMax;
    }

    /** A hit of {@code servent} came from {@code from}, on the path of its query. */
    void learn(Guid servent, LinkState from, long now) {
        byHit.remove(servent);
        if (byHit.size() >= routesMax) {
            Iterator<Route> oldest = byHit.values().iterator();
            oldest.next();
            oldest.remove();
        }
        byHit.put(servent, new Route(from.id, now));
    }

    /** {@code leaf} wants pushes for {@code servent}, and for no other. */
    void register(Guid servent, LinkState leaf) {
        forget(leaf);
        proxied.put(servent, leaf.id);
    }

    /** The link is gone. Ways of hits through it are found dead when they are looked for. */
    void forget(LinkState gone) {
        proxied.values().removeIf(id -> id == gone.id);
    }

    /** The leaf that can be told at once; null: there is none here. */
    @Nullable
    LinkState leaf(Guid servent) {
        Integer registered = proxied.get(servent);
        LinkState leaf = registered == null ? links.joinedTo(servent, null) : links.byId(registered);
        return leaf != null && leaf.isJoined() && (registered != null || leaf.isLeaf()) ? leaf : null;
    }

    /**
     * Where a push for {@code servent} goes: to itself when it is linked with us, else back along the way of its hit.
     */
    @Nullable
    LinkState towards(Guid servent, long now) {
        LinkState near = leaf(servent);
        if (near == null) {
            near = links.joinedTo(servent, null);
        }
        if (near != null) {
            return near;
        }
        Route route = byHit.get(servent);
        if (route == null || now - route.at > KEPT_MILLIS) {
            return null;
        }
        LinkState neighbour = links.byId(route.linkId);
        return neighbour != null && neighbour.isJoined() ? neighbour : null;
    }
}
