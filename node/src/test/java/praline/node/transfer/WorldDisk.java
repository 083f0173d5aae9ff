package praline.node.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.protocol.Sha1;

/**
 * A disk without bytes. It knows of each download how far it has come and whether all of it is right, refuses what is
 * stored twice, and runs out of room when a test says so.
 */
final class WorldDisk {

    /** The true sizes of the contents that exist. */
    final Map<Sha1, Long> truth = new TreeMap<>();

    /** Names as they were asked for, in the order of finishing. */
    final List<String> finished = new ArrayList<>();

    /** Bytes that may still be written. */
    long room = Long.MAX_VALUE;

    int discards;
    private final Map<Sha1, Partial> partials = new TreeMap<>();

    private static final class Partial {
        private final long size;
        private long present;
        private boolean isWrong;
        private boolean isOpen;

        Partial(long size) {
            this.size = size;
        }
    }

    JobResult run(Job job) {
        if (job instanceof Job.OpenDownload open) {
            return open(open);
        } else if (job instanceof Job.StoreBlock store) {
            return store(store);
        } else if (job instanceof Job.FinishDownload finish) {
            return finish(finish);
        } else if (job instanceof Job.CloseDownload close) {
            Partial partial = partials.get(close.sha1());
            if (partial != null) {
                partial.isOpen = false;
            }
            return new JobResult.Closed();
        } else if (job instanceof Job.DiscardDownload discard) {
            discards++;
            partials.remove(discard.sha1());
            return new JobResult.Closed();
        } else if (job instanceof Job.CheckShared check) {
            return ((WorldPlace) check.place()).isChanged
                    ? new JobResult.Failed(Problem.CHANGED, "changed")
                    : new JobResult.Unchanged();
        }
        throw new IllegalStateException("unknown job " + job);
    }

    long present(Sha1 sha1) {
        @Nullable Partial partial = partials.get(sha1);
        return partial == null ? 0 : partial.present;
    }

    boolean isEmpty() {
        return partials.isEmpty();
    }

    private JobResult open(Job.OpenDownload job) {
        Partial partial = partials.get(job.sha1());
        if (partial == null && job.size() == Job.SIZE_UNKNOWN) {
            return new JobResult.Opened(0, Job.SIZE_UNKNOWN);
        }
        if (room == 0) {
            return new JobResult.Failed(Problem.DISK_FULL, "disk full");
        }
        if (partial == null) {
            partial = new Partial(job.size());
            partials.put(job.sha1(), partial);
        }
        partial.isOpen = true;
        return new JobResult.Opened(partial.present, partial.size);
    }

    private JobResult store(Job.StoreBlock job) {
        WorldBlock block = (WorldBlock) job.block();
        block.release();
        Partial partial = partials.get(job.sha1());
        if (partial == null || !partial.isOpen) {
            return new JobResult.Failed(Problem.IO_ERROR, "not open");
        }
        if (block.size() > room) {
            room = 0;
            return new JobResult.Failed(Problem.DISK_FULL, "disk full");
        }
        if (job.offset() < partial.present) {
            throw new AssertionError(
                    "byte " + job.offset() + " is stored again, and " + partial.present + " are there");
        }
        if (job.offset() > partial.present) {
            return new JobResult.Stored(block.size());
        }
        room -= block.size();
        partial.present += block.size();
        partial.isWrong |= block.content() != 0 || block.offset() != job.offset();
        return new JobResult.Stored(block.size());
    }

    private JobResult finish(Job.FinishDownload job) {
        Partial partial = partials.remove(job.sha1());
        if (partial == null || partial.present != truth.get(job.sha1()) || partial.isWrong) {
            return new JobResult.Failed(Problem.WRONG_HASH, "wrong bytes");
        }
        finished.add(job.remoteName().tainted());
        return new JobResult.Finished("/finished/" + job.remoteName().tainted());
    }
}
