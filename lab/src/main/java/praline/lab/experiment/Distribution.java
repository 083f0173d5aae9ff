package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Gives one file to many peers, by a server that sends each a copy and by a swarm, and measures how long both take
 * beside what is possible at all (spec/experiments.md E9, spec/bittorrent.md section 12). All peers begin at the same
 * moment, and time counts from there.
 */
public final class Distribution {

    private static final int WARM_UP_BYTES = 1 << 20;
    private static final int WARM_UP_PEERS = 3;

    private final DistributionOptions options;
    private final ProgressListener progress;
    private final int count;
    private int done;

    private Distribution(DistributionOptions options, ProgressListener progress) {
        this.options = options;
        this.progress = progress;
        this.count = Manner.values().length * options.peers().size();
    }

    /** Hears how far an experiment is, on any thread. */
    public interface ProgressListener {

        /** Hears nothing. */
        ProgressListener NONE = (done, count) -> {};

        /** So many of the runs are over. */
        void onRuns(int done, int count);
    }

    /**
     * Runs both manners for each number of peers. On TCP that takes as long as it takes; servers, who mostly wait, run
     * beside each other and beside one swarm at a time.
     */
    public static DistributionResult run(DistributionOptions options, ProgressListener progress) {
        long startNanos = System.nanoTime();
        Distribution distribution = new Distribution(options, progress);
        ImmutableList<DistributionRun> runs = switch (options.world()) {
            case SIM -> distribution.inVirtualTime();
            case TCP -> distribution.onTcp();
        };
        double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return new DistributionResult(options, runs, seconds);
    }

    private ImmutableList<DistributionRun> inVirtualTime() {
        ImmutableList.Builder<DistributionRun> runs = ImmutableList.builder();
        for (int peers : options.peers()) {
            for (Manner manner : Manner.values()) {
                runs.add(measure(new SimulatedHandout(), manner, peers));
            }
        }
        return runs.build();
    }

    private ImmutableList<DistributionRun> onTcp() {
        warmUp();
        ExecutorService servers = Executors.newFixedThreadPool(options.peers().size());
        ExecutorService swarms = Executors.newSingleThreadExecutor();
        try {
            List<Future<DistributionRun>> running = new ArrayList<>();
            for (int peers : options.peers()) {
                for (Manner manner : Manner.values()) {
                    ExecutorService threads = manner == Manner.SWARM ? swarms : servers;
                    running.add(threads.submit(() -> measure(new TcpHandout(), manner, peers)));
                }
            }
            ImmutableList.Builder<DistributionRun> runs = ImmutableList.builder();
            for (Future<DistributionRun> run : running) {
                runs.add(run.get());
            }
            return runs.build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a distribution", e);
        } finally {
            servers.shutdownNow();
            swarms.shutdownNow();
        }
    }

    /** A small file to a few, so that what a young Java machine loses is not measured. */
    private void warmUp() {
        DistributionOptions small =
                options.withFile(WARM_UP_BYTES, options.pieceLength()).withRates(WARM_UP_BYTES, WARM_UP_BYTES);
        for (Manner manner : Manner.values()) {
            new TcpHandout().handOut(manner, new HandoutPlan(small, WARM_UP_PEERS));
        }
    }

    private DistributionRun measure(HandoutWorld world, Manner manner, int peers) {
        Handout seen = world.handOut(manner, new HandoutPlan(options, peers));
        over();
        return DistributionRun.of(options, manner, peers, seen);
    }

    private synchronized void over() {
        progress.onRuns(++done, count);
    }
}
