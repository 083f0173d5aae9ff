package praline.node.overlay;

import java.util.Arrays;
import praline.protocol.gnutella.QrpHash;
import praline.protocol.gnutella.QrpTable;

/**
 * Many query routing tables side by side, so that a query is tested against all of them at once. For each slot there is
 * a row, and in it a bit for each table, its column: what a query costs is to read one row a word and to combine them,
 * 64 tables at a time, however many tables there are.
 *
 * <p>All tables are kept in the size of the largest; a smaller one's slot is several here (spec/gnutella.md 9.4). The
 * matrix grows as tables come, by rows when a larger one comes and by columns when there are more, and takes one bit
 * for each slot of each table.
 */
final class TableMatrix {

    private static final int COLUMNS_PER_WORD = 64;
    private static final int PLANES = 4;

    /** Log2 of the number of rows; 0: nothing was put in yet. */
    private int bits;

    /** Words of a row. */
    private int width;

    private long[] rows = {};

    /** For how many columns there is room. */
    int capacity() {
        return width * COLUMNS_PER_WORD;
    }

    /** Sets the column to {@code table}, whatever it was. */
    void put(int column, QrpTable table) {
        grow(Math.max(bits, table.bits()), column / COLUMNS_PER_WORD + 1);
        int ratio = bits - table.bits();
        int at = column / COLUMNS_PER_WORD;
        long bit = 1L << column;
        int count = 1 << bits;
        for (int row = 0; row < count; row++) {
            if (table.hasSlot(row >>> ratio)) {
                rows[at] |= bit;
            } else {
                rows[at] &= ~bit;
            }
            at += width;
        }
    }

    /** Sets no slot in the column. */
    void clear(int column) {
        long keep = ~(1L << column);
        for (int at = column / COLUMNS_PER_WORD; at < rows.length; at += width) {
            rows[at] &= keep;
        }
    }

    /** What was put into the column, in the size of the largest table. */
    QrpTable get(int column) {
        QrpTable.Builder table = QrpTable.builder(bits);
        int at = column / COLUMNS_PER_WORD;
        for (int row = 0; row < 1 << bits; row++, at += width) {
            if ((rows[at] & 1L << column) != 0) {
                table.addSlot(row);
            }
        }
        return table.build();
    }

    /** Adds to {@code sum} what the tables of {@code columns} have. */
    void addTo(QrpTable.Builder sum, long[] columns) {
        if (bits == 0) {
            return;
        }
        QrpTable.Builder any = QrpTable.builder(bits);
        for (int row = 0; row < 1 << bits; row++) {
            long found = 0;
            for (int i = 0; i < width; i++) {
                found |= rows[row * width + i] & columns[i];
            }
            if (found != 0) {
                any.addSlot(row);
            }
        }
        sum.add(any.build());
    }

    /** Whether the column's table has what {@code lookUp} needs. */
    boolean matches(int column, LookUp lookUp) {
        if (bits == 0) {
            return false;
        }
        if (lookUp.hasContent() && has(column, lookUp.content())) {
            return true;
        }
        int found = 0;
        for (int i = 0; i < lookUp.wordCount(); i++) {
            found += has(column, lookUp.word(i)) ? 1 : 0;
        }
        return lookUp.wordCount() > 0 && found >= lookUp.wordsNeeded();
    }

    /**
     * Sets in {@code matching} the bits of all columns whose tables have what {@code lookUp} needs.
     *
     * @param matching a word for each 64 columns of {@link #capacity}, overwritten
     * @return whether there are any
     */
    boolean match(LookUp lookUp, long[] matching) {
        Arrays.fill(matching, 0);
        if (bits == 0) {
            return false;
        }
        if (lookUp.wordCount() > 0) {
            matchWords(lookUp, matching);
        }
        long any = 0;
        int contentRow = lookUp.hasContent() ? row(lookUp.content()) : -1;
        for (int i = 0; i < width; i++) {
            matching[i] |= contentRow < 0 ? 0 : rows[contentRow + i];
            any |= matching[i];
        }
        return any != 0;
    }

    private void matchWords(LookUp lookUp, long[] matching) {
        if (lookUp.wordsNeeded() < lookUp.wordCount()) {
            matchMost(lookUp, matching);
            return;
        }
        System.arraycopy(rows, row(lookUp.word(0)), matching, 0, width);
        for (int word = 1; word < lookUp.wordCount(); word++) {
            int row = row(lookUp.word(word));
            for (int i = 0; i < width; i++) {
                matching[i] &= rows[row + i];
            }
        }
    }

    /**
     * Counts the words of 64 tables at a time: bit {@code c} of the four planes together is the count of column
     * {@code c}. It begins so high that it overflows with the last word that is needed.
     */
    private void matchMost(LookUp lookUp, long[] matching) {
        int start = (1 << PLANES) - lookUp.wordsNeeded();
        int[] at = new int[lookUp.wordCount()];
        for (int word = 0; word < at.length; word++) {
            at[word] = row(lookUp.word(word));
        }
        for (int i = 0; i < width; i++) {
            long ones = -(start & 1);
            long twos = -(start >> 1 & 1);
            long fours = -(start >> 2 & 1);
            long eights = -(start >> 3 & 1);
            for (int row : at) {
                long carry = rows[row + i];
                long sum = ones ^ carry;
                carry &= ones;
                ones = sum;
                sum = twos ^ carry;
                carry &= twos;
                twos = sum;
                sum = fours ^ carry;
                carry &= fours;
                fours = sum;
                sum = eights ^ carry;
                carry &= eights;
                eights = sum;
                matching[i] |= carry;
            }
        }
    }

    private boolean has(int column, int hash) {
        return (rows[row(hash) + column / COLUMNS_PER_WORD] & 1L << column) != 0;
    }

    /** Where the row of a hash begins. */
    private int row(int hash) {
        return QrpHash.slot(hash, bits) * width;
    }

    private void grow(int newBits, int widthNeeded) {
        int newWidth = widthNeeded <= width ? width : Math.max(widthNeeded, 2 * width);
        if (newBits == bits && newWidth == width) {
            return;
        }
        long[] grown = new long[newWidth << newBits];
        int ratio = newBits - bits;
        for (int row = 0; width > 0 && row < 1 << newBits; row++) {
            System.arraycopy(rows, (row >>> ratio) * width, grown, row * newWidth, width);
        }
        rows = grown;
        bits = newBits;
        width = newWidth;
    }
}
