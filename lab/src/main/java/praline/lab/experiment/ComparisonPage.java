package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.lab.report.Axis;
import praline.lab.report.BarPlot;
import praline.lab.report.CdfPlot;
import praline.lab.report.LinePlot;
import praline.lab.report.NumberStyle;
import praline.lab.report.Numbers;
import praline.lab.report.Page;
import praline.node.overlay.DynamicQueryConfig;

/** A comparison as a page that a person understands without a manual. */
final class ComparisonPage {

    private static final String VICTIM = "node " + ComparisonPlan.VICTIM;

    private final ComparisonResult result;
    private final CompareOptions options;

    private ComparisonPage(ComparisonResult result) {
        this.result = result;
        this.options = result.options();
    }

    static Page of(ComparisonResult result) {
        return new ComparisonPage(result).page();
    }

    /** What was compared, in a sentence or two. */
    static String subtitle(ComparisonResult result) {
        CompareOptions options = result.options();
        return "The same " + Words.count(result.files(), "file", "files") + " and the same "
                + Words.count(options.queries(), "query", "queries") + " in "
                + Words.spelled(result.ways().size()) + " networks of " + options.nodes() + " nodes, "
                + options.world().circumstance() + ". " + haste(result) + "Seed " + options.seed() + ".";
    }

    /** Where one by one is asked faster than among strangers. */
    private static String haste(ComparisonResult result) {
        boolean isHastened = result.options().world() == World.TCP
                && result.ways().stream().anyMatch(way -> way.way() == Way.QUERY_ROUTING);
        return isHastened
                ? "Where leaders ask each other one by one, they wait a " + DynamicQueryConfig.LOOPBACK_HASTE
                        + "th as long as between machines. "
                : "";
    }

    /** What must be known before any number is believed (spec/hardening.md L4). */
    static ImmutableList<String> warnings(ComparisonResult result) {
        ImmutableList.Builder<String> warnings = ImmutableList.builder();
        if (!result.limitsHit().isEmpty()) {
            warnings.add("Limits acted during this run, so that it measured them too: "
                    + String.join(", ", result.limitsHit()) + ".");
        }
        for (WayResult way : result.ways()) {
            if (way.cost().lost() > 0) {
                warnings.add(way.way().label() + ": "
                        + Words.count(way.cost().lost(), "query message", "query messages") + " did not arrive.");
            }
            if (way.speed().unfinished() > 0) {
                warnings.add(way.way().label() + ": "
                        + Words.count(way.speed().unfinished(), "query", "queries")
                        + " still caused messages after a minute.");
            }
        }
        return warnings.build();
    }

    private Page page() {
        Page.Builder page = Page.titled(
                Words.capital(Words.spelled(result.ways().size())) + " ways to search " + options.nodes() + " nodes");
        page.subtitle(subtitle(result));
        warnings(result).forEach(page::warning);
        result.ways().forEach(way -> addKeyFigure(page, way));
        Findings.of(result).forEach(page::finding);
        addCost(page);
        addAnswers(page);
        addLoad(page);
        addUpkeep(page);
        addFailure(page);
        page.command(options.command());
        footer().forEach(page::footer);
        return page.build();
    }

    private static void addKeyFigure(Page.Builder page, WayResult way) {
        page.keyFigure(
                way.way().label(),
                Numbers.of(way.cost().messages().mean()),
                "messages for each query, to find "
                        + Numbers.of(way.quality().recall().mean(), NumberStyle.SHARE) + " of what is there: "
                        + way.way().rule());
    }

