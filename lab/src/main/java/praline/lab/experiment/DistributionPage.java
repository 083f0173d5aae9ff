package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import praline.lab.report.Axis;
import praline.lab.report.CdfPlot;
import praline.lab.report.LinePlot;
import praline.lab.report.NumberStyle;
import praline.lab.report.Numbers;
import praline.lab.report.Page;
import praline.lab.sim.Capacity;

/** A distribution as a page that a person understands without a manual. */
final class DistributionPage {

    /** So many that the bounds are drawn as lines, not as points. */
    private static final int BOUND_POINTS = 200;

    private final DistributionResult result;
    private final DistributionOptions options;

    private DistributionPage(DistributionResult result) {
        this.result = result;
        this.options = result.options();
    }

    static Page of(DistributionResult result) {
        return new DistributionPage(result).page();
    }

    /** What was done, in a sentence or two. */
    static String subtitle(DistributionOptions options) {
        String down = options.peerDown() == Capacity.UNBOUNDED
                ? ""
                : " and takes " + size(options.peerDown()) + " a second at most";
        String where = options.world() == World.TCP
                ? options.world().circumstance()
                : "in virtual time, where a hop takes " + options.delayMillis() + " ms";
        return "A file of " + size(options.size()) + ", in pieces of " + size(options.pieceLength())
                + " where it goes by pieces. The server gives " + size(options.serverUp())
                + " a second, each peer gives " + size(options.peerUp()) + " a second" + down + "; " + where + ". Seed "
                + options.seed() + ".";
    }

    /** What must be known before any number is believed. */
    static ImmutableList<String> warnings(DistributionResult result) {
        return result.runs().stream()
                .filter(run -> Double.isNaN(run.lastMillis()))
                .map(run -> "With " + run.peers() + " peers, " + run.manner().id()
                        + ": somebody had not got the file when the run was given up.")
                .collect(ImmutableList.toImmutableList());
    }

    /** Sentences made of the numbers of this very run. */
    static ImmutableList<String> findings(DistributionResult result) {
        DistributionRun server = last(result.of(Manner.CLIENT_SERVER));
        DistributionRun swarm = last(result.of(Manner.SWARM));
        return ImmutableList.of(
                "With " + swarm.peers() + " peers the last one had the file after " + millis(swarm.lastMillis())
                        + " from the swarm and after " + millis(server.lastMillis()) + " from the server: "
                        + Numbers.of(server.lastMillis() / swarm.lastMillis()) + " times as long.",
                "The swarm needed " + spread(result.of(Manner.SWARM)) + " times the time below which nobody can get, "
                        + "the server " + spread(result.of(Manner.CLIENT_SERVER)) + " times its own.",
                "Among " + swarm.peers() + " peers the server's uplink carried "
                        + Words.count(Math.round(server.serverCopies()), "copy", "copies") + " alone, and "
                        + Numbers.of(swarm.serverCopies()) + " when peers passed on what they had; their own uplinks "
                        + "were used to " + share(swarm.peerUse()) + ".");
    }

    private Page page() {
        DistributionRun server = last(result.of(Manner.CLIENT_SERVER));
        DistributionRun swarm = last(result.of(Manner.SWARM));
        Page.Builder page = Page.titled("One file to many: a server and a swarm");
        page.subtitle(subtitle(options));
        warnings(result).forEach(page::warning);
        page.keyFigure(
                "Client-server", millis(server.lastMillis()), "until the last of " + server.peers() + " peers has it");
        page.keyFigure("Swarm", millis(swarm.lastMillis()), "until the last of " + swarm.peers() + " peers has it");
        page.keyFigure(
                "Swarm / bound", Numbers.of(swarm.ratio()), "1 is perfect: no uplink idle, nothing sent in vain");
        findings(result).forEach(page::finding);
        page.section(
                "How long it takes",
                "A server must send every copy itself, so its time grows with the number of peers. In a swarm every "
                        + "peer brings an uplink of its own. The bounds are those of bytes that flow like water (Kumar "
                        + "and Ross 2006): with N peers, N times the size over the server's rate, or the size over "
                        + "the slowest downlink, whichever is more; in a swarm the size over the server's rate, or "
                        + "N times the size over the rates of all together. Pieces cost something on top: only a "
                        + "whole piece can be passed on.",
                times(),
                DistributionTables.summary(result));
        page.section(
                "When each peer has it",
                "All peers begin at the same moment. From a server they all finish late; in a swarm, too, nobody is "
                        + "done much before the others.",
                finishes(server, swarm));
        define(page);
        page.command(options.command());
        page.footer("Every node runs Praline's own engines. Praline " + ComparisonResult.VERSION + ", seed "
                + options.seed() + ". Beside this page: result.json, distribution.csv, peers.csv.");
        return page.build();
    }

