package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.GuidTable;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.Profile;
import praline.protocol.Guid;
import praline.protocol.gnutella.MessageType;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/**
 * Passes queries on and hits back. A query is taken once, answered from what is known here, and goes on to all
 * neighbours but the one it came from while its TTL lasts; a leaf passes nothing on. A hit goes back the way its query
 * came and no other (spec/gnutella.md section 10, spec/hardening.md R3 and R5).
 *
 * <p>What is remembered of a query is one number: the link that it came from, whether it was passed on and how far. A
 * copy that may travel farther than the first is passed on once more, if this node does so: else whoever brings a copy
 * with a low TTL first would keep a query from going where it was meant to go.
 */
final class Queries {

    /** The link number of a query that this node asked itself. */
    private static final int OWN = Integer.MAX_VALUE >>> 1;

    /** The note of a GUID that is never passed on again: of our own queries, and of those spread from here. */
    private static final int FARTHEST = 7;

    private static final int RAISED = 8;

    /** How long a GUID of a link that is gone still counts as seen (spec/hardening.md R1). */
    static final long GONE_KEPT_MILLIS = 60_000;

    private final Context context;
    private final Answers answers;
    private final QueryRouting routing;
    private final GuidTable routes;
    // Parts of the context that every query needs.
    private final OverlayObserver observer;
    private final OverlayLimits limits;
    private final Counters counters;
    private final Links links;
    private final Outbox outbox;
    /** Since the first hit that was passed on. */
    private @Nullable WellAnswered wellAnswered;

    /** Since the first query that was asked of one neighbour after the other. */
    private @Nullable DynamicQuerying dynamic;

    /** Since the first query that was taken. */
    private @Nullable BodyDigests digests;

    /** Whether queries are compared and their bringers blamed; in an experiment all is as the scenario wants it. */
    private final boolean isWatchful;

    private int forgetMark;
    private boolean forgets;

    Queries(Context context, Answers answers, QueryRouting routing) {
        this.context = context;
        this.answers = answers;
        this.routing = routing;
        this.observer = context.observer;
        this.limits = context.config.limits();
        this.counters = context.counters;
        this.links = context.links;
        this.outbox = context.outbox;
        this.isWatchful = context.config.profile() != Profile.EXPERIMENT;
        this.routes = new GuidTable(context.host.random().nextLong(), limits.routesMax());
    }

    /** The youngest GUID known: a link that joins now was never sent it. */
    int newestGuid() {
        return routes.newest();
    }

    /** Remembers a query of our own, so that copies that come back are duplicates and hits come to us. */
    void remember(Guid own) {
        routes.add(own, route(OWN, true), FARTHEST);
        forgetLater();
    }

    /** Passes a query of this supernode's own user down to the leaves whose tables ask for it. */
    void askLeaves(Query own) {
        routing.passToLeaves(null, new Question(own), own.hops());
    }

    void onQuery(LinkState from, Query query) {
        if (!isAllowed(from, query)) {
            return;
        }
        int hops = query.hops() + 1;
        int ttl = onwardTtl(query);
        boolean isSpread = from.isLeaf() && ttl > 0 && isSpreadDynamically(from);
        boolean isNew = routes.add(query.guid(), route(from.id, ttl > 0), isSpread ? FARTHEST : noteOf(ttl));
        int wireSize = query.wireSize();
        observer.queryReceived(query.guid(), hops, wireSize, !isNew);
        Cause cause = isNew ? Cause.QUERY : Cause.DUPLICATE;
        counters.count(Direction.IN, MessageType.QUERY, cause, wireSize);
        if (!isNew) {
            judgeCopy(from, query, ttl);
            relayFarther(from, query, ttl);
            return;
        }
        if (isWatchful) {
            digests().add(query);
        }
        forgetLater();
        observer.examined(query.guid());
        Question question = new Question(query);
        int results = answers.answer(from, question);
        routing.passToLeaves(from, question, hops);
        if (isSpread) {
            dynamic().begin(from, query.withHops(ttl, hops), routes.newest(), results);
        } else if (ttl > 0) {
            relay(from, from.id, question, ttl);
        }
    }

