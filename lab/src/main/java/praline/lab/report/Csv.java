package praline.lab.report;

import com.google.common.collect.ImmutableList;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.text.Printable;

/**
 * Tables for spreadsheets and scripts: RFC 4180, UTF-8, a line of names first. Numbers are bare, with a point and in
 * base units (bytes, ms, fractions); what is absent is empty; a column with intervals is followed by one of their half
 * widths. Text that a spreadsheet would take for a formula gets a leading apostrophe (spec/hardening.md A12).
 */
public final class Csv {

    private static final String LINE_END = "\r\n";

    private Csv() {}

    /** Writes {@code table} to {@code file}, which is replaced if it is there. */
    public static void write(Table table, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            boolean[] hasIntervals = hasIntervals(table);
            writer.write(header(table.columns(), hasIntervals) + LINE_END);
            for (ImmutableList<Cell> row : table.rows()) {
                writer.write(line(row, hasIntervals) + LINE_END);
            }
        }
    }

    private static boolean[] hasIntervals(Table table) {
        boolean[] has = new boolean[table.columns().size()];
        for (ImmutableList<Cell> row : table.rows()) {
            for (int i = 0; i < has.length; i++) {
                has[i] |= row.get(i).plain() instanceof Cell.Real real && real.hasInterval();
            }
        }
        return has;
    }

    private static String header(ImmutableList<Column> columns, boolean[] hasIntervals) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < hasIntervals.length; i++) {
            Column column = columns.get(i);
            String unit = column.alignment() == Column.Alignment.START ? column.unit() : column.rawUnit();
            names.add(field(unit.isEmpty() ? column.name() : column.name() + " (" + unit + ")"));
            if (hasIntervals[i]) {
                names.add(field(column.name() + " \u00B1"));
            }
        }
        return String.join(",", names);
    }

    private static String line(ImmutableList<Cell> row, boolean[] hasIntervals) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < hasIntervals.length; i++) {
            Cell cell = row.get(i).plain();
            fields.add(value(cell));
            if (hasIntervals[i]) {
                fields.add(cell instanceof Cell.Real real && real.hasInterval() ? bare(real.plusMinus()) : "");
            }
        }
        return String.join(",", fields);
    }

    private static String value(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return field(text.text());
        }
        if (cell instanceof Cell.Whole whole) {
            return Long.toString(whole.value());
        }
        return cell instanceof Cell.Real real ? bare(real.value()) : "";
    }

    private static String bare(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : "";
    }

    private static String field(String text) {
        String safe = Printable.of(text);
        if (!safe.isEmpty() && "=+-@".indexOf(safe.charAt(0)) >= 0) {
            safe = "'" + safe;
        }
        boolean mustQuote = safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0;
        return mustQuote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
