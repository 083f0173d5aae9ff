package praline.node.overlay;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import praline.protocol.gnutella.QrpTable;

/** The query routing tables that a group of links sent, each in a column of one matrix. */
final class LinkTables {

    /** Of a link that sent no table. */
    static final QrpTable NONE = QrpTable.empty(1);

    private static final LinkState[] NO_LINKS = {};
    private static final long[] NO_WORDS = {};
    private static final int WORD_BITS = 64;

    private final int tablesMax;
    private final TableMatrix matrix = new TableMatrix();
    private final BitSet taken = new BitSet(0);
    private @Nullable LinkState[] byColumn = NO_LINKS;
    /** Columns that match the query at hand. */
    private long[] matching = NO_WORDS;

    LinkTables(int tablesMax) {
        this.tablesMax = tablesMax;
    }

    int count() {
        return taken.cardinality();
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** Keeps {@code table} as that of {@code link}, in place of an earlier one. False: there are too many tables. */
    boolean put(LinkState link, QrpTable table) {
        TableState state = link.tableState();
        if (state.column == TableState.NO_COLUMN) {
            int column = taken.nextClearBit(0);
            if (column >= tablesMax) {
                return false;
            }
            state.column = column;
            taken.set(column);
            if (column >= byColumn.length) {
                byColumn = Arrays.copyOf(byColumn, Math.max(4, 2 * byColumn.length));
            }
            byColumn[column] = link;
        }
        matrix.put(state.column, table);
        matching =
                matching.length * WORD_BITS == matrix.capacity() ? matching : new long[matrix.capacity() / WORD_BITS];
        return true;
    }

    void remove(LinkState link) {
        TableState state = link.tables();
        if (state == null || state.column == TableState.NO_COLUMN) {
            return;
        }
        matrix.clear(state.column);
        taken.clear(state.column);
        byColumn[state.column] = null;
        state.column = TableState.NO_COLUMN;
    }

    /** The table of {@code link}, maybe in a larger size than it came; empty if there is none. */
    QrpTable get(LinkState link) {
        TableState state = link.tables();
        return state == null || state.column == TableState.NO_COLUMN ? NONE : matrix.get(state.column);
    }

    boolean has(LinkState link) {
        TableState state = link.tables();
        return state != null && state.column != TableState.NO_COLUMN;
    }

    /** Whether the table of {@code link}, which has one, asks for this. */
    boolean matches(LinkState link, LookUp lookUp) {
        return matrix.matches(link.tableState().column, lookUp);
    }

    /** Finds the links whose tables ask for this; go through them with {@link #next}. */
    boolean match(LookUp lookUp) {
        return !taken.isEmpty() && matrix.match(lookUp, matching);
    }

    /** The first column at or after {@code from} that matched last; -1: there is none. */
    int next(int from) {
        int word = from / WORD_BITS;
        if (word >= matching.length) {
            return -1;
        }
        long left = matching[word] & -1L << from;
        while (left == 0) {
            if (++word == matching.length) {
                return -1;
            }
            left = matching[word];
        }
        return word * WORD_BITS + Long.numberOfTrailingZeros(left);
    }

    /** The link of a column that is taken. */
    LinkState link(int column) {
        @Nullable LinkState link = byColumn[column];
        if (link == null) {
            throw new IllegalStateException("no link has column " + column);
        }
        return link;
    }

    /** Adds the tables of all links that {@code isWanted} to {@code sum}. */
    void addTo(QrpTable.Builder sum, java.util.function.Predicate<LinkState> isWanted) {
        long[] columns = new long[matrix.capacity() / WORD_BITS];
        taken.stream()
                .filter(column -> isWanted.test(link(column)))
                .forEach(column -> columns[column / WORD_BITS] |= 1L << column);
        matrix.addTo(sum, columns);
    }
}
