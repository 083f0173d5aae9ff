package praline.node.overlay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.node.engine.Counters.Cause;
import praline.node.overlay.DynamicQuery.Candidate;
import praline.node.overlay.DynamicQuery.Step;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall.QueryStatusRequest;
import praline.protocol.gnutella.VendorCall.QueryStatusResponse;

/**
 * The queries that this supernode asks its neighbours one by one, for leaves and for its own user, each until there are
 * enough results (spec/gnutella.md 14.5; spec/hardening.md R13). {@link DynamicQuery} decides; here are the clock, the
 * links and the bounds.
 *
 * <p>What a link takes counts as sent. Links that are nearly full are passed over, so that little waits in queues.
 */
final class DynamicQuerying {

    /** The asker of this node's own queries: no link has this id. */
    private static final int OWN = 0;
    /** "Ask me how many hits I keep" among the flags of a query, and the mark that these are flags. */
    private static final int GUIDED = 0x9000;
    /** Before a link that refused is tried again. */
    private static final long REFUSED_PAUSE_MILLIS = 1_000;

    private final Context context;
    private final Tables tables;
    private final OverlayLimits limits;
    private final DynamicQueryConfig config;
    /** By age. */
    private final Map<Guid, Running> running = new LinkedHashMap<>();

    /** What is known of neighbours' files. */
    interface Tables {
        /** False: {@code neighbour} said in a table that neither it nor its leaves have what is asked for. */
        boolean matches(LinkState neighbour, Question question);
    }

    /** Told of an own query that asks nobody any more. */
    interface OwnEnd {

        /** Of a leaf's query: nobody is told. */
        OwnEnd NONE = query -> {};

        void ended(Guid query);
    }

    /** One query. */
    private static final class Running {
        final Query query;
        final Question question;
        final int asker;
        /** Its number among the GUIDs known here: hits of it are not taken from links that joined later. */
        final int sequence;

        final DynamicQuery state;
        final OwnEnd end;
        long due;

        Running(Query query, int asker, int sequence, DynamicQuery state, OwnEnd end) {
            this.query = query;
            this.question = new Question(query);
            this.asker = asker;
            this.sequence = sequence;
            this.state = state;
            this.end = end;
        }
    }

    DynamicQuerying(Context context, Tables tables) {
        this.context = context;
        this.tables = tables;
        this.limits = context.config.limits();
        this.config = context.config.dynamicQuerying();
    }

    /**
     * Begins a leaf's query.
     *
     * @param query as neighbours get it: its hops count the leaf's, its TTL is the farthest that it may go from here
     * @param sequence its number among the GUIDs known here
     * @param results that the leaf has got from here already
     */
    void begin(LinkState leaf, Query query, int sequence, int results) {
        makeRoom(leaf.id);
        boolean isGuided = (query.flags() & GUIDED) == GUIDED && leaf.peer().speaksVendor();
        begin(new Running(query, leaf.id, sequence, state(query, false, isGuided), OwnEnd.NONE), results);
    }

    /** Begins a query of this node's user, with a number as above; {@code end} hears when it asks nobody any more. */
    void beginOwn(Query query, int sequence, OwnEnd end) {
        makeRoom(OWN);
        begin(new Running(query, OWN, sequence, state(query, true, false), end), 0);
    }

    /** Nobody waits for this query any more, if it was one of these at all. */
    void end(Guid query) {
        running.remove(query);
    }

    /** {@code records} answers to a query passed here on their way to the one who asks. */
    void addResults(Guid query, int records) {
        Running asked = running.get(query);
        if (asked != null) {
            asked.state.addResults(records);
        }
    }

    /** Whether a hit cannot come from this link, because the query was not sent there. */
    boolean isOffPath(Guid query, LinkState from) {
        Running asked = running.get(query);
        return asked != null && !from.isLeaf() && !asked.state.wasAsked(from.id);
    }

    /** A leaf says how many hits it keeps, asked or unasked. */
    void onStatus(LinkState from, Guid query, int hits) {
        Running asked = running.get(query);
        if (asked == null || asked.asker != from.id) {
            return;
        }
        if (hits == QueryStatusResponse.STOP) {
            end(query);
            return;
        }
        boolean wasAwaited = asked.state.awaitsGuidance();
        asked.state.guided(hits);
        if (wasAwaited) {
            asked.due = context.host.now();
            wakeForNext();
        }
    }

    /** A leaf is gone, and so is who would read the answers. */
    void onLeft(LinkState leaf) {
        running.values().removeIf(asked -> asked.asker == leaf.id);
    }

    /** Goes on with the queries that are due. */
    void goOn(long now) {
        for (Running due : new ArrayList<>(running.values())) {
            if (due.due <= now) {
                goOn(due, now);
            }
        }
        wakeForNext();
    }

