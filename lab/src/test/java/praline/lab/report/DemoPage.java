package praline.lab.report;

import java.util.random.RandomGenerator;
import praline.protocol.testing.Seeds;

/** A page with everything that a page can have, about networks that do not exist. */
final class DemoPage {

    static final String HOSTILE = "<img src=x onerror=\"alert('1')\">\u202Egpj.exe\u001B]0;x\u0007 & \uD800";

    private DemoPage() {}

    static Page page() {
        return Page.titled("Three ways to search")
                .subtitle("60 nodes, 200 queries, seed 1, on TCP of this machine; " + HOSTILE)
                .warning("4 of 200 queries were still running when the time was up; they count as unanswered.")
                .keyFigure("Messages per query, flat", "412", "20 times those of leaders")
                .keyFigure("Messages per query, supernodes", "20.4", "10 times those of a directory")
                .keyFigure("Median time to the first hit", "3.2 ms", "flat; 1.1 ms with supernodes")
                .keyFigure("Found of what was there", "99.1 %", "flat; 100 % with the others")
                .finding("A flooded query costs 412 messages, 73 % of them duplicates that nobody needs.")
                .finding("Leaders answer the same queries with 20 messages, for 1.2 kB/s of publication each.")
                .finding("When the directory dies at 60 s, no query succeeds until it is back; when a leader dies,"
                        + " 9 of 10 still do.")
                .section(
                        "What a query costs",
                        "Every message that one query causes, on every link it travels.\n\n"
                                + "A duplicate is a query that a node has seen before; dropped, but paid for.",
                        cost(),
                        costTable())
                .section("How long it takes", "From the question to the first hit.", times(), hops())
                .section("Who carries the load", "Messages per second and node.", load(), busiest())
                .section("When a leader dies", "Share of queries with a hit, in windows of 5 s.", failure(), growth())
                .definition("recall", "The share of the nodes that hold a match and were returned.")
                .definition("duplicate", "A query delivered to a node that has its GUID already. " + HOSTILE)
                .command("praline compare --nodes 60 --supernodes 6 --queries 200 --seed 1")
                .footer("Praline 0.1.0, Java 17; the run took 2 min 41 s.")
                .build();
    }

    static Table costTable() {
        return Table.of(
                        "Per query",
                        Column.text("way"),
                        Column.number("messages", "per query"),
                        Column.bytes("traffic"),
                        Column.share("recall"),
                        Column.millis("first hit, p50"),
                        Column.millis("first hit, p95"),
                        Column.number("nodes reached"),
                        Column.text("remark"))
                .row(
                        Cell.of("flat"),
                        Cell.of(412.53, 9.17),
                        Cell.of(38_211.4, 811),
                        Cell.of(0.991),
                        Cell.of(3.21),
                        Cell.of(1_911.0),
                        Cell.of(59),
                        Cell.of("=HYPERLINK(\"x\")"))
                .row(
                        Cell.of("supernodes"),
                        Cell.of(20.4, 1.1),
                        Cell.of(1_911.0, 50),
                        Cell.of(1.0),
                        Cell.of(1.08),
                        Cell.of(4.4),
                        Cell.of(59),
                        Cell.of(HOSTILE))
                .row(
                        Cell.of("directory"),
                        Cell.of(2.0, 0.0),
                        Cell.of(204.0, 3),
                        Cell.of(0.9999),
                        Cell.of(0.4),
                        Cell.absent(),
                        Cell.of(59),
                        Cell.of(""))
                .build();
    }

    static BarPlot cost() {
        return BarPlot.of("Messages per query", Axis.of("messages per query"), "query", "duplicate", "hit", "control")
                .bar("flat", 98, 301, 13.5, 0)
                .bar("supernodes", 11, 4.2, 5.2, 0)
                .bar("directory", 1, 0, 1, 0);
    }

    private static CdfPlot times() {
        RandomGenerator random = Seeds.generator(7);
        double[] flat = random.doubles(196).map(u -> -3.4 * Math.log(u)).toArray();
        double[] leaders = random.doubles(200).map(u -> 0.4 - 1.1 * Math.log(u)).toArray();
        double[] directory =
                random.doubles(150).map(u -> 0.2 - 0.4 * Math.log(u)).toArray();
        return CdfPlot.of("Time to the first hit", Axis.millis("time").log())
                .sample("flat", flat, 4)
                .sample("supernodes", leaders)
                .sample("directory", directory, 50);
    }

    private static BarPlot hops() {
        return BarPlot.of("Mean hops to the first hit", Axis.of("hops"))
                .measured("flat", 2.31, 0.12)
                .measured("supernodes", 1.42, 0.09)
                .measured("directory", 1, 0);
    }

    private static BarPlot load() {
        return BarPlot.of(
                        "Load by role",
                        Axis.of("messages handled", "per second").log(),
                        "median node",
                        "p99",
                        "busiest")
                .bar("flat", 14.3, 51, 77)
                .bar("supernodes: leaf", 0.31, 2, 2.4)
                .bar("supernodes: leader", 12, 15.1, 15.4)
                .bar("directory: node", 0.07, 0.3, Double.NaN)
                .bar("directory: the one", 3.4, 3.4, 3.4);
    }

    private static BarPlot busiest() {
        return BarPlot.of("Traffic of the busiest node", Axis.bytes("bytes per second"))
                .bar("flat", 7_310)
                .bar("supernodes", 1_480)
                .bar("directory", 344);
    }

    private static LinePlot failure() {
        double[] seconds = new double[24];
        double[] flat = new double[24];
        double[] leaders = new double[24];
        double[] directory = new double[24];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = 5 * i;
            flat[i] = 0.985 - 0.002 * (i % 4);
            leaders[i] = i == 12 || i == 13 ? 0.88 : 0.955;
            directory[i] = i >= 12 && i < 18 ? 0 : 1;
        }
        return LinePlot.of("Success over time", Axis.of("time", "s"), Axis.share("queries with a hit"))
                .span(60, 90, "nobody leads")
                .line("flat", seconds, flat)
                .line("supernodes", seconds, leaders)
                .steps("directory", seconds, directory)
                .marker(60, "leader killed")
                .marker(62, "first leaf has moved")
                .marker(90, "back")
                .marker(114, "end of measuring");
    }

    private static LinePlot growth() {
        double[] nodes = new double[5_000];
        double[] flat = new double[5_000];
        double[] leaders = new double[5_000];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = 10.0 + 20 * i;
            flat[i] = 6.9 * nodes[i] + 40 * Math.sin(i);
            leaders[i] = i > 2_000 && i < 2_300 ? Double.NaN : 0.4 * nodes[i];
        }
        return LinePlot.of(
                        "Messages as the network grows",
                        Axis.of("nodes").log(),
                        Axis.of("messages per query").log())
                .line("flat", nodes, flat)
                .line("supernodes", nodes, leaders)
                .guide(60, "this run");
    }
}