    private void addCost(Page.Builder page) {
        BarPlot messages = BarPlot.of("Messages per query", Axis.of("messages"), "queries", "duplicates", "hits");
        BarPlot bytes = BarPlot.of(
                "Bytes per query", Axis.bytes("Gnutella header and payload"), "queries", "duplicates", "hits");
        for (WayResult way : result.ways()) {
            WayResult.Cost cost = way.cost();
            messages = messages.bar(
                    way.way().label(),
                    cost.queries().mean(),
                    cost.duplicates().mean(),
                    cost.hits().mean());
            bytes = bytes.bar(
                    way.way().label(),
                    cost.queryBytes().mean(),
                    cost.duplicateBytes().mean(),
                    cost.hitBytes().mean());
        }
        page.section(
                "What one query costs",
                "A message is one send on one link. Duplicates are sends of a query to a node that knew it "
                        + "already. A hit "
                        + "is an answer; it counts on each link that it crosses on its way back.",
                messages,
                bytes,
                SummaryTable.explained(result.ways(), SummaryTable.cost()));
    }

    private void addAnswers(Page.Builder page) {
        BarPlot shares = BarPlot.of(
                        "What queries find", Axis.share("share"), "coverage", "recall", "success", "satisfied")
                .sideBySide();
        CdfPlot times = CdfPlot.of("Time to the first answer", Axis.millis("since the query was asked"));
        for (WayResult way : result.ways()) {
            WayResult.Quality quality = way.quality();
            shares = shares.bar(
                    way.way().label(),
                    quality.coverage().mean(),
                    quality.recall().mean(),
                    quality.success().mean(),
                    quality.satisfied().mean());
            double[] first = steady(way)
                    .filter(QueryResult::isAnswered)
                    .mapToDouble(QueryResult::firstMillis)
                    .toArray();
            times = times.sample(way.way().label(), first, quality.answerable() - first.length);
        }
        page.section(
                "What it finds, and how soon",
                "Coverage is the share of the other nodes whose files were looked through. Recall is the share "
                        + "of the nodes "
                        + "with a matching file that were found. Success is the share of queries with an "
                        + "answer, satisfied "
                        + "that of queries with " + WayResult.SATISFYING + " results at least; both among the "
                        + Words.count(result.ways().get(0).quality().answerable(), "query", "queries")
                        + " that somebody could answer.",
                shares,
                times,
                SummaryTable.explained(
                        result.ways(),
                        ImmutableList.<SummaryTable.Line>builder()
                                .addAll(SummaryTable.quality())
                                .addAll(SummaryTable.speed())
                                .build()));
    }

    private static Stream<QueryResult> steady(WayResult way) {
        return way.queries().stream().filter(query -> query.query().phase() == Phase.STEADY);
    }

    private void addLoad(Page.Builder page) {
        LinePlot loads = LinePlot.of(
                "Messages a second at each node",
                Axis.of("nodes, the busiest first"),
                Axis.of("messages in and out", "1/s").log());
        for (WayResult way : result.ways()) {
            List<WayResult.NodeLoad> byLoad = way.load().byNode().stream()
                    .sorted(Comparator.comparingDouble(WayResult.NodeLoad::messages)
                            .reversed())
                    .toList();
            String name = way.way().label();
            loads = loads.line(
                    name,
                    IntStream.rangeClosed(1, byLoad.size()).asDoubleStream().toArray(),
                    byLoad.stream()
                            .mapToDouble(load -> load.messages() > 0 ? load.messages() : Double.NaN)
                            .toArray());
            for (int rank = 0; rank < byLoad.size(); rank++) {
                WayResult.NodeLoad load = byLoad.get(rank);
                if (Words.isLeader(load.role()) && load.messages() > 0) {
                    String label = Words.of(load.role()) + " " + load.node() + ": " + Numbers.of(load.messages());
                    loads = loads.dot(name, rank + 1, load.messages(), label);
                }
            }
        }
        page.section(
                "Who does the work",
                "All nodes of a network in order of what they handle, on a scale where equal steps are equal "
                        + "factors. Dots "
                        + "are leaders.",
                loads,
                SummaryTable.explained(result.ways(), SummaryTable.load()));
    }

