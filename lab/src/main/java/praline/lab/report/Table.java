package praline.lab.report;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * Columns and rows of typed cells, to be shown by {@link HtmlPage}, {@link TextTable} and {@link Csv}.
 *
 * @param title what it shows, in a few words; may be empty
 * @param columns one or more; the first one names the rows
 * @param rows each as long as there are columns
 */
public record Table(String title, ImmutableList<Column> columns, ImmutableList<ImmutableList<Cell>> rows)
        implements Exhibit {

    /** Throws {@link IllegalArgumentException} for a row that does not fit the columns. */
    public Table {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table has one column or more: " + title);
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != columns.size()) {
                throw new IllegalArgumentException("row " + i + " of \"" + title + "\" has "
                        + rows.get(i).size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    /** An empty table to fill row by row. */
    public static Builder of(String title, Column... columns) {
        return new Builder(title, ImmutableList.copyOf(columns));
    }

    /** Collects rows. */
    public static final class Builder {
        private final String title;
        private final ImmutableList<Column> columns;
        private final ImmutableList.Builder<ImmutableList<Cell>> rows = ImmutableList.builder();

        private Builder(String title, ImmutableList<Column> columns) {
            this.title = title;
            this.columns = columns;
        }

        @CanIgnoreReturnValue
        public Builder row(Cell... cells) {
            return row(ImmutableList.copyOf(cells));
        }

        @CanIgnoreReturnValue
        public Builder row(Iterable<Cell> cells) {
            rows.add(ImmutableList.copyOf(cells));
            return this;
        }

        public Table build() {
            return new Table(title, columns, rows.build());
        }
    }
}
