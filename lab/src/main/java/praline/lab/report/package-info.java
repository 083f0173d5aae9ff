/**
 * Output that people read: a page with plots, a table in the terminal, files for a spreadsheet. It knows how to show
 * things and nothing about what is shown.
 *
 * <p>Use: describe a {@link praline.lab.report.Page} of {@link praline.lab.report.Section}s whose exhibits are
 * {@link praline.lab.report.Table}s and plots, and have it written:
 *
 * <pre>{@code
 * Table table = Table.of("Cost of a query", Column.text("way"), Column.number("messages"), Column.bytes("traffic"))
 *         .row(Cell.of("flat"), Cell.of(412.5, 9.1), Cell.of(38_211))
 *         .build();
 * BarPlot bars = BarPlot.of("Messages per query", Axis.of("messages"), "query", "duplicate", "hit")
 *         .bar("flat", 98, 301, 13.5)
 *         .bar("supernodes", 11, 6, 5);
 * Page page = Page.titled("Three ways to search")
 *         .finding("Leaders answer with a twentieth of the messages.")
 *         .section("Cost", "What one query costs the whole network.", bars, table)
 *         .build();
 * HtmlPage.write(page, folder.resolve("report.html"));
 * Csv.write(table, folder.resolve("cost.csv"));
 * out.print(TextTable.render(table, 80));
 * }</pre>
 *
 * <p>Invariant: equal input gives equal bytes, and no text that enters can become markup, a formula or a command to a
 * terminal (spec/hardening.md A6, A12, O1, O2): all text passes {@link praline.protocol.text.Printable}, then the
 * escaping of the format.
 */
@NullMarked
package praline.lab.report;

import org.jspecify.annotations.NullMarked;