    /** With which TTL the query goes on; 0: it stays here. */
    private int onwardTtl(Query query) {
        int ttl = relays() ? HopRules.onwardTtl(query.ttl(), query.hops(), limits) : 0;
        if (ttl > 0 && !QueryRules.isWorthRelaying(query)) {
            context.limitHits.hit("dropped.greedyQuery");
            return 0;
        }
        return ttl;
    }

    /** A known query came again: in other words perhaps, or from the link that brought the first copy. */
    private void judgeCopy(LinkState from, Query copy, int ttl) {
        if (!isWatchful) {
            return;
        }
        if (digests().differs(copy)) {
            context.limitHits.hit("dropped.guidSameBodyDiffers");
        }
        boolean isFarther = noteOf(ttl) > (routes.note(copy.guid()) & FARTHEST);
        if (link(routes.owner(copy.guid())) == from.id && !isFarther) {
            context.blame(from, Misdeed.DUPLICATE);
        }
    }

    private BodyDigests digests() {
        if (digests == null) {
            digests = new BodyDigests();
        }
        return digests;
    }

    /** Queries that are asked of one neighbour after the other. */
    DynamicQuerying dynamic() {
        if (dynamic == null) {
            dynamic = new DynamicQuerying(context, routing::lastHopWants);
        }
        return dynamic;
    }

    /** Asks this supernode's neighbours a query of its own, one after the other; {@link #remember} knows it. */
    void spread(Query own, DynamicQuerying.OwnEnd end) {
        dynamic().beginOwn(own, routes.newest(), end);
    }

    /** See {@link LinkEngine#preview}: this object itself. */
    int preview() {
        return forgetMark;
    }

    /** What {@link #onQuery} looks at: first the objects beside this one, then what they point to. */
    int preview(Query query, int step) {
        if (step == 1) {
            return routes.size() + (int) counters.messages(Direction.IN, Cause.QUERY) + links.neighbourCount();
        }
        int seen = routes.owner(query.guid());
        for (int i = 0; i < links.neighbourCount(); i++) {
            seen += links.neighbourLink(i).attachment() == null ? 0 : 1;
        }
        return seen;
    }

    /**
     * Where a hit belongs.
     *
     * @return true when it answers a query of our own, and may be delivered
     */
    boolean onHit(LinkState from, QueryHit hit) {
        counters.count(Direction.IN, MessageType.QUERY_HIT, Cause.HIT, hit.wireSize());
        int route = routes.owner(hit.guid());
        if (route == GuidTable.UNKNOWN) {
            context.limitHits.hit("dropped.hitWithoutRoute");
            return false;
        }
        if (!wasAsked(from, hit.guid(), route)) {
            context.limitHits.hit("dropped.hitOffPath");
            context.blame(from, Misdeed.OFF_PATH_HIT);
            return false;
        }
        context.pushes().learn(hit.servent(), from);
        if (dynamic != null) {
            dynamic.addResults(hit.guid(), hit.records().size());
        }
        if (link(route) == OWN) {
            return true;
        }
        LinkState to = links.byId(link(route));
        if (to != null && to.isJoined()) {
            relayHit(to, hit);
        }
        return false;
    }

    /** Forgets GUIDs that are old; each is kept for one to two of the periods. */
    void forgetOld(long now) {
        routes.forgetBefore(forgetMark);
        forgetMark = routes.newest();
        forgets = routes.size() > 0;
        if (forgets) {
            context.timers.set(OverlayTimer.FORGET, now + limits.routeKeepMillis());
        }
    }

    /** Forgets GUIDs whose way back is gone. */
    void forgetGone() {
        routes.forgetOwners(route -> link(route) != OWN && links.byId(link(route)) == null);
    }

    /** Whether the query with this route was sent to {@code link}; only those of late are known link by link. */
    private boolean wasAsked(LinkState link, Guid query, int route) {
        if (link(route) == link.id) {
            return false;
        }
        if (link.isLeaf()) {
            return routing.wasAsked(link, query);
        }
        boolean wasPassedOn = isRelayed(route) && routes.sequence(query) - link.joinedAtGuid > 0;
        return wasPassedOn && (dynamic == null || !dynamic.isOffPath(query, link));
    }

