package praline.node.net;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Failed;
import praline.node.engine.JobResult.Problem;
import praline.node.engine.LimitHits;
import praline.protocol.Sha1;

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
    private final NodeDisk disk;
    private final LimitHits hits;
    private final Consumer<Runnable> later;
    private final WorkerExecutor worker;
    /** The downloads that are being worked on, and what waits behind that. */
    private final Map<Sha1, Queue<Errand>> byDownload = new LinkedHashMap<>(4);

    private int waiting;
    private long bytesWaiting;

    /** {@code later} enters the node from any thread, in the order of its calls. */
    JobQueue(Vertx vertx, NetLimits.Net limits, NodeDisk disk, LimitHits hits, Consumer<Runnable> later) {
        this.limits = limits;
        this.disk = disk;
        this.hits = hits;
        this.later = later;
        // One pool for all nodes of this process.
        this.worker = vertx.createSharedWorkerExecutor(THREADS, THREAD_COUNT, PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** A job on its way, and who waits for it. */
    private record Errand(Job job, int size, Consumer<JobResult> answer) {}

    /** Has {@code job} done; {@code answer} is entered once, later. */
    void submit(Job job, Consumer<JobResult> answer) {
        Errand errand = new Errand(job, sizeOf(job), answer);
        if (waiting >= limits.jobs() || bytesWaiting + errand.size > limits.jobBytes()) {
            hits.hit(waiting >= limits.jobs() ? "limits.net.jobs" : "limits.net.jobBytes");
            later.accept(() -> answer.accept(new Failed(Problem.IO_ERROR, "too much waits for the disk already")));
            return;
        }
        waiting++;
        bytesWaiting += errand.size;
        Sha1 download = downloadOf(job);
        if (download == null) {
            start(errand);
            return;
        }
        Queue<Errand> line = byDownload.get(download);
        if (line != null) {
            line.add(errand);
        } else {
            byDownload.put(download, new ArrayDeque<>(4));
            start(errand);
        }
    }

    boolean isIdle() {
        return waiting == 0;
    }

    private void start(Errand errand) {
        // The worker itself posts the result: the handlers of a future that is done before they are set would overtake.
        worker.executeBlocking(
                () -> {
                    JobResult result = resultOf(errand.job);
                    later.accept(() -> onDone(errand, result));
                    return result;
                },
                false);
    }

    private void onDone(Errand errand, JobResult result) {
        waiting--;
        bytesWaiting -= errand.size;
        Sha1 download = downloadOf(errand.job);
        if (download != null) {
            startNext(download);
        }
        errand.answer.accept(result);
    }

    private void startNext(Sha1 download) {
        Queue<Errand> line = byDownload.get(download);
        Errand next = line == null ? null : line.poll();
        if (next != null) {
            start(next);
        } else {
            byDownload.remove(download);
        }
    }

    /** Has bytes read for a link; {@code then} is entered later, with null if they cannot be read. */
    void read(FrameCodec.Reading reading, Consumer<byte @Nullable []> then) {
        worker.executeBlocking(
                () -> {
                    byte @Nullable [] bytes = bytesOf(reading);
                    later.accept(() -> then.accept(bytes));
                    return reading;
                },
                false);
    }

    private static byte @Nullable [] bytesOf(FrameCodec.Reading reading) {
        try {
            return reading.bytes();
        } catch (IOException unreadable) {
            LOG.info("a shared file cannot be read: {}", unreadable.toString());
            return null;
        }
    }

    private JobResult resultOf(Job job) {
        try {
            return disk.run(job);
        } catch (RuntimeException | AssertionError bug) {
            LOG.error("a job broke: {}", job, bug);
            return new Failed(Problem.IO_ERROR, "internal error");
        }
    }

    void close() {
        worker.close();
    }

    /** Null: the job may overtake all others. */
    private static @Nullable Sha1 downloadOf(Job job) {
        if (job instanceof Job.OpenDownload open) {
            return open.sha1();
        }
        if (job instanceof Job.StoreBlock store) {
            return store.sha1();
        }
        if (job instanceof Job.FinishDownload finish) {
            return finish.sha1();
        }
        if (job instanceof Job.CloseDownload close) {
            return close.sha1();
        }
        return job instanceof Job.DiscardDownload discard ? discard.sha1() : null;
    }

    private static int sizeOf(Job job) {
        return job instanceof Job.StoreBlock store ? store.block().size() : 0;
    }
}
