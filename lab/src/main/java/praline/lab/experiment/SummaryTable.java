package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import praline.lab.report.Cell;
import praline.lab.report.Column;
import praline.lab.report.NumberStyle;
import praline.lab.report.Table;

/** The numbers that a person compares: a line for each metric, a column for each way. */
final class SummaryTable {

    /**
     * One line of the table.
     *
     * @param definition what exactly it is
     */
    record Line(String name, String definition, Function<WayResult, Cell> cell) {}

    /** Keeps a name on one line of a page, where the definitions may take more. */
    private static final char NO_BREAK = '\u00A0';

    private SummaryTable() {}

    /** All lines, for a terminal. */
    static Table of(ComparisonResult result) {
        ImmutableList<Line> lines = ImmutableList.<Line>builder()
                .addAll(cost())
                .addAll(quality())
                .addAll(speed())
                .addAll(load())
                .addAll(upkeep())
                .addAll(failure())
                .build();
        return table(result.ways(), lines, false);
    }

    /** Some lines, each with its definition beside it. */
    static Table explained(List<WayResult> ways, List<Line> lines) {
        return table(ways, lines, true);
    }

    private static Table table(List<WayResult> ways, List<Line> lines, boolean explained) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text(""));
        ways.forEach(way -> columns.add(Column.number(way.way().label())));
        if (explained) {
            columns.add(Column.text("what it is"));
        }
        Table.Builder table = Table.of("", columns.toArray(Column[]::new));
        for (Line line : lines) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(explained ? line.name().replace(' ', NO_BREAK) : line.name()));
            ways.forEach(way -> row.add(line.cell().apply(way)));
            if (explained) {
                row.add(Cell.of(line.definition()));
            }
            table.row(row);
        }
        return table.build();
    }

    static ImmutableList<Line> cost() {
        return ImmutableList.of(
                line(
                        "messages per query",
                        "Sends of anything that the query caused, each on one link.",
                        way -> number(way.cost().messages())),
                line(
                        "\u2026 queries",
                        "Sends of the query to a node that did not know it.",
                        way -> number(way.cost().queries())),
                line(
                        "\u2026 duplicates",
                        "Sends of the query to a node that knew it already.",
                        way -> number(way.cost().duplicates())),
                line(
                        "\u2026 hits",
                        "Sends of answers on their way back; one that crosses three links counts three times.",
                        way -> number(way.cost().hits())),
                line(
                        "\u2026 control",
                        "Leaves that are asked how many answers they keep, and what they say.",
                        way -> number(way.cost().control())),
                line(
                        "duplicate ratio",
                        "Duplicates among all sends of queries.",
                        way -> share(way.cost().duplicateRatio())),
                line(
                        "bytes per query",
                        "Of these messages: Gnutella header and payload (L7).",
                        way -> bytes(way.cost().bytes().mean())),
                line(
                        "bytes on the wire",
                        "The same with 58 bytes of TCP, IP and Ethernet for each message (L2).",
                        way -> bytes(way.cost().wireBytes().mean())));
    }

    static ImmutableList<Line> quality() {
        return ImmutableList.of(
                line(
                        "nodes reached",
                        "Nodes whose files were looked through, by themselves or in their leader's index or table.",
                        way -> number(way.quality().reached())),
                line(
                        "coverage",
                        "The same as a share of all other nodes.",
                        way -> share(way.quality().coverage())),
                line(
                        "recall",
                        "Share of the nodes with a matching file that were found.",
                        way -> share(way.quality().recall())),
                line(
                        "success",
                        "Share of the queries with an answer, among those that somebody could answer.",
                        way -> share(way.quality().success())),
                line(
                        "\u2026 by words",
                        "The same among queries by words of the name.",
                        way -> share(way.quality().wordSuccess())),
                line(
                        "\u2026 by hash",
                        "The same among queries by the hash of the content.",
                        way -> share(way.quality().hashSuccess())),
                line(
                        "satisfied",
                        "Share of those queries with " + WayResult.SATISFYING + " results at least.",
                        way -> share(way.quality().satisfied())));
    }

    static ImmutableList<Line> speed() {
        return ImmutableList.of(
                line(
                        "hops to first hit, p50",
                        "Links between the one who asks and the one who answered first; half of the queries "
                                + "needed no more.",
                        way -> number(way.speed().hops().p50())),
                line(
                        "\u2026 p95",
                        "95 % of the queries needed no more.",
                        way -> number(way.speed().hops().p95())),
                line(
                        "time to first hit, p50",
                        "From asking to the first answer.",
                        way -> millis(way.speed().firstMillis().p50())),
                line("\u2026 p95", "", way -> millis(way.speed().firstMillis().p95())),
                line(
                        "time to last hit, p50",
                        "From asking to the last answer.",
                        way -> millis(way.speed().lastMillis().p50())),
                line("\u2026 p95", "", way -> millis(way.speed().lastMillis().p95())));
    }

    static ImmutableList<Line> load() {
        return ImmutableList.of(
                line(
                        "peer or leaf, p50",
                        "Messages in and out a second at a node that leads nobody.",
                        way -> load(way, false, Spread::p50)),
                line("\u2026 p99", "", way -> load(way, false, Spread::p99)),
                line("\u2026 most", "", way -> load(way, false, Spread::max)),
                line(
                        "leader, p50",
                        "Messages in and out a second at a supernode or at the directory.",
                        way -> load(way, true, Spread::p50)),
                line("\u2026 p99", "", way -> load(way, true, Spread::p99)),
                line("\u2026 most", "", way -> load(way, true, Spread::max)),
                line(
                        "busiest node's share",
                        "What the busiest node handles of all messages.",
                        way -> share(way.load().topShare())),
                line(
                        "inequality (Gini)",
                        "0: all nodes handle as many messages; near 1: one handles them all.",
                        way -> Cell.of(way.load().gini())));
    }

    static ImmutableList<Line> upkeep() {
        return ImmutableList.of(
                line(
                        "joining, per node",
                        "Bytes of handshakes and first pings until the network stood.",
                        way -> bytes(way.upkeep().joinBytes())),
                line(
                        "publishing, per node",
                        "Bytes to tell leaders of files, one by one or in tables, until then.",
                        way -> bytes(way.upkeep().publicationBytes())),
                line(
                        "upkeep, per node and s",
                        "Bytes of pings, pongs and handshakes from then on.",
                        way -> bytes(way.upkeep().maintenanceRate())),
                line(
                        "publishing, per node and s",
                        "Bytes of changes to what is published, from then on.",
                        way -> bytes(way.upkeep().publicationRate())),
                line(
                        "largest index, files",
                        "Files of its leaves that a leader knows one by one.",
                        SummaryTable::indexEntries),
                line(
                        "\u2026 bytes",
                        "Of these records as they were published, or of leaves' tables.",
                        SummaryTable::indexBytes));
    }

    static ImmutableList<Line> failure() {
        return ImmutableList.of(
                line(
                        "leaves without leader",
                        "Leaves whose supernode is killed.",
                        way -> Cell.of(way.failure().orphans())),
                line(
                        "all moved after",
                        "Until each of them had another supernode.",
                        way -> sinceKill(way, way.failure().movedMillis())),
                line(
                        "files known after",
                        "Until leaders held the files of all living leaves again.",
                        way -> sinceKill(way, way.failure().recordsMillis())),
                line(
                        "success before",
                        "Among queries asked before the kill.",
                        way -> share(way.failure().before().success())),
                line(
                        "\u2026 until repaired",
                        "Among queries asked from then on, until both was done if it ever was.",
                        way -> share(way.failure().during().success())),
                line(
                        "\u2026 afterwards",
                        "Among queries asked later.",
                        way -> share(way.failure().after().success())),
                line(
                        "recall before",
                        "The same for recall; what only the dead node had does not count after its death.",
                        way -> share(way.failure().before().recall())),
                line(
                        "\u2026 until repaired",
                        "",
                        way -> share(way.failure().during().recall())),
                line("\u2026 afterwards", "", way -> share(way.failure().after().recall())));
    }

    private static Line line(String name, String definition, Function<WayResult, Cell> cell) {
        return new Line(name, definition, cell);
    }

    private static Cell number(Estimate estimate) {
        return interval(estimate);
    }

    /** A whole number without decimals. */
    private static Cell number(double value) {
        return value == Math.rint(value) ? Cell.of((long) value) : Cell.of(value);
    }

    private static Cell share(Estimate estimate) {
        return interval(estimate).as(NumberStyle.SHARE);
    }

    /** An interval without width says nothing. */
    private static Cell interval(Estimate estimate) {
        return estimate.ci95() > 0 ? Cell.of(estimate.mean(), estimate.ci95()) : number(estimate.mean());
    }

    private static Cell share(double value) {
        return Cell.of(value).as(NumberStyle.SHARE);
    }

    private static Cell bytes(double value) {
        return Cell.of(value).as(NumberStyle.BYTES);
    }

    private static Cell millis(double value) {
        return Cell.of(value).as(NumberStyle.MILLIS);
    }

    private static Cell load(WayResult way, boolean leaders, Function<Spread, Double> value) {
        return way.load().byRole().stream()
                .filter(load -> Words.isLeader(load.role()) == leaders)
                .findFirst()
                .map(load -> Cell.of(value.apply(load.messages())))
                .orElse(Cell.absent());
    }

    private static Cell indexEntries(WayResult way) {
        return way.indexes().isEmpty()
                ? Cell.absent()
                : Cell.of(way.largestIndex().entries());
    }

    private static Cell indexBytes(WayResult way) {
        return way.indexes().isEmpty()
                ? Cell.absent()
                : bytes((double) way.largestIndex().bytes());
    }

    private static Cell sinceKill(WayResult way, double millis) {
        if (way.failure().orphans() == 0) {
            return Cell.absent();
        }
        return Double.isNaN(millis) ? Cell.of("never") : millis(millis);
    }
}
