package praline.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import praline.lab.report.Cell;
import praline.lab.report.Column;
import praline.lab.report.Table;

/**
 * The tables of a result folder: all metrics in the columns of spec/experiments.md section 5, and what they are made
 * of.
 */
final class ResultTables {

    private ResultTables() {}

    /** Every metric of every way, one a line. */
    static Table metrics(ComparisonResult result) {
        Table.Builder table = Table.of(
                "Metrics",
                Column.text("experiment"),
                Column.number("seed"),
                Column.text("mode"),
                Column.text("topology"),
                Column.number("n"),
                Column.number("edges"),
                Column.text("method"),
                Column.text("parameter"),
                Column.text("metric"),
                Column.number("value"),
                Column.number("ci95"),
                Column.number("queries"));
        CompareOptions options = result.options();
        for (WayResult way : result.ways()) {
            for (Metric metric : Metric.all(way)) {
                table.row(
                        Cell.of("compare"),
                        Cell.of(options.seed()),
                        Cell.of(options.world().mode()),
                        Cell.of(way.topology()),
                        Cell.of(way.nodes()),
                        Cell.of(way.edges()),
                        Cell.of(way.way().id()),
                        Cell.of("ttl=" + CompareOptions.TTL),
                        Cell.of(metric.name()),
                        Cell.of(Digits.six(metric.value())),
                        Cell.of(Digits.six(metric.ci95())),
                        Cell.of(options.queries()));
            }
        }
        return table.build();
    }

    /** Every query in every network. */
    static Table queries(ComparisonResult result) {
        Table.Builder table = Table.of(
                "Queries",
                Column.text("method"),
                Column.number("query"),
                Column.text("phase"),
                Column.millis("at"),
                Column.number("origin"),
                Column.text("search"),
                Column.number("holders"),
                Column.number("holders_found"),
                Column.number("results"),
                Column.number("sent"),
                Column.number("duplicates"),
                Column.number("hits"),
                Column.bytes("traffic"),
                Column.number("reached"),
                Column.number("hops"),
                Column.millis("first"),
                Column.millis("last"));
        result.ways().forEach(way -> way.queries().forEach(query -> table.row(cells(way, query))));
        return table.build();
    }

    /** What each node handled. */
    static Table loads(ComparisonResult result) {
        Table.Builder table = Table.of(
                "Load",
                Column.text("method"),
                Column.number("node"),
                Column.text("role"),
                Column.number("messages", "1/s"),
                Column.number("traffic", "bytes/s"));
        for (WayResult way : result.ways()) {
            for (WayResult.NodeLoad load : way.load().byNode()) {
                table.row(
                        Cell.of(way.way().id()),
                        Cell.of(load.node()),
                        Cell.of(Words.of(load.role())),
                        Cell.of(Digits.six(load.messages())),
                        Cell.of(Digits.six(load.bytes())));
            }
        }
        return table.build();
    }

    /** The course of the second phase. */
    static Table courses(ComparisonResult result) {
        Table.Builder table = Table.of(
                "Course of the second phase",
                Column.text("method"),
                Column.millis("from"),
                Column.millis("until"),
                Column.number("queries"),
                Column.share("success"),
                Column.share("recall"),
                Column.number("upkeep", "bytes/s"));
        for (WayResult way : result.ways()) {
            for (WayResult.Bin bin : way.failure().bins()) {
                table.row(
                        Cell.of(way.way().id()),
                        Cell.of(Digits.six(bin.fromMillis())),
                        Cell.of(Digits.six(bin.untilMillis())),
                        Cell.of(bin.segment().queries()),
                        Cell.of(Digits.six(bin.segment().success())),
                        Cell.of(Digits.six(bin.segment().recall())),
                        Cell.of(Digits.six(bin.upkeepRate())));
            }
        }
        return table.build();
    }

    private static List<Cell> cells(WayResult way, QueryResult query) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(way.way().id()));
        cells.add(Cell.of(query.query().number()));
        cells.add(Cell.of(Words.of(query.query().phase())));
        cells.add(Cell.of(Digits.six(query.query().at())));
        cells.add(Cell.of(query.query().origin()));
        cells.add(Cell.of(Words.of(query.query().search())));
        cells.add(Cell.of(query.holders()));
        cells.add(Cell.of(query.holdersFound()));
        cells.add(Cell.of(query.results()));
        cells.add(Cell.of(query.sent()));
        cells.add(Cell.of(query.duplicates()));
        cells.add(Cell.of(query.hits()));
        cells.add(Cell.of(query.bytes()));
        cells.add(Cell.of(query.reached()));
        cells.add(query.isAnswered() ? Cell.of(query.hops()) : Cell.absent());
        cells.add(Cell.of(Digits.six(query.firstMillis())));
        cells.add(Cell.of(Digits.six(query.lastMillis())));
        return cells;
    }
}
