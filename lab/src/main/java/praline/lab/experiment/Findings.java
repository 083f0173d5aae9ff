package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import praline.lab.report.NumberStyle;
import praline.lab.report.Numbers;
import praline.node.overlay.DynamicQueryConfig;

/**
 * Says in words what a comparison shows. Every sentence is made of the numbers of this very run; whether things are
 * called the same, more or fewer follows from them. Flooding is what the others are compared with.
 */
final class Findings {

    /** Shares that differ by less are called the same. */
    private static final double SAME = 0.005;

    private final ComparisonResult result;
    private final WayResult flat;
    private final ImmutableList<WayResult> ways;
    /** All but the flat one. */
    private final ImmutableList<WayResult> led;

    private Findings(ComparisonResult result) {
        this.result = result;
        this.flat = result.of(Way.FLAT);
        this.ways = result.ways();
        this.led = ways.stream().filter(way -> way.way() != Way.FLAT).collect(ImmutableList.toImmutableList());
    }

    /** Paragraphs, each about one question. */
    static ImmutableList<String> of(ComparisonResult result) {
        Findings findings = new Findings(result);
        return ImmutableList.of(
                findings.cost(),
                findings.waste(),
                findings.answers(),
                findings.speed(),
                findings.load(),
                findings.upkeep(),
                findings.failure());
    }

    private String cost() {
        double most = messages(flat);
        return "Flooding sent " + Numbers.of(most) + " messages for each query. That is "
                + all(
                        led,
                        way -> times(most / messages(way)) + " as many as "
                                + way.way().manner() + " (" + Numbers.of(messages(way)) + ")")
                + ". In bytes, a query cost " + all(ways, way -> size(bytes(way)) + " " + manner(way)) + ".";
    }

    private String waste() {
        return percent(flat.cost().duplicateRatio())
                + " of the query messages that flooding sent were duplicates: they told a node what it knew already. "
                + Words.capital(led.stream().map(this::waste).collect(Collectors.joining("; "))) + ".";
    }

    private String waste(WayResult way) {
        double duplicates = way.cost().duplicates().mean();
        return duplicates == 0
                ? manner(way) + " there were none"
                : manner(way) + " it was " + percent(way.cost().duplicateRatio()) + ", which is "
                        + Numbers.of(duplicates)
                        + " messages for each query instead of "
                        + Numbers.of(flat.cost().duplicates().mean());
    }

    private String answers() {
        return sameOrAll(
                        way -> way.quality().recall().mean(),
                        "All ways found the same: %s of the nodes that had a matching file",
                        "Of the nodes that had a matching file, %s were found")
                + ", "
                + sameOrAll(
                        way -> way.quality().success().mean(),
                        "and an answer to %s of the queries that somebody could answer",
                        "and %s of the queries that somebody could answer had an answer")
                + ". "
                + sameOrAll(
                        way -> way.quality().coverage().mean(),
                        "Each way looked through the files of %s of the other nodes",
                        "The files of %s of the other nodes were looked through")
                + "." + enough();
    }

    /** Why query routing finds less, if it does. */
    private String enough() {
        DynamicQueryConfig.Targets targets = result.options().world().querying().targets();
        boolean findsLess = ways.stream()
                .anyMatch(way -> way.way() == Way.QUERY_ROUTING
                        && way.quality().recall().mean()
                                < flat.quality().recall().mean() - SAME);
        return findsLess
                ? " With query routing nobody is asked any more once there are " + targets.leaf()
                        + " results, or " + targets.leafByHash()
                        + " for a hash; and words of fewer than three letters are in no table."
                : "";
    }

    private String speed() {
        String where = result.options().world() == World.TCP
                ? " These are real connections inside one machine, where a hop takes next to no time; between machines "
                        + "the hops count."
                : "";
        return "Half of the first answers were there after "
                + all(
                        ways,
                        way -> millis(way.speed().firstMillis().p50()) + " and "
                                + Words.count((long) way.speed().hops().p50(), "hop", "hops") + " " + manner(way))
                + "; 95\u00A0% of them after "
                + all(ways, way -> millis(way.speed().firstMillis().p95()) + " " + manner(way)) + "." + where;
    }

    private String load() {
        return "If all nodes handled as many messages, each would handle " + percent(1.0 / flat.nodes())
                + " of them. The busiest one handled "
                + all(ways, way -> percent(way.load().topShare()) + " " + manner(way))
                + ". In messages a second that is " + all(ways, way -> Numbers.of(busiest(way)))
                + ", while an ordinary node, the median, handled " + all(ways, way -> Numbers.of(ordinary(way)))
                + ". Leaders spare the others work by doing it themselves.";
    }

