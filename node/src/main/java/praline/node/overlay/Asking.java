package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters.Cause;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Urn;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall.QueryStatusResponse;

/**
 * Asks for this node's own users. A flat peer asks all its neighbours, ring by ring if wanted. With indexes, a
 * supernode asks all its neighbours, too, and a leaf the supernode with most room, and another one when no answer comes
 * or the first one dies. With query routing, a leaf asks all its supernodes, each of which asks others until there are
 * enough results, and a supernode does the same for itself (spec/praline.md section 3).
 */
final class Asking {

    /** How long a leaf waits for its supernode's answer. */
    private static final long ANSWER_MILLIS = 5_000;
    /** How long a search waits for a first neighbour. */
    private static final long LONELY_MILLIS = 1_000;
    /** Flags mark, and the number of hits wanted in the low byte (spec/gnutella.md 6.1). */
    private static final int FLAGS = 0x8000 | 50;
    /** A leaf says, when it is asked, how many hits it keeps. */
    private static final int GUIDED = 0x1000;
    /** What stands for "no words" in a hash query. */
    private static final String NO_WORDS = "\\";

    private final Context context;
    private final Queries queries;
    private final Answers answers;
    private final Searches searches;

    Asking(Context context, Queries queries, Answers answers) {
        this.context = context;
        this.queries = queries;
        this.answers = answers;
        this.searches = new Searches(context.config.limits().searchesMax());
    }

    long search(Search search) {
        Searches.State state = searches.begin(search);
        state.ttl = state.isRing() && context.config.role() == Role.FLAT ? 1 : search.ttl();
        ask(state);
        if (context.config.role() == Role.SUPERNODE) {
            state.due = context.host.now(); // its own leaves' answers are a later event, like all others
        }
        wakeForNext();
        return state.ticket;
    }

    void end(long ticket) {
        Searches.State ended = searches.end(ticket);
        if (ended != null && isLeaf()) {
            tellEnd(ended);
        } else if (ended != null && ended.isSpreading) {
            ended.guids().forEach(queries.dynamic()::end);
        }
    }

    /** A supernode asks how many results of a query are kept: it decides by that whether to go on. */
    void onStatusRequest(LinkState from, Guid query) {
        Searches.State state = searches.ofGuid(query);
        int stop = QueryStatusResponse.STOP;
        tellStatus(from, query, state == null ? stop : Math.min(state.records, stop - 1));
    }

    /** A hit that answers a query of ours. */
    void onHit(LinkState from, QueryHit hit) {
        Searches.State state = searches.ofGuid(hit.guid());
        if (state == null) {
            return;
        }
        if (!isLeaf() || state.asked.contains(from.id)) {
            context.observer.hitDelivered(hit.guid(), hit);
            deliver(state, hit);
        }
    }

    /** A first neighbour may be there: searches that wait for one are asked at once. */
    void onJoined() {
        context.timers.setAtMost(OverlayTimer.SEARCH, searches.nextDue());
    }

    /** A supernode is gone: searches that wait for its answer ask another one. */
    void onEnded(LinkState gone) {
        for (Searches.State state : searches.waitingFor(gone.id)) {
            boolean wasLast = state.askedLink == gone.id;
            state.asked.remove((Integer) gone.id);
            if (routesQueries() ? isLeaf() && state.asked.isEmpty() : wasLast) {
                state.due = context.host.now();
            }
        }
        wakeForNext();
    }

    /** Acts on the searches that are due. */
    void goOn(long now) {
        for (Searches.State state : searches.due(now)) {
            if (context.config.role() == Role.SUPERNODE && !state.hasOwnAnswers) {
                state.hasOwnAnswers = true;
                answers.answerOwn(query(state), hit -> deliver(state, hit));
            }
            if (isLeaf()) {
                askAnother(state);
            } else {
                growOrRest(state, now);
            }
        }
        wakeForNext();
    }

    private void askAnother(Searches.State state) {
        if (state.hits == 0) {
            ask(state);
        }
    }

    private void growOrRest(Searches.State state, long now) {
        int hopMillis = context.config.hopMillis();
        if (state.askedLink == 0) {
            ask(state);
        } else if (state.isSpreading) {
            return; // onSpread says when that is over
        } else if (now < state.quietAt(hopMillis)) {
            state.due = state.quietAt(hopMillis);
        } else if (state.hits == 0 && state.ttl < state.search.ttl()) {
            state.ttl++;
            ask(state);
        } else {
            context.listener.onSearchQuiet(state.ticket);
        }
    }

