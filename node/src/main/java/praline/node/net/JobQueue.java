package praline.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Failed;
import praline.node.engine.JobResult.Problem;
import praline.node.engine.LimitHits;
import praline.protocol.Sha1;

/**
 * Carries the jobs of one node to the workers and their results back.
 *
 * <p>What is asked about one download or torrent is done in the order of asking, so that a file is finished after its
 * last block was stored; only pieces of one torrent, each of which stands for itself, are hashed and written side by
 * side. The queue is bounded by number and by bytes (spec/hardening.md D7); long before it is full it {@link #lags},
 * and whoever brings it work had better wait.
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
    private final Entrance later;
    private final WorkerExecutor worker;
    /** The downloads and torrents that are being worked on. */
    private final Map<Sha1, JobLine> lines = new LinkedHashMap<>(4);

    private int waiting;
    private long bytesWaiting;
    private boolean lags;

    JobQueue(Vertx vertx, NetLimits.Net limits, NodeDisk disk, LimitHits hits, Entrance later) {
        this.limits = limits;
        this.disk = disk;
        this.hits = hits;
        this.later = later;
        // One pool for all nodes of this process.
        this.worker = vertx.createSharedWorkerExecutor(THREADS, THREAD_COUNT, PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** Where a worker hands its result in. */
    interface Entrance {

        /** Enters the node from any thread, in the order of the calls; after its end {@code ifEnded} runs instead. */
        void enter(Runnable task, Runnable ifEnded);
    }

    /** A job on its way, and who waits for it. */
    private record Errand(Job job, int size, Consumer<JobResult> answer) {}

    /** Has {@code job} done; {@code answer} is entered once, later. */
    void submit(Job job, Consumer<JobResult> answer) {
        Errand errand = new Errand(job, sizeOf(job), answer);
        String full = full(errand.size);
        if (full != null) {
            hits.hit(full);
            release(job);
            enter(() -> answer.accept(new Failed(Problem.IO_ERROR, "too much waits for the disk already")));
            return;
        }
        waiting++;
        bytesWaiting += errand.size;
        lags |= bytesWaiting > limits.jobBytes() / 2 || waiting > limits.jobs() / 2;
        Sha1 subject = subjectOf(job);
        if (subject == null) {
            start(errand);
            return;
        }
        JobLine line = lines.computeIfAbsent(subject, nobody -> new JobLine());
        line.add(() -> start(errand), isApart(job));
    }

    /** Whether so much waits that no more should be brought, until most of it is done. */
    boolean lags() {
        return lags;
    }

    boolean isIdle() {
        return waiting == 0;
    }

    /**
     * Has frames read for a link; {@code then} is entered later with the bytes, which it releases, or with null if they
     * cannot be read.
     */
    void read(FrameCodec.Reading reading, Consumer<@Nullable ByteBuf> then) {
        worker.executeBlocking(
                () -> {
                    ByteBuf bytes = bytesOf(reading);
                    later.enter(() -> then.accept(bytes), () -> {
                        if (bytes != null) {
                            bytes.release();
                        }
                    });
                    return reading;
                },
                false);
    }

    void close() {
        worker.close();
    }

    private void start(Errand errand) {
        // The worker itself posts the result: the handlers of a future that is done before they are set would overtake.
        worker.executeBlocking(
                () -> {
                    JobResult result = resultOf(errand.job);
                    enter(() -> onDone(errand, result));
                    return result;
                },
                false);
    }

    private void onDone(Errand errand, JobResult result) {
        waiting--;
        bytesWaiting -= errand.size;
        lags &= bytesWaiting > limits.jobBytes() / 4 || waiting > limits.jobs() / 4;
        Sha1 subject = subjectOf(errand.job);
        JobLine line = subject == null ? null : lines.get(subject);
        if (line != null && line.endOne()) {
            lines.remove(subject);
        }
        errand.answer.accept(result);
    }

    /** The limit that has no room for a job of {@code size} bytes; null: there is room. A single piece always has. */
    private @Nullable String full(int size) {
        if (waiting >= limits.jobs()) {
            return "limits.net.jobs";
        }
        return bytesWaiting > 0 && bytesWaiting + size > limits.jobBytes() ? "limits.net.jobBytes" : null;
    }

    private JobResult resultOf(Job job) {
        try {
            return disk.run(job);
        } catch (RuntimeException | AssertionError bug) {
            LOG.error("a job broke: {}", job, bug);
            return new Failed(Problem.IO_ERROR, "internal error");
        }
    }

    /** Outside the heap, because from there the bytes go to the socket without being copied again. */
    private static @Nullable ByteBuf bytesOf(FrameCodec.Reading reading) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(reading.size());
        try {
            reading.into(bytes);
            return bytes;
        } catch (IOException unreadable) {
            LOG.info("a shared file cannot be read: {}", unreadable.toString());
        } catch (RuntimeException | AssertionError bug) {
            LOG.error("reading broke: {}", reading, bug);
        }
        bytes.release();
        return null;
    }

    private void enter(Runnable task) {
        later.enter(task, () -> {});
    }

    /** Null: the job may overtake all others. */
    private static @Nullable Sha1 subjectOf(Job job) {
        if (job instanceof Job.StorePiece store) {
            return store.torrent();
        }
        if (job instanceof Job.CheckPiece check) {
            return check.torrent();
        }
        if (job instanceof Job.OpenTorrent open) {
            return open.torrent().infohash();
        }
        if (job instanceof Job.FinishTorrent finish) {
            return finish.torrent();
        }
        if (job instanceof Job.RenewTorrent renew) {
            return renew.torrent();
        }
        if (job instanceof Job.FindTorrent find) {
            return find.torrent();
        }
        if (job instanceof Job.CloseTorrent close) {
            return close.torrent();
        }
        return downloadOf(job);
    }

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

    /** Whether {@code job} stands for itself, so that others of its kind may be done beside it. */
    private static boolean isApart(Job job) {
        return job instanceof Job.StorePiece || job instanceof Job.CheckPiece;
    }

    private static int sizeOf(Job job) {
        if (job instanceof Job.StorePiece store) {
            return store.blocks().stream().mapToInt(Block::size).sum();
        }
        return job instanceof Job.StoreBlock store ? store.block().size() : 0;
    }

    private static void release(Job job) {
        if (job instanceof Job.StorePiece store) {
            store.blocks().forEach(Block::release);
        } else if (job instanceof Job.StoreBlock store) {
            store.block().release();
        }
    }
}