    private String upkeep() {
        return "Leaders must be told what their leaves share, or which words are in it. "
                + "Until everything was known, that took "
                + all(led, way -> size(publication(way)) + " " + manner(way) + worth(way))
                + ". To keep links alive, a node then sent "
                + all(ways, way -> rate(way.upkeep().maintenanceRate()) + " " + manner(way))
                + (flat.upkeep().maintenanceRate() == 0
                        ? "; in a flat network the queries themselves show that a neighbour is there."
                        : ".");
    }

    /** After how many queries it had paid to publish. */
    private String worth(WayResult way) {
        double saved = bytes(flat) - bytes(way);
        return saved <= 0
                ? ""
                : " (saved again after " + Words.count((long) Math.ceil(publication(way) / saved), "query", "queries")
                        + ")";
    }

    private String failure() {
        return "Node " + ComparisonPlan.VICTIM + " was killed in all networks. "
                + ways.stream().map(Findings::failure).collect(Collectors.joining(" "));
    }

    private static String failure(WayResult way) {
        WayResult.Failure failure = way.failure();
        String before = percent(failure.before().success());
        if (failure.orphans() == 0) {
            return way.way().label() + " lost one peer of many: " + before + " of the queries had an answer before, "
                    + percent(failure.after().success()) + " afterwards.";
        }
        String lost =
                way.way().label() + ": " + Words.count(failure.orphans(), "leaf", "leaves") + " lost their leader; ";
        if (!failure.isRepaired()) {
            return lost + "there was no other, and from then on "
                    + percent(failure.during().success()) + " of the queries had an answer instead of " + before
                    + ".";
        }
        String meanwhile = failure.during().queries() == 0
                ? "No query was asked in between; recall was "
                : Words.count(failure.during().queries(), "query was", "queries were")
                        + " asked in between, with a recall of "
                        + percent(failure.during().recall()) + ", against ";
        return lost + "all had another after " + millis(failure.movedMillis())
                + ", and their files were known again after " + millis(failure.recordsMillis()) + ". " + meanwhile
                + percent(failure.before().recall()) + " before and "
                + percent(failure.after().recall())
                + " afterwards.";
    }

    /** {@code same} when the shares hardly differ, else {@code apart} with one for each way. */
    private String sameOrAll(ToDoubleFunction<WayResult> share, String same, String apart) {
        double most = ways.stream().mapToDouble(share).max().orElse(Double.NaN);
        double least = ways.stream().mapToDouble(share).min().orElse(Double.NaN);
        return most - least < SAME
                ? same.replace("%s", percent(share.applyAsDouble(flat)))
                : apart.replace(
                        "%s",
                        all(
                                ways.stream()
                                        .sorted(Comparator.comparingDouble(share)
                                                .reversed())
                                        .toList(),
                                way -> percent(share.applyAsDouble(way)) + " " + manner(way)));
    }

    /** {@code a, b and c}. */
    private static String all(List<WayResult> ways, Function<WayResult, String> text) {
        List<String> texts = ways.stream().map(text).toList();
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }

    private static String manner(WayResult way) {
        return way.way().manner();
    }

    private static double messages(WayResult way) {
        return way.cost().messages().mean();
    }

    private static double bytes(WayResult way) {
        return way.cost().bytes().mean();
    }

    /** Bytes that all nodes together sent to publish their files. */
    private static double publication(WayResult way) {
        return way.nodes() * way.upkeep().publicationBytes();
    }

    private static double busiest(WayResult way) {
        return way.load().byNode().stream()
                .mapToDouble(WayResult.NodeLoad::messages)
                .max()
                .orElse(Double.NaN);
    }

    private static double ordinary(WayResult way) {
        List<WayResult.NodeLoad> byLoad = way.load().byNode().stream()
                .sorted(Comparator.comparingDouble(WayResult.NodeLoad::messages))
                .toList();
        return byLoad.get((byLoad.size() - 1) / 2).messages();
    }

    private static String percent(double share) {
        return Numbers.of(share, NumberStyle.SHARE);
    }

    private static String size(double bytes) {
        return Numbers.of(bytes, NumberStyle.BYTES);
    }

    private static String rate(double bytesPerSecond) {
        return size(bytesPerSecond) + " a second";
    }

    private static String millis(double value) {
        return Numbers.of(value, NumberStyle.MILLIS);
    }

    private static String times(double factor) {
        return Numbers.of(factor) + " times";
    }
}