    private void addUpkeep(Page.Builder page) {
        BarPlot joining = BarPlot.of(
                "Until the network stands, per node",
                Axis.bytes("sent by each node"),
                "handshakes and pings",
                "publishing files");
        for (WayResult way : result.ways()) {
            joining = joining.bar(
                    way.way().label(), way.upkeep().joinBytes(), way.upkeep().publicationBytes());
        }
        page.section(
                "What holds it together",
                "Leaders must be told what their leaves share before they can answer for them. That is paid "
                        + "once, whatever is "
                        + "asked later; what it takes to keep links alive is paid all the time.",
                joining,
                SummaryTable.explained(result.ways(), SummaryTable.upkeep()));
    }

    private void addFailure(Page.Builder page) {
        page.section(
                "When " + VICTIM + " is killed",
                Words.capital(VICTIM) + " is a peer like all others in the flat network, one "
                        + "of " + options.supernodes()
                        + " leaders among the supernodes, and the directory itself. Its process ends without a "
                        + "word while "
                        + "queries go on, and its connections break. A machine that loses its power or its "
                        + "cable is missed "
                        + "later, after 45 seconds at most.\n\nFiles that only the dead node had do not count "
                        + "after its "
                        + "death.",
                course(
                        "Success of queries, by when they were asked",
                        Axis.share("success"),
                        bin -> bin.segment().success()),
                course(
                        "Recall of queries, by when they were asked",
                        Axis.share("recall"),
                        bin -> bin.segment().recall()),
                course("Upkeep of all nodes together", Axis.bytes("bytes a second"), WayResult.Bin::upkeepRate),
                SummaryTable.explained(result.ways(), SummaryTable.failure()));
    }

    /** A line for each way, level within each piece of time. */
    private LinePlot course(String title, Axis y, ToDoubleFunction<WayResult.Bin> value) {
        LinePlot plot = LinePlot.of(title, Axis.millis("since the kill"), y).marker(0, VICTIM + " is killed");
        for (WayResult way : result.ways()) {
            List<WayResult.Bin> bins = way.failure().bins();
            DoubleStream ends = DoubleStream.of(bins.get(bins.size() - 1).untilMillis());
            DoubleStream last = DoubleStream.of(value.applyAsDouble(bins.get(bins.size() - 1)));
            plot = plot.steps(
                    way.way().label(),
                    DoubleStream.concat(bins.stream().mapToDouble(WayResult.Bin::fromMillis), ends)
                            .toArray(),
                    DoubleStream.concat(bins.stream().mapToDouble(value), last).toArray());
            WayResult.Failure failure = way.failure();
            if (failure.orphans() > 0 && failure.isRepaired()) {
                plot = plot.span(0, failure.repairedMillis(), way.way().label() + " repair");
            }
        }
        return plot;
    }

    private ImmutableList<String> footer() {
        String links = result.ways().stream()
                .map(way -> way.way().label() + " " + Numbers.of(way.edges()) + " (" + way.topology() + ")")
                .collect(Collectors.joining(", "));
        return ImmutableList.of(
                "Every node runs Praline's own overlay engine. Links: " + links + ".",
                Words.count(result.files(), "file lies", "files lie") + " on the nodes in "
                        + Words.count(result.copies(), "copy", "copies")
                        + ", popular ones on many. Queries come as an open "
                        + "Poisson stream, " + Numbers.of(result.rate()) + " a second, and may travel "
                        + CompareOptions.TTL
                        + " hops. " + Numbers.of(result.queriesByHash()) + " of them ask by hash, the others by "
                        + "words; "
                        + Numbers.of(result.queriesForNothing())
                        + " ask for what no other node has. Who asks leads nobody in any network. As many "
                        + "queries again are "
                        + "asked in the second phase.",
                "Intervals are of 95 %, by the means of ten batches of queries.",
                "Praline " + ComparisonResult.VERSION + ", seed " + options.seed()
                        + ". Beside this page: result.json, compare.csv, queries.csv, load.csv, failure.csv.");
    }
}
