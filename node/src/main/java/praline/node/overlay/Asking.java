package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Urn;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/**
 * Asks for this node's own users: a flat peer or supernode asks all its neighbours, ring by ring if wanted; a leaf asks
 * the supernode with most room, and another one when no answer comes or the first one dies (spec/praline.md section 3).
 */
final class Asking {

    /** How long a leaf waits for its supernode's answer. */
    private static final long ANSWER_MILLIS = 5_000;
    /** How long a search waits for a first neighbour. */
    private static final long LONELY_MILLIS = 1_000;
    /** Flags mark, and the number of hits wanted in the low byte (spec/gnutella.md 6.1). */
    private static final int FLAGS = 0x8000 | 50;
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
        state.ttl = state.isRing() ? 1 : search.ttl();
        ask(state);
        if (context.config.role() == Role.SUPERNODE) {
            state.due = context.host.now(); // its own leaves' answers are a later event, like all others
        }
        wakeForNext();
        return state.ticket;
    }

    void end(long ticket) {
        searches.end(ticket);
    }

    /** A hit that answers a query of ours. */
    void onHit(LinkState from, QueryHit hit) {
        Searches.State state = searches.ofGuid(hit.guid());
        if (state == null) {
            return;
        }
        boolean wasAsked =
                context.config.role() != Role.LEAF || state.askedLink == from.id || state.askedBefore.contains(from.id);
        if (wasAsked) {
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
            state.due = context.host.now();
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
            if (context.config.role() == Role.LEAF) {
                askAnother(state);
            } else {
                growOrRest(state, now);
            }
        }
        wakeForNext();
    }

    private void askAnother(Searches.State state) {
        if (state.hits > 0) {
            return;
        }
        if (state.askedLink != 0 && !state.askedBefore.contains(state.askedLink)) {
            state.askedBefore.add(state.askedLink);
        }
        ask(state);
    }

    private void growOrRest(Searches.State state, long now) {
        int hopMillis = context.config.hopMillis();
        if (state.askedLink == 0) {
            ask(state);
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
        Query query = query(state);
        long now = context.host.now();
        boolean asked = context.config.role() == Role.LEAF ? askOne(state, query) : askAll(state, query);
        state.lastStir = now;
        if (!asked) {
            state.due = now + (state.askedLink == 0 ? LONELY_MILLIS : ANSWER_MILLIS);
        } else if (context.config.role() == Role.LEAF) {
            state.due = now + ANSWER_MILLIS;
        } else {
            state.due = state.quietAt(context.config.hopMillis());
        }
    }

    private boolean askAll(Searches.State state, Query query) {
        Links links = context.links;
        if (links.neighbourCount() == 0) {
            return false;
        }
        begin(state, query);
        for (int i = 0; i < links.neighbourCount(); i++) {
            send(links.neighbour(i), query);
        }
        state.askedLink = links.neighbour(0).id;
        return true;
    }

    private boolean askOne(Searches.State state, Query query) {
        LinkState best = roomiest(state);
        if (best == null) {
            return false;
        }
        begin(state, query);
        send(best, query);
        state.askedLink = best.id;
        return true;
    }

    private @Nullable LinkState roomiest(Searches.State state) {
        LinkState best = null;
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState candidate = context.links.neighbour(i);
            boolean isBetter = best == null || candidate.link.room() > best.link.room();
            if (isBetter && !state.askedBefore.contains(candidate.id)) {
                best = candidate;
            }
        }
        return best;
    }

    private void begin(Searches.State state, Query query) {
        state.addAttempt(query.guid());
        queries.remember(query.guid());
        context.observer.asked(state.ticket, query.guid());
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
        return new Query(guid, state.ttl, 0, FLAGS, Bytes.ofUtf8(words), extensions);
    }

    private void deliver(Searches.State state, QueryHit hit) {
        state.hits++;
        state.lastStir = context.host.now();
        context.listener.onHit(state.ticket, hit);
    }

    private void wakeForNext() {
        context.timers.set(OverlayTimer.SEARCH, searches.nextDue());
    }
}