    private void ask(Searches.State state) {
        long now = context.host.now();
        Query query = query(state);
        LinkState one = isLeaf() && !routesQueries() ? roomiest(state) : null;
        state.lastStir = now;
        if (one != null) {
            state.due = now + ANSWER_MILLIS;
            askOne(state, query, one);
        } else if (context.links.neighbourCount() == 0 || (isLeaf() && !routesQueries())) {
            state.due = now + (state.askedLink == 0 ? LONELY_MILLIS : ANSWER_MILLIS);
            if (routesQueries() && !isLeaf() && !state.hasOwnAnswers) {
                begin(state, query); // a supernode without neighbours has leaves
            }
        } else if (routesQueries()) {
            state.due = Long.MAX_VALUE; // supernodes see to it from here on
            askDynamically(state, query);
        } else {
            state.due = state.quietAt(context.config.hopMillis());
            askAll(state, query);
        }
    }

    private void askOne(Searches.State state, Query query, LinkState one) {
        begin(state, query);
        send(one, query);
        state.asked.add(one.id);
        state.askedLink = one.id;
    }

    private void askAll(Searches.State state, Query query) {
        Links links = context.links;
        begin(state, query);
        state.askedLink = links.neighbour(0).id;
        for (int i = 0; i < links.neighbourCount(); i++) {
            send(links.neighbour(i), query);
            if (isLeaf()) {
                state.asked.add(links.neighbour(i).id);
            }
        }
    }

    private void askDynamically(Searches.State state, Query query) {
        if (isLeaf()) {
            askAll(state, query);
            return;
        }
        begin(state, query);
        state.askedLink = context.links.neighbour(0).id;
        state.isSpreading = true;
        queries.spread(query, this::onSpread);
    }

    /** A query of this supernode's user asks nobody any more. */
    private void onSpread(Guid query) {
        Searches.State state = searches.ofGuid(query);
        if (state != null) {
            state.isSpreading = false;
            state.due = context.host.now();
            wakeForNext();
        }
    }

    private @Nullable LinkState roomiest(Searches.State state) {
        LinkState best = null;
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState candidate = context.links.neighbour(i);
            boolean isBetter = best == null || candidate.link.room() > best.link.room();
            if (isBetter && !state.asked.contains(candidate.id)) {
                best = candidate;
            }
        }
        return best;
    }

    private void begin(Searches.State state, Query query) {
        state.addAttempt(query.guid());
        queries.remember(query.guid());
        context.observer.asked(state.ticket, query.guid());
        queries.askLeaves(query);
    }

    private void send(LinkState to, Query query) {
        if (context.outbox.sendOwnQuery(to, query)) {
            context.observer.querySent(query.guid(), query.wireSize());
        }
    }

    private Query query(Searches.State state) {
        Search search = state.search;
        Guid guid = context.freshGuid();
        String words = search.words().isEmpty() ? NO_WORDS : search.words();
        Bytes extensions = search.sha1() == null
                ? Bytes.EMPTY
                : Bytes.ofUtf8(Urn.sha1(search.sha1()).toString());
        int flags = isLeaf() ? FLAGS | GUIDED : FLAGS;
        return new Query(guid, state.ttl, 0, flags, Bytes.ofUtf8(words), extensions);
    }

    private void deliver(Searches.State state, QueryHit hit) {
        if (!state.takes(hit, context.config.limits())) {
            context.limitHits.hit("limits.overlay.resultsMax");
            return;
        }
        state.hits++;
        state.records += hit.records().size();
        state.lastStir = context.host.now();
        context.listener.onHit(state.ticket, hit);
    }

    /** Spares the supernodes what nobody reads. */
    private void tellEnd(Searches.State ended) {
        for (int link : ended.asked) {
            LinkState supernode = context.links.byId(link);
            if (supernode != null
                    && (routesQueries() || supernode.peer().abilities().queriesDynamically())) {
                ended.guids().forEach(query -> tellStatus(supernode, query, QueryStatusResponse.STOP));
            }
        }
    }

    private void tellStatus(LinkState to, Guid query, int kept) {
        Vendor status = new QueryStatusResponse(kept).toVendor(query);
        if (to.peer().speaksVendor() && context.outbox.sendControl(to, status, Cause.MAINTENANCE)) {
            context.observer.guidanceSent(query, status.wireSize());
        }
    }

    private boolean isLeaf() {
        return context.config.role() == Role.LEAF;
    }

    /** Whether supernodes ask each other one by one for this node. */
    private boolean routesQueries() {
        return context.config.mode() == SearchMode.QUERY_ROUTING && context.config.role() != Role.FLAT;
    }

    private void wakeForNext() {
        context.timers.set(OverlayTimer.SEARCH, searches.nextDue());
    }
}
