package praline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.Json;
import praline.lab.experiment.CompareOptions;
import praline.lab.experiment.Comparison;
import praline.lab.experiment.ComparisonReport;
import praline.lab.experiment.ComparisonResult;
import praline.lab.experiment.Way;
import praline.lab.experiment.World;
import praline.node.library.ScanProgress;
import praline.node.overlay.SearchMode;
import praline.protocol.text.Printable;

/**
 * {@code praline compare}: what flooding, leaders and a directory cost and find, on the same files and queries; or how
 * long a server and a swarm take to give one file to many.
 */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Run the same files and the same queries through four networks (flat flooding, supernodes with an index,",
            "supernodes with query routing, one directory), kill a leader in mid-run, and show what each way finds",
            "and costs. With --distribution, give one file to many peers, by a server and by a swarm, and show how",
            "long both take."
        })
final class CompareCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Option(names = "--nodes", paramLabel = "N", description = "In each network (default: ${DEFAULT-VALUE}).")
    private int nodes = CompareOptions.DEFAULT.nodes();

    @Option(
            names = "--supernodes",
            paramLabel = "S",
            description = "Of them, in the networks that have leaders (default: ${DEFAULT-VALUE}).")
    private int supernodes = CompareOptions.DEFAULT.supernodes();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            split = ",",
            converter = LowerCase.Modes.class,
            completionCandidates = LowerCase.Modes.class,
            description = "How supernodes find their leaves' files, a network for each: ${COMPLETION-CANDIDATES}"
                    + " (default: both).")
    private List<SearchMode> modes = CompareOptions.DEFAULT.modes().asList();

    @Option(names = "--queries", paramLabel = "Q", description = "In each phase (default: ${DEFAULT-VALUE}).")
    private int queries = CompareOptions.DEFAULT.queries();

    @Option(names = "--seed", paramLabel = "N", description = "Of every chance (default: ${DEFAULT-VALUE}).")
    private long seed = CompareOptions.DEFAULT.seed();

    @Option(
            names = "--on",
            paramLabel = "tcp|sim",
            converter = LowerCase.Worlds.class,
            completionCandidates = LowerCase.Worlds.class,
            description = "Real nodes on real TCP, or virtual time (default: tcp).")
    private World world = CompareOptions.DEFAULT.world();

    @Option(
            names = "--share",
            paramLabel = "DIR",
            description = "Folder whose files are spread over the nodes (default: free texts that come with Praline).")
    private @Nullable Path share;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for report.html, result.json and the tables (default: praline-results/compare,"
                    + " or praline-results/distribution).")
    private @Nullable Path out;

    @Option(
            names = "--allow-limit",
            paramLabel = "KEY",
            description = "A limit that may act without making the comparison fail; may be given several times.")
    private List<String> allowedLimits = List.of();

    @ArgGroup(exclusive = false, heading = "%nOne file to many:%n")
    private @Nullable DistributionChoices distribution;

    @Override
    public Integer call() throws JsonProcessingException {
        return distribution == null
                ? compare(praline.output(), folder("compare"))
                : distribution.run(praline.output(), world, seed, folder("distribution"));
    }

    private Path folder(String usual) {
        return out == null ? Path.of("praline-results", usual) : out;
    }

    private int compare(Output output, Path folder) throws JsonProcessingException {
        CompareOptions options = new CompareOptions(
                nodes,
                supernodes,
                ImmutableSet.copyOf(modes),
                queries,
                seed,
                world,
                share,
                ImmutableSet.copyOf(allowedLimits));
        ComparisonResult result = Comparison.run(options, new Bar(output));
        output.clearProgress();
        ComparisonReport.write(result, folder);
        if (output.isJson()) {
            output.json(Json.MAPPER.readTree(ComparisonReport.json(result)));
        } else {
            ComparisonReport.text(result).lines().forEach(output::line);
        }
        output.note("The report is " + folder.resolve(ComparisonReport.PAGE));
        return result.limitsHit().isEmpty() ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED;
    }

    /** One progress line for all networks. */
    private static final class Bar implements Comparison.ProgressListener {
        private final Output output;
        private final Map<Way, Double> shares = new EnumMap<>(Way.class);

        Bar(Output output) {
            this.output = output;
        }

        @Override
        public synchronized void onProgress(Way way, double share) {
            shares.put(way, share);
            double least =
                    shares.values().stream().mapToDouble(each -> each).min().orElse(0);
            output.progress("comparing, " + Math.round(100 * least) + "%");
        }

        @Override
        public synchronized void onScan(ScanProgress scan) {
            output.progress("hashing " + scan.filesDone() + " of " + scan.filesTotal() + " files");
        }

        @Override
        public synchronized void onUnshared(Path path, String why) {
            output.note("not shared: " + Printable.of(path.toString()) + ": " + why);
        }
    }
}
