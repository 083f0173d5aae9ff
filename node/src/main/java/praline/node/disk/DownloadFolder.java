package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.transfer.TransferLimits;
import praline.protocol.Sha1;

/**
 * The unfinished downloads of a node, in a folder of its state, each under the name of its hash. It begins one only
 * when all of them together fit (spec/hardening.md D5, D6): setting a file's length would prove nothing.
 */
final class DownloadFolder implements AutoCloseable {

    private final Budget budget;
    private final Path folder;
    private final FinalFolder finished;
    private final TransferLimits.Download limits;
    private final Map<Sha1, PartialFile> open = new ConcurrentSkipListMap<>();

    DownloadFolder(Budget budget, FinalFolder finished, TransferLimits.Download limits) {
        this.budget = budget;
        this.folder = budget.room().folder();
        this.finished = finished;
        this.limits = limits;
        budget.add(this::missing);
    }

    synchronized JobResult open(Job.OpenDownload job) throws IOException {
        PartialFile partial = open.get(job.sha1());
        if (partial != null) {
            budget.require(0);
            return new JobResult.Opened(partial.present(), partial.size());
        }
        Optional<PartialRecord.Extent> earlier = new PartialRecord(folder, job.sha1()).read();
        if (earlier.isEmpty() && job.size() == Job.SIZE_UNKNOWN) {
            return new JobResult.Opened(0, Job.SIZE_UNKNOWN);
        }
        PartialFile begun = earlier.isPresent() ? resume(job.sha1(), earlier.get()) : create(job.sha1(), job.size());
        open.put(job.sha1(), begun);
        return new JobResult.Opened(begun.present(), begun.size());
    }

    JobResult store(Job.StoreBlock job) throws IOException {
        if (!(job.block() instanceof ByteBlock block)) {
            throw new IllegalStateException("a block without bytes cannot be stored: " + job.block());
        }
        int size = block.size();
        try {
            opened(job.sha1()).write(job.offset(), block.bytes());
        } catch (IOException e) {
            throw budget.explained(e);
        } finally {
            block.release();
        }
        budget.wrote(size);
        return new JobResult.Stored(size);
    }

    JobResult finish(Job.FinishDownload job) throws IOException {
        PartialFile partial = opened(job.sha1());
        partial.record();
        if (partial.missing() > 0 || !partial.hash().equals(job.sha1())) {
            discard(job.sha1());
            return new JobResult.Failed(
                    JobResult.Problem.WRONG_HASH, "the bytes that came are not urn:sha1:" + job.sha1());
        }
        Path path = finished.take(partial.data(), partial.size(), job.remoteName(), job.sha1());
        discard(job.sha1());
        return new JobResult.Finished(path.toString());
    }

    JobResult close(Sha1 sha1) throws IOException {
        PartialFile partial = open.remove(sha1);
        if (partial != null) {
            try (partial) {
                partial.record();
            }
        }
        return new JobResult.Closed();
    }

    JobResult discard(Sha1 sha1) throws IOException {
        PartialFile partial = open.remove(sha1);
        if (partial != null) {
            partial.close();
        }
        PartialFile.delete(folder, sha1);
        return new JobResult.Closed();
    }

    /** Brings every download to the disk and lets go of it (D4). */
    @Override
    public synchronized void close() throws IOException {
        while (!open.isEmpty()) {
            close(open.keySet().iterator().next());
        }
    }

    private PartialFile resume(Sha1 sha1, PartialRecord.Extent extent) throws IOException {
        budget.require(extent.size() - extent.safe());
        finished.requireRoom(folder, extent.size(), limits.diskReserve());
        return PartialFile.resume(folder, sha1, extent, limits.syncMillis());
    }

    private PartialFile create(Sha1 sha1, long size) throws IOException {
        budget.require(size);
        finished.requireRoom(folder, size, limits.diskReserve());
        try {
            return PartialFile.create(folder, sha1, size, limits.syncMillis());
        } catch (IOException e) {
            throw budget.explained(e);
        }
    }

    private PartialFile opened(Sha1 sha1) throws IOException {
        PartialFile partial = open.get(sha1);
        if (partial == null) {
            throw new IOException("the download urn:sha1:" + sha1 + " is not open");
        }
        return partial;
    }

    private long missing() {
        return open.values().stream().mapToLong(PartialFile::missing).sum();
    }
}
