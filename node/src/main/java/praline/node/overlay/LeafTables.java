package praline.node.overlay;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.protocol.Guid;
import praline.protocol.gnutella.MessageType;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.Query;

/**
 * The tables of a supernode's leaves: which of them a query is passed down to (spec/gnutella.md 9.4). All tables are
 * tested at once. A leaf without a table gets nothing.
 *
 * <p>A table that is nearly full asks for everything and says nothing. What it matches is therefore thinned out, the
 * fuller the more, so that it does not pay to lie (spec/hardening.md R9).
 */
final class LeafTables {

    /** Share of slots beyond which queries are counted by the second as well. */
    private static final double NEARLY_FULL = 0.5;

    private static final double CURVE = 0.4;
    private static final double PERCENT = 100;
    private static final long SECOND_MILLIS = 1_000;

    /** A leaf that does not even take queries that have travelled so little is overloaded. */
    private static final int HOPS_TAKEN_MIN = 2;

    private final Context context;
    private final OverlayLimits limits;
    private final LinkTables tables;
    private @Nullable AskedLeaves asked;

    LeafTables(Context context) {
        this.context = context;
        this.limits = context.config.limits();
        this.tables = new LinkTables(limits.leafTablesMax());
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    /** @param fill the share of the table's slots that are present, as it was sent */
    void put(LinkState leaf, QrpTable table, double fill) {
        if (tables.put(leaf, table)) {
            leaf.tableState().fill = fill;
        } else {
            context.limitHits.hit("limits.overlay.leafTablesMax");
        }
    }

    LinkTables tables() {
        return tables;
    }

    /** Adds to {@code sum} what all leaves have that take queries from others. */
    void addTo(QrpTable.Builder sum) {
        if (!tables.isEmpty()) {
            tables.addTo(sum, leaf -> leaf.takesQueries(HOPS_TAKEN_MIN));
        }
    }

    /**
     * Passes a query down to the leaves whose tables ask for it.
     *
     * @param hops that they shall see
     * @param from a leaf that has it already; null: none has
     */
    void pass(Question question, int hops, @Nullable LinkState from) {
        if (!tables.match(question.lookUp(context.config.wire()))) {
            return;
        }
        Query query = question.query().withHops(1, hops);
        int copies = 0;
        int wireSize = query.wireSize();
        for (int column = tables.next(0); column >= 0; column = tables.next(column + 1)) {
            LinkState leaf = tables.link(column);
            boolean isServed = leaf != from
                    && leaf.takesQueries(query.hops())
                    && isDue(leaf)
                    && context.outbox.relayQuery(leaf.link, query, query.hops());
            if (isServed) {
                remember(query.guid(), leaf);
                context.observer.querySent(query.guid(), wireSize);
                copies++;
            }
        }
        context.counters.count(Direction.OUT, MessageType.QUERY, Cause.QUERY, wireSize, copies);
    }

    /** Whether {@code leaf} was passed this query, so that its hits are welcome. */
    boolean wasAsked(LinkState leaf, Guid query) {
        return asked != null && asked.contains(query, leaf.id);
    }

    /** The share of what it matches that is passed to a leaf whose table has this share of its slots present. */
    static double delivered(double fill, int fillPercentFree) {
        double beyond = fill - fillPercentFree / PERCENT;
        return beyond <= 0 ? 1 : 1 - Math.pow(beyond, CURVE);
    }

    private boolean isDue(LinkState leaf) {
        TableState state = leaf.tableState();
        double share = delivered(state.fill, limits.tableFillPercent());
        if (share >= 1) {
            return true;
        }
        RandomGenerator random = context.host.random();
        if (random.nextDouble() >= share) {
            context.limitHits.hit("limits.overlay.tableFillPercent");
            return false;
        }
        return state.fill <= NEARLY_FULL || isWithinRate(state);
    }

    private boolean isWithinRate(TableState state) {
        long second = context.host.now() / SECOND_MILLIS;
        if (second != state.second) {
            state.second = second;
            state.queriesInSecond = 0;
        }
        if (state.queriesInSecond >= limits.fullTableQueries()) {
            context.limitHits.hit("limits.overlay.fullTableQueries");
            return false;
        }
        state.queriesInSecond++;
        return true;
    }

    private void remember(Guid query, LinkState leaf) {
        if (asked == null) {
            asked = new AskedLeaves(context.host.random().nextLong(), limits.askedLeavesMax());
        }
        asked.add(query, leaf.id);
    }
}
