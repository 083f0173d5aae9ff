package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.lab.sim.NetworkModel;
import praline.lab.sim.SimulationConfig;
import praline.node.library.ScanProgress;

/**
 * Runs the same files and the same queries through networks that search in different ways, and measures what each way
 * finds and costs. On TCP the networks run side by side; in virtual time one after the other.
 */
public final class Comparison {

    /** On TCP a query has ended when no message of it moved for so long (spec/praline.md section 6). */
    private static final double TCP_QUIET_MILLIS = 1_000;
    /** In virtual time: longer than any delay, and than a probe of neighbours waits for answers. */
    private static final double SIM_QUIET_MILLIS = 20_000;

    private final ComparisonPlan plan;
    private final ProgressListener progress;

    private Comparison(ComparisonPlan plan, ProgressListener progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Hears how far a comparison is, on any thread. */
    public interface ProgressListener {

        /** Hears nothing. */
        ProgressListener NONE = (way, share) -> {};

        /**
         * A way's run goes on.
         *
         * @param share of it that is over, 0 to 1
         */
        void onProgress(Way way, double share);

        /** Files are being looked for and hashed. */
        default void onScan(ScanProgress scan) {}

        /**
         * A file cannot be shared.
         *
         * @param path of the user's own file, not escaped
         */
        default void onUnshared(Path path, String why) {}
    }

    /**
     * Compares all ways. Takes as long as the queries take: on TCP, and unless there are more of them than usual, a
     * minute and a half.
     *
     * @throws praline.protocol.UserError if the folder cannot be shared, or this machine allows too few sockets
     */
    public static ComparisonResult run(CompareOptions options, ProgressListener progress) {
        long startNanos = System.nanoTime();
        ComparisonPlan plan = ComparisonPlan.of(options, ComparedFiles.of(options.share(), progress));
        Comparison comparison = new Comparison(plan, progress);
        ImmutableList<WayResult> ways = switch (options.world()) {
            case SIM -> comparison.inVirtualTime();
            case TCP -> comparison.onTcp();
        };
        double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return comparison.result(ways, seconds);
    }

    private ImmutableList<WayResult> inVirtualTime() {
        SimulationConfig config = SimulationConfig.synchronous(plan.options().seed())
                .withNetwork(NetworkModel.PerLink.INTERNET)
                .withBoundedLinks();
        ImmutableList.Builder<WayResult> results = ImmutableList.builder();
        plan.networks().forEach((way, network) -> {
            NetworkNotes notes = new NetworkNotes(network.nodeCount());
            try (LiveNetwork live = SimulatedNetwork.open(config, network, plan.content(), notes)) {
                results.add(play(way, live, notes, SIM_QUIET_MILLIS));
            }
        });
        return results.build();
    }

    private ImmutableList<WayResult> onTcp() {
        ExecutorService threads = Executors.newFixedThreadPool(plan.networks().size());
        try {
            List<Future<WayResult>> running = new ArrayList<>();
            plan.networks().forEach((way, network) -> running.add(threads.submit(onTcp(way, network))));
            ImmutableList.Builder<WayResult> results = ImmutableList.builder();
            for (Future<WayResult> result : running) {
                results.add(result.get());
            }
            return results.build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a comparison", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<WayResult> onTcp(Way way, NetworkPlan network) {
        return () -> {
            NetworkNotes notes = new NetworkNotes(network.nodeCount());
            try (LiveNetwork live = TcpNetwork.open(network, plan.content(), notes)) {
                return play(way, live, notes, TCP_QUIET_MILLIS);
            }
        };
    }

    private WayResult play(Way way, LiveNetwork live, NetworkNotes notes, double quietMillis) {
        NetworkPlan network = plan.network(way);
        NetworkRun run =
                new NetworkRun(plan, network, live, notes, quietMillis, share -> progress.onProgress(way, share));
        WayResult result = Measures.of(plan, way, run.play());
        progress.onProgress(way, 1);
        return result;
    }

    private ComparisonResult result(ImmutableList<WayResult> ways, double seconds) {
        List<PlannedQuery> steady = plan.queries().stream()
                .filter(query -> query.phase() == Phase.STEADY)
                .toList();
        return new ComparisonResult(
                plan.options(),
                plan.content().fileCount(),
                plan.content().copyCount(),
                (int) steady.stream().filter(PlannedQuery::isHashQuery).count(),
                (int) steady.stream().filter(query -> query.holders().isEmpty()).count(),
                plan.rate(),
                ways,
                new ComparisonResult.Timing(seconds));
    }
}
