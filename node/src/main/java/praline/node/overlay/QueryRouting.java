package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.protocol.Guid;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpReceiver;
import praline.protocol.gnutella.QrpReceiver.Outcome;
import praline.protocol.gnutella.QrpReset;
import praline.protocol.gnutella.QrpTable;

/**
 * Query routing by tables of hashed words (spec/gnutella.md section 9): takes the tables of leaves and neighbours,
 * tells to whom of them a query is worth sending, and has our own table sent.
 */
final class QueryRouting {

    private final Context context;
    private final @Nullable LeafDesk leafDesk;
    // What a node without foreign neighbours never needs.
    private @Nullable LeafTables leaves;
    private @Nullable LinkTables neighbours;
    private @Nullable TableSending sending;

    /** @param leafDesk takes what leaves publish; null if there is none */
    QueryRouting(Context context, @Nullable LeafDesk leafDesk) {
        this.context = context;
        this.leafDesk = leafDesk;
        if (leafDesk != null && context.config.maintained()) {
            leafDesk.watch(sending().own());
        }
    }

    void onJoined(LinkState link) {
        if (TableSending.isWanted(context.config, link.peer())) {
            sending().changed();
        }
    }

    void onEnded(LinkState link) {
        forget(link);
        TableState state = link.tables();
        if (state != null && state.receiver != null) {
            state.receiver.close();
        }
    }

    /** This leaf publishes its files here: we answer for it, and it is asked no more. */
    void onPublished(LinkState leaf) {
        forget(leaf);
    }

    /** The link wants queries of other lengths than before: an overloaded leaf's files are no part of our table. */
    void onHopsFlow(LinkState link) {
        TableState state = link.tables();
        if (link.isLeaf() && state != null && state.column != TableState.NO_COLUMN) {
            sending().changed();
        }
    }

    /** What this node shares has changed. */
    void filesChanged() {
        if (sending != null) {
            sending.own().filesChanged();
        }
    }

    /** A RESET or PATCH, or something of their type that is neither. */
    void onMessage(LinkState from, Message message) {
        context.counters.count(Direction.IN, message.type(), Cause.ROUTING_TABLE, message.wireSize());
        if (!isTaken(from)) {
            return;
        }
        long now = context.host.now();
        QrpReceiver receiver = receiver(from, now);
        if (message instanceof QrpReset reset) {
            act(from, receiver.onReset(reset, now));
        } else if (message instanceof QrpPatch patch) {
            act(from, receiver.onPatch(patch, () -> tableOf(from), now));
            context.timers.setAtMost(OverlayTimer.TABLES, receiver.lateAt());
        }
    }

    /** Sends what is due and gives up links that leave a table half done. */
    void wake(long now) {
        long next = Long.MAX_VALUE;
        for (int i = context.links.count() - 1; i >= 0; i--) {
            LinkState link = context.links.get(i);
            TableState state = link.tables();
            if (state == null || state.receiver == null) {
                continue;
            }
            if (state.receiver.isLate(now)) {
                violates(link, "QRP sequence took too long");
                i = Math.min(i, context.links.count());
            } else {
                next = Math.min(next, state.receiver.lateAt());
            }
        }
        if (sending != null) {
            next = Math.min(next, sending.send(now, leaves));
        }
        context.timers.setAtMost(OverlayTimer.TABLES, next);
    }

    /**
     * Passes a new query down to the leaves whose tables ask for it, but not to {@code from}.
     *
     * @param hops that they shall see
     */
    void passToLeaves(@Nullable LinkState from, Question question, int hops) {
        if (leaves != null && !leaves.isEmpty()) {
            leaves.pass(question, hops, from);
        }
    }

    /** Whether this leaf was passed this query. */
    boolean wasAsked(LinkState leaf, Guid query) {
        return leaves != null && leaves.wasAsked(leaf, query);
    }

    /** Whether any neighbour sent a table. */
    boolean hasTables() {
        return neighbours != null && !neighbours.isEmpty();
    }

    /** Whether the last hop of a query is worth taking to this neighbour: its table asks for it, or it sent none. */
    boolean lastHopWants(LinkState neighbour, Question question) {
        return neighbours == null
                || !neighbours.has(neighbour)
                || neighbours.matches(neighbour, question.lookUp(context.config.wire()));
    }

    /** A leaf of ours sends one for its files, a neighbour for its own and its leaves' if it said so. */
    private boolean isTaken(LinkState from) {
        boolean isAnsweredFor = leafDesk != null && leafDesk.publishes(from);
        if (context.config.role() != Role.SUPERNODE || isAnsweredFor) {
            return false;
        }
        return from.isLeaf()
                || !context.config.maintained()
                || from.peer().abilities().routesLastHop();
    }

    private QrpReceiver receiver(LinkState from, long now) {
        TableState state = from.tableState();
        if (state.receiver == null) {
            state.receiver = new QrpReceiver(context.config.wire().qrp(), now);
        }
        return state.receiver;
    }

    private QrpTable tableOf(LinkState link) {
        LinkTables tables = tablesOf(link);
        return tables == null ? LinkTables.NONE : tables.get(link);
    }

    private @Nullable LinkTables tablesOf(LinkState link) {
        if (link.isLeaf()) {
            return leaves == null ? null : leaves.tables();
        }
        return neighbours;
    }

    private void act(LinkState from, Outcome outcome) {
        if (outcome instanceof Outcome.Violation violation) {
            violates(from, violation.reason());
        } else if (outcome instanceof Outcome.Complete complete) {
            keep(from, complete);
        }
    }

    private void keep(LinkState from, Outcome.Complete complete) {
        if (!from.isLeaf()) {
            if (neighbours == null) {
                neighbours = new LinkTables(context.config.limits().neighboursMax());
            }
            neighbours.put(from, complete.table());
            return;
        }
        if (leaves == null) {
            leaves = new LeafTables(context);
        }
        leaves.put(from, complete.table(), complete.fill());
        context.observer.leafTables(leaves.tables().count());
        sending().changed();
    }

    private void violates(LinkState link, String reason) {
        context.limitHits.hit("dropped.badTable");
        context.bye(link, Context.BYE_BAD_TABLE, reason, CloseReason.PROTOCOL_ERROR);
    }

    private void forget(LinkState link) {
        LinkTables tables = tablesOf(link);
        if (tables == null || !tables.has(link)) {
            return;
        }
        tables.remove(link);
        if (link.isLeaf()) {
            context.observer.leafTables(tables.count());
            sending().changed();
        }
    }

    private TableSending sending() {
        if (sending == null) {
            sending = new TableSending(context);
        }
        return sending;
    }
}
