package praline.lab.report;

import com.google.common.collect.ImmutableList;

/** Writes tables and plots into a page, each plot with its legend and the numbers behind it. */
final class Exhibits {

    /** Longer text may break anywhere, so that a table stays on the page. */
    private static final int LONG_TEXT = 24;

    private final Markup out;
    private final Palette palette = new Palette();

    Exhibits(Markup out) {
        this.out = out;
    }

    void show(Exhibit exhibit) {
        if (exhibit instanceof Table table) {
            table(table);
            return;
        }
        out.open("figure").element("figcaption", exhibit.title());
        if (exhibit instanceof BarPlot plot) {
            bars(plot);
        } else if (exhibit instanceof CdfPlot plot) {
            lines(plot.lines());
            data(plot.data());
        } else if (exhibit instanceof LinePlot plot) {
            lines(plot);
        }
        out.close();
    }

    private void bars(BarPlot plot) {
        if (plot.parts().size() > 1) {
            out.open("ul", "class", "legend");
            plot.parts().forEach(part -> entry(part, palette.part(part) + " fill", "M1 0H13V12H1Z"));
            out.close();
        }
        out.open("div", "class", "scroll");
        new BarDrawing(plot, palette, out).draw();
        out.close();
        if (!plot.bars().isEmpty()) {
            data(plot.data());
        }
    }

    private void lines(LinePlot plot) {
        if (plot.series().size() > 1) {
            out.open("ul", "class", "legend");
            plot.series().forEach(line -> entry(line.name(), palette.thing(line.name()) + " stroke", "M0 6H28"));
            out.close();
        }
        out.open("div", "class", "scroll");
        new LineDrawing(plot, palette, out).draw();
        out.close();
    }

    private void entry(String name, String look, String shape) {
        String width = look.endsWith("fill") ? "14" : "28";
        out.open("li").open("svg", "width", width, "height", "12", "aria-hidden", "true");
        out.empty("path", "d", shape, "class", look);
        out.close().text(name).close();
    }

    private void data(Table table) {
        out.open("details").element("summary", "The numbers");
        table(table);
        out.close();
    }

    private void table(Table table) {
        out.open("div", "class", "scroll").open("table");
        if (!table.title().isEmpty()) {
            out.element("caption", table.title());
        }
        out.open("thead").open("tr");
        for (Column column : table.columns()) {
            out.open("th", "scope", "col", "class", side(column)).text(column.name());
            if (!column.unit().isEmpty()) {
                out.element("span", column.unit(), "class", "unit");
            }
            out.close();
        }
        out.close().close().open("tbody");
        for (ImmutableList<Cell> row : table.rows()) {
            row(table.columns(), row);
        }
        out.close().close().close();
    }

    private void row(ImmutableList<Column> columns, ImmutableList<Cell> row) {
        out.open("tr");
        for (int i = 0; i < row.size(); i++) {
            String shown = row.get(i).shown(columns.get(i).style());
            String look = side(columns.get(i)) + (shown.length() > LONG_TEXT ? " long" : "");
            if (i == 0 && row.get(i) instanceof Cell.Text) {
                out.element("th", shown, "scope", "row", "class", look);
            } else {
                out.element("td", shown, "class", look);
            }
        }
        out.close();
    }

    private static String side(Column column) {
        return column.alignment() == Column.Alignment.START ? "words" : "number";
    }
}
