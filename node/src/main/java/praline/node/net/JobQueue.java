package praline.node.net;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Failed;
import praline.node.engine.JobResult.Problem;
import praline.node.engine.LimitHits;

/**
 * Carries the jobs of one node to a worker and their results back. They are done in the order in which they came, so
 * that a file is finished after its last block was stored. The queue is bounded by number and by bytes
 * (spec/hardening.md D7).
 */
final class JobQueue {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final String THREADS = "praline-disk";
    private static final int THREAD_COUNT = 2;
    /** A disk may be slow; after so long a worker is worth a warning. */
    private static final long PATIENCE_MINUTES = 5;

    private final NetLimits.Net limits;
    private final JobRunner runner;
    private final LimitHits hits;
    private final Consumer<Runnable> later;
    private final WorkerExecutor worker;
    private int waiting;
    private long bytesWaiting;

    /** {@code later} enters the node from any thread, in the order of its calls. */
    JobQueue(Vertx vertx, NetLimits.Net limits, JobRunner runner, LimitHits hits, Consumer<Runnable> later) {
        this.limits = limits;
        this.runner = runner;
        this.hits = hits;
        this.later = later;
        // One pool for all nodes of this process; each node's own executor keeps its jobs in order.
        this.worker = vertx.createSharedWorkerExecutor(THREADS, THREAD_COUNT, PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** Has {@code job} done; {@code answer} is entered once, later. */
    void submit(Job job, Consumer<JobResult> answer) {
        int size = sizeOf(job);
        if (waiting >= limits.jobs() || bytesWaiting + size > limits.jobBytes()) {
            hits.hit(waiting >= limits.jobs() ? "limits.net.jobs" : "limits.net.jobBytes");
            later.accept(() -> answer.accept(new Failed(Problem.IO_ERROR, "too much waits for the disk already")));
            return;
        }
        waiting++;
        bytesWaiting += size;
        // The worker itself posts the result: the handlers of a future that is done before they are set would overtake.
        worker.executeBlocking(() -> {
            JobResult result = resultOf(job);
            later.accept(() -> {
                waiting--;
                bytesWaiting -= size;
                answer.accept(result);
            });
            return result;
        });
    }

    private JobResult resultOf(Job job) {
        try {
            return runner.run(job);
        } catch (RuntimeException | AssertionError bug) {
            LOG.error("a job broke: {}", job, bug);
            return new Failed(Problem.IO_ERROR, "internal error");
        }
    }

    void close() {
        worker.close();
    }

    private static int sizeOf(Job job) {
        return job instanceof Job.StoreBlock store ? store.block().size() : 0;
    }
}
