package praline.lab.report;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import praline.protocol.text.Printable;

/**
 * A {@link Table} for a terminal. No line is wider than asked, whatever strangers called their files: names are broken
 * between words, long text is cut with an ellipsis, and columns that find no room go to a further block below, behind
 * the first column (spec/hardening.md O1, O2). Numbers are cut only where a single one is wider than the terminal.
 */
public final class TextTable {

    private static final String GAP = "  ";
    private static final int TEXT_WIDTH_MIN = 12;
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

    private final Table table;
    private final int[] naturalWidths;
    private final int[] widths;
    private final StringBuilder out = new StringBuilder();

    private TextTable(Table table, int width) {
        this.table = table;
        this.naturalWidths = IntStream.range(0, table.columns().size())
                .map(i -> Math.min(width, naturalWidth(i)))
                .toArray();
        this.widths = naturalWidths.clone();
    }

    /**
     * The table in lines of at most {@code width} columns, each with its line feed. Throws
     * {@link IllegalArgumentException} for a width that has no room for two columns, below 16.
     */
    public static String render(Table table, int width) {
        if (width < 16) {
            throw new IllegalArgumentException("a table needs 16 columns of a terminal, not " + width);
        }
        TextTable text = new TextTable(table, width);
        text.shrinkTo(width);
        if (!table.title().isEmpty()) {
            text.out.append(Printable.cut(table.title(), width)).append('\n');
        }
        List<ImmutableList<Integer>> blocks = text.blocks(width);
        for (int i = 0; i < blocks.size(); i++) {
            text.out.append(i == 0 ? "" : "\n");
            text.block(blocks.get(i));
        }
        return text.out.toString();
    }

    private int naturalWidth(int column) {
        Column head = table.columns().get(column);
        int width = Math.max(1, Printable.width(head.unit()));
        for (String word : WORDS.split(head.name())) {
            width = Math.max(width, Printable.width(word));
        }
        for (ImmutableList<Cell> row : table.rows()) {
            width = Math.max(width, Printable.width(shown(row.get(column), head)));
        }
        return width;
    }

    private static String shown(Cell cell, Column column) {
        return cell.shown(column.style());
    }

    /** Takes room from the widest text until the table fits or all text is short. */
    private void shrinkTo(int width) {
        int widest = widestText();
        while (widest >= 0 && excess(width) > 0) {
            widths[widest]--;
            widest = widestText();
        }
    }

    private int excess(int width) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - width;
    }

    private int widestText() {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean isText = table.columns().get(i).alignment() == Column.Alignment.START;
            if (isText && widths[i] > TEXT_WIDTH_MIN && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    /** Which columns stand together; the first one leads every block. */
    private List<ImmutableList<Integer>> blocks(int width) {
        if (excess(width) > 0 && widths.length > 1) {
            widths[0] = Math.min(widths[0], width / 2 - GAP.length());
        }
        List<ImmutableList<Integer>> blocks = new ArrayList<>();
        List<Integer> block = new ArrayList<>(List.of(0));
        int used = widths[0];
        for (int i = 1; i < widths.length; i++) {
            if (used + GAP.length() + widths[i] > width && block.size() > 1) {
                widen(block, width - used);
                blocks.add(ImmutableList.copyOf(block));
                block = new ArrayList<>(List.of(0));
                used = widths[0];
            }
            widths[i] = Math.min(widths[i], width - used - GAP.length());
            block.add(i);
            used += GAP.length() + widths[i];
        }
        widen(block, width - used);
        blocks.add(ImmutableList.copyOf(block));
        return blocks;
    }

    /** Gives the room that a block has left to the text in it, except to the column that leads all blocks. */
    private void widen(List<Integer> block, int room) {
        int left = room;
        for (int column : block.subList(1, block.size())) {
            int more = Math.min(left, naturalWidths[column] - widths[column]);
            widths[column] += more;
            left -= more;
        }
    }

    private void block(ImmutableList<Integer> columns) {
        List<List<String>> heads = columns.stream().map(this::headLines).toList();
        int height = heads.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            List<String> cells = new ArrayList<>();
            for (List<String> head : heads) {
                int own = line - height + head.size();
                cells.add(own < 0 ? "" : head.get(own));
            }
            line(columns, cells);
        }
        line(columns, columns.stream().map(i -> "\u2500".repeat(widths[i])).toList());
        for (ImmutableList<Cell> row : table.rows()) {
            line(
                    columns,
                    columns.stream()
                            .map(i -> shown(row.get(i), table.columns().get(i)))
                            .toList());
        }
    }

    /** A column's name broken between words, and its unit below. */
    private List<String> headLines(int column) {
        Column head = table.columns().get(column);
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : WORDS.split(head.name())) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && Printable.width(longer) > widths[column]) {
                lines.add(line);
                longer = word;
            }
            line = longer;
        }
        lines.add(line);
        if (!head.unit().isEmpty()) {
            lines.add(head.unit());
        }
        return lines;
    }

    private void line(ImmutableList<Integer> columns, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int column = columns.get(i);
            String cell = Printable.cut(cells.get(i), widths[column]);
            String room = " ".repeat(Math.max(0, widths[column] - Printable.width(cell)));
            boolean isStart = table.columns().get(column).alignment() == Column.Alignment.START;
            line.append(i == 0 ? "" : GAP).append(isStart ? cell + room : room + cell);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