    private DynamicQuery state(Query query, boolean isOwn, boolean isGuided) {
        boolean isByHash = new Question(query).terms(WireLimits.STANDARD).sha1() != null;
        int resultsMax = isByHash ? limits.dynamicHashResultsMax() : limits.dynamicResultsMax();
        int target = Math.min(config.targets().of(isOwn, isByHash), resultsMax);
        long life = Math.min(config.pace().lifeMillis(), limits.dynamicMillisMax());
        int ttl = Math.min(query.ttl(), limits.ttlMax());
        return new DynamicQuery(config, isOwn, isGuided, target, ttl, context.host.now() + life);
    }

    private void begin(Running begun, int results) {
        long now = context.host.now();
        running.put(begun.query.guid(), begun);
        begun.state.addResults(results);
        if (begun.state.isDone(now) || !probe(begun, now)) {
            goOn(begun, now);
        }
        wakeForNext();
    }

    /** A new query of {@code asker} needs a place: too many of its own, or of all, and the oldest of them ends. */
    private void makeRoom(int asker) {
        int ofAsker = 0;
        Running oldestOfAsker = null;
        for (Running other : running.values()) {
            if (other.asker == asker) {
                ofAsker++;
                oldestOfAsker = oldestOfAsker == null ? other : oldestOfAsker;
            }
        }
        if (asker != OWN && oldestOfAsker != null && ofAsker >= limits.dynamicQueriesPerLeafMax()) {
            context.limitHits.hit("limits.overlay.dynamicQueriesPerLeafMax");
            finish(oldestOfAsker);
        }
        if (running.size() >= limits.dynamicQueriesMax()) {
            context.limitHits.hit("limits.overlay.dynamicQueriesMax");
            finish(running.values().iterator().next());
        }
    }

    private boolean probe(Running begun, long now) {
        long wait = 0;
        for (Step step : begun.state.probe(candidates(begun))) {
            if (send(begun, step)) {
                wait += begun.state.probed(step);
            }
        }
        begun.due = now + wait;
        return wait > 0;
    }

    private void goOn(Running asked, long now) {
        DynamicQuery state = asked.state;
        if (state.awaitsGuidance()) {
            state.guidanceTimedOut();
        }
        if (state.isDone(now)) {
            finish(asked);
        } else if (state.needsGuidance()) {
            askLeaf(asked, now);
        } else {
            askNext(asked, now);
        }
    }

    private void askLeaf(Running asked, long now) {
        LinkState leaf = context.links.byId(asked.asker);
        if (leaf == null) {
            finish(asked);
            return;
        }
        Guid guid = asked.query.guid();
        Vendor question = new QueryStatusRequest().toVendor(guid);
        if (context.outbox.sendControl(leaf, question, Cause.MAINTENANCE)) {
            context.observer.guidanceSent(guid, question.wireSize());
        }
        asked.due = now + asked.state.guidanceAsked();
    }

    private void askNext(Running asked, long now) {
        Step step = asked.state.next(candidates(asked));
        if (step == null) {
            finish(asked);
        } else if (send(asked, step)) {
            asked.due = now + asked.state.asked(step);
        } else {
            asked.due = now + REFUSED_PAUSE_MILLIS;
        }
    }

    private boolean send(Running asked, Step step) {
        LinkState to = context.links.byId(step.link());
        Query query = asked.query.withHops(step.ttl(), asked.query.hops());
        if (to == null || !context.outbox.sendOwnQuery(to, query)) {
            return false;
        }
        context.observer.querySent(query.guid(), query.wireSize());
        return true;
    }

    private List<Candidate> candidates(Running asked) {
        List<Candidate> candidates = new ArrayList<>(context.links.neighbourCount());
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState neighbour = context.links.neighbour(i);
            int room = neighbour.link.room();
            int hops = asked.query.hops();
            boolean wasHere = neighbour.joinedAtGuid - asked.sequence < 0;
            if (wasHere && neighbour.takesQueries(hops) && Outbox.isRoomForQuery(room, hops)) {
                Abilities abilities = neighbour.peer().abilities();
                candidates.add(new Candidate(
                        neighbour.id,
                        abilities.degree(),
                        abilities.ttlMax(),
                        abilities.takesProbes(),
                        tables.matches(neighbour, asked.question),
                        room));
            }
        }
        return candidates;
    }

    private void finish(Running ended) {
        running.remove(ended.query.guid());
        ended.end.ended(ended.query.guid());
    }

    private void wakeForNext() {
        long next = Long.MAX_VALUE;
        for (Running asked : running.values()) {
            next = Math.min(next, asked.due);
        }
        context.timers.set(OverlayTimer.DYNAMIC, next);
    }
}
