package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.protocol.Guid;
import praline.protocol.gnutella.QueryHit;

/**
 * The searches of this node's own users: which query GUIDs belong to which, and when an expanding ring grows. A search
 * may ask several times, each time with a GUID of its own; hits of any of them count.
 */
final class Searches {

    /** Rings wait for twice the way to the edge and back before the next one starts (spec/experiments.md E2). */
    private static final int QUIET_FACTOR = 2;

    /** GUIDs that one search remembers: hits of older attempts come too late. */
    private static final int ATTEMPTS_MAX = 16;

    /** A bound on results that is none. */
    private static final int UNLIMITED = 1_000_000_000;

    private final int searchesMax;
    /** By age; a list of its own once there is a search. */
    private List<State> states = ImmutableList.of();

    private long lastTicket;

    Searches(int searchesMax) {
        this.searchesMax = searchesMax;
    }

    /** One search. */
    static final class State {
        final long ticket;
        final Search search;
        private final List<Guid> guids = new ArrayList<>(1);

        /** TTL of the query under way. */
        int ttl;

        int hits;

        /** Of all its hits. */
        int records;

        /** Of them those of each servent. */
        private final Map<Guid, Integer> byServent = new LinkedHashMap<>(0);

        /** Whether this supernode still asks one neighbour after the other for it. */
        boolean isSpreading;

        /** Whether a supernode has looked into its own leaves' index for it. */
        boolean hasOwnAnswers;

        long lastStir;

        /** When to look at this search again; {@link Long#MAX_VALUE} when it just waits for hits. */
        long due = Long.MAX_VALUE;

        /**
         * The supernode that a leaf asked, by the id of its link; any other node: one of those asked. 0: nobody yet.
         */
        int askedLink;

        /** The links of all supernodes that a leaf has asked, by id. */
        final List<Integer> asked = new ArrayList<>(0);

        State(long ticket, Search search) {
            this.ticket = ticket;
            this.search = search;
        }

        /** Whether the search takes so many results more, and so many of one servent (spec/hardening.md R6). */
        boolean takes(QueryHit hit, OverlayLimits limits) {
            int most = limits.resultsPerServentMax();
            if (most >= UNLIMITED) {
                return true;
            }
            return records < limits.resultsMax()
                    && byServent.merge(hit.servent(), hit.records().size(), Integer::sum) <= most;
        }

        boolean isRing() {
            return search.spread() == Search.Spread.EXPANDING_RING;
        }

        /** When the ring under way has been quiet for long enough. */
        long quietAt(int hopMillis) {
            return lastStir + (long) QUIET_FACTOR * ttl * hopMillis;
        }

        /** Hits of {@code guid} belong to this search from here on. */
        void addAttempt(Guid guid) {
            if (guids.size() >= ATTEMPTS_MAX) {
                guids.remove(0);
            }
            guids.add(guid);
        }

        List<Guid> guids() {
            return guids;
        }
    }

    /** Begins a search; when there are too many, the oldest ends. */
    State begin(Search search) {
        if (states.size() >= searchesMax) {
            states.remove(0);
        }
        State state = new State(++lastTicket, search);
        if (lastTicket == 1) {
            states = new ArrayList<>(1);
        }
        states.add(state);
        return state;
    }

    /** Ends a search and returns it; null: it has ended before. */
    @Nullable
    State end(long ticket) {
        for (State state : states) {
            if (state.ticket == ticket) {
                states.remove(state);
                return state;
            }
        }
        return null;
    }

    @Nullable
    State ofGuid(Guid guid) {
        for (State state : states) {
            if (state.guids.contains(guid)) {
                return state;
            }
        }
        return null;
    }

    /** The searches that are due at {@code now}, each taken once. */
    List<State> due(long now) {
        List<State> due = new ArrayList<>(0);
        for (State state : states) {
            if (state.due <= now) {
                state.due = Long.MAX_VALUE;
                due.add(state);
            }
        }
        return due;
    }

    /** The searches that asked the link with this id, or that one last, and have no hit yet. */
    List<State> waitingFor(int linkId) {
        return states.stream()
                .filter(state -> state.askedLink == linkId || state.asked.contains(linkId))
                .filter(state -> state.hits == 0)
                .toList();
    }

    long nextDue() {
        long next = Long.MAX_VALUE;
        for (State state : states) {
            next = Math.min(next, state.due);
        }
        return next;
    }
}