    /** The plot of the textbook: lines for what is possible, points for what was measured. */
    private LinePlot times() {
        int most = options.peers().stream().mapToInt(Integer::intValue).max().orElse(1);
        double[] counts = IntStream.rangeClosed(0, BOUND_POINTS)
                .mapToDouble(i -> 1 + (Math.max(most, 2) - 1) * (double) i / BOUND_POINTS)
                .toArray();
        LinePlot plot =
                LinePlot.of("Minimum distribution time", Axis.of("peers"), Axis.millis("until the last has it"));
        for (Manner manner : Manner.values()) {
            double[] bounds = Arrays.stream(counts)
                    .map(count -> manner.boundMillis(options, count))
                    .toArray();
            plot = plot.line(manner.id() + ", bound", counts, bounds);
        }
        for (Manner manner : Manner.values()) {
            List<DistributionRun> runs = result.of(manner);
            String name = manner.id() + ", measured";
            plot = plot.line(
                    name,
                    runs.stream().mapToDouble(DistributionRun::peers).toArray(),
                    runs.stream().mapToDouble(DistributionRun::lastMillis).toArray());
        }
        return plot;
    }

    private static CdfPlot finishes(DistributionRun server, DistributionRun swarm) {
        CdfPlot plot = CdfPlot.of("Peers that have the file", Axis.millis("since all began"));
        for (DistributionRun run : List.of(server, swarm)) {
            double[] finished = run.byPeer().stream()
                    .mapToDouble(DistributionRun.Peer::finishedMillis)
                    .filter(Double::isFinite)
                    .toArray();
            plot = plot.sample(run.manner().id(), finished, run.peers() - finished.length);
        }
        return plot;
    }

    private static void define(Page.Builder page) {
        page.definition("bound", "No way of this manner is faster, however clever.");
        page.definition("last / bound", "How many times the bound it took until the last peer had the file.");
        page.definition("copies sent by the server", "What it sent in all, over the size of the file.");
        page.definition(
                "uplinks used", "What they carried until the end, over what they could have carried in that time.");
        page.definition("copies wasted", "What came twice or was wrong, over the size of the file.");
        page.definition("fairness", "Jain's index over what peers gave: 1 if all gave alike.");
    }

    private static DistributionRun last(List<DistributionRun> runs) {
        return runs.get(runs.size() - 1);
    }

    private static String spread(List<DistributionRun> runs) {
        double least = runs.stream().mapToDouble(DistributionRun::ratio).min().orElse(Double.NaN);
        double most = runs.stream().mapToDouble(DistributionRun::ratio).max().orElse(Double.NaN);
        String low = Numbers.of(least);
        String high = Numbers.of(most);
        return low.equals(high) ? low : low + " to " + high;
    }

    private static String size(long bytes) {
        return Numbers.of((double) bytes, NumberStyle.BYTES);
    }

    private static String millis(double value) {
        return Numbers.of(value, NumberStyle.MILLIS);
    }

    private static String share(double value) {
        return Numbers.of(value, NumberStyle.SHARE);
    }
}