    private boolean isAllowed(LinkState from, Query query) {
        if (from.isLeaf() && query.hops() > 0) {
            context.bye(from, Context.BYE_LEAF_RELAYED, "Leaf node relayed Query", CloseReason.BYE);
            return false;
        }
        int room = from.link.room();
        if (room < FlowControl.ROOM_FULL) {
            FlowControl.onFull(context, from);
        }
        if (room < Outbox.ROOM_FOR_ANSWERS) {
            context.limitHits.hit("dropped.queryOfFullLink");
            return false;
        }
        return QueryRates.allows(context, from, query);
    }

    /**
     * A leaf whose files the index answers for has its queries flooded; any other one's ask as they would elsewhere.
     */
    private boolean isSpreadDynamically(LinkState leaf) {
        return context.config.mode() == SearchMode.QUERY_ROUTING || !answers.isIndexed(leaf);
    }

    private boolean relays() {
        return context.config.role() != Role.LEAF;
    }

    /** Passes a copy on that may travel farther than the first, unless that was done already. */
    private void relayFarther(LinkState from, Query copy, int ttl) {
        int note = routes.note(copy.guid());
        boolean isFarther = noteOf(ttl) > (note & FARTHEST) && (note & RAISED) == 0;
        if (!isFarther || !context.config.forwardsHigherTtl() || context.config.role() != Role.SUPERNODE) {
            return;
        }
        int route = routes.owner(copy.guid());
        int raised = isRelayed(route) ? RAISED : 0;
        routes.set(copy.guid(), route(link(route), true), noteOf(ttl) | raised);
        relay(from, link(route), new Question(copy), ttl);
    }

    /**
     * Passes a query on to the neighbours; its last hop only to those that want it (spec/gnutella.md 3.3).
     *
     * @param first the id of the link that brought the first copy: it is not told again, either
     */
    private void relay(LinkState from, int first, Question question, int ttl) {
        Query onward = question.query().withHops(ttl, question.query().hops() + 1);
        boolean isLastHop = ttl == 1 && routing.hasTables();
        int copies = 0;
        int wireSize = onward.wireSize();
        LinkState firstFrom = first == from.id ? null : links.byId(first);
        boolean isLimited = links.areLimited();
        for (int i = 0; i < links.neighbourCount(); i++) {
            Link<OverlayFrame> to = links.neighbourLink(i);
            boolean knows = to == from.link || (firstFrom != null && to == firstFrom.link);
            boolean wants = (!isLastHop || routing.lastHopWants(links.neighbour(i), question))
                    && (!isLimited || links.neighbour(i).takesQueries(onward.hops()));
            if (!knows && wants && outbox.relayQuery(to, onward, onward.hops())) {
                observer.querySent(onward.guid(), wireSize);
                copies++;
            }
        }
        counters.count(Direction.OUT, MessageType.QUERY, Cause.QUERY, wireSize, copies);
    }

    private void relayHit(LinkState to, QueryHit hit) {
        int ttl = Math.min(hit.ttl(), limits.ttlPlusHopsMax()) - 1;
        if (ttl <= 0 && !to.isLeaf()) {
            context.limitHits.hit("dropped.hitWornOut");
            return;
        }
        QueryHit onward = hit.withHops(Math.max(ttl, 1), hit.hops() + 1);
        if (wellAnswered == null) {
            wellAnswered = new WellAnswered(limits);
        }
        WellAnswered.Standing standing = wellAnswered.add(hit);
        if (standing == WellAnswered.Standing.FULL) {
            context.limitHits.hit("limits.overlay.relayedRecordsMax");
        } else if (outbox.sendHit(to, onward, standing == WellAnswered.Standing.WELL)) {
            observer.hitSent(hit.guid(), onward.hops(), onward.wireSize());
        }
    }

    private void forgetLater() {
        if (!forgets) {
            forgets = true;
            context.timers.set(OverlayTimer.FORGET, context.host.now() + limits.routeKeepMillis());
        }
    }

    private static int noteOf(int ttl) {
        return Math.max(0, Math.min(ttl, FARTHEST));
    }

    private static int route(int linkId, boolean relayed) {
        return linkId << 1 | (relayed ? 1 : 0);
    }

    private static int link(int route) {
        return route >>> 1;
    }

    private static boolean isRelayed(int route) {
        return (route & 1) != 0;
    }
}
