package praline.node.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Place;
import praline.node.library.FoundFile;
import praline.node.transfer.TransferLimits;

/**
 * Does the jobs of a transfer engine: the unfinished downloads, the folder of the finished ones, the shared files. Its
 * methods block and may be called by several threads; what concerns one download is to be called in order.
 */
public final class Disk implements AutoCloseable {

    private final @Nullable DownloadFolder downloads;

    private Disk(@Nullable DownloadFolder downloads) {
        this.downloads = downloads;
    }

    /**
     * Makes the folders that are not there.
     *
     * @param unfinished where downloads grow; a folder of the node's own
     * @param finished where they stand when their hash is right; the user's folder
     * @throws IOException if one of the folders cannot be made or used
     */
    public static Disk open(Path unfinished, Path finished, TransferLimits.Download limits) throws IOException {
        return open(unfinished, finished, limits, Disk::usableSpace);
    }

    /** For a node that gives and does not fetch: it only looks at shared files. */
    public static Disk ofShares() {
        return new Disk(null);
    }

    static Disk open(Path unfinished, Path finished, TransferLimits.Download limits, FreeSpace space)
            throws IOException {
        Room room = new Room(Files.createDirectories(unfinished), space);
        return new Disk(new DownloadFolder(room, new FinalFolder(finished, space), limits));
    }

    /** Does the work and says how it ended; whatever goes wrong with the disk is a {@link JobResult.Failed}. */
    public JobResult run(Job job) {
        try {
            return result(job);
        } catch (DiskFullException e) {
            return failed(JobResult.Problem.DISK_FULL, e);
        } catch (IOException e) {
            return failed(JobResult.Problem.IO_ERROR, e);
        }
    }

    /** Brings the unfinished downloads to the disk. Nothing is asked of it afterwards. */
    @Override
    public void close() throws IOException {
        if (downloads != null) {
            downloads.close();
        }
    }

    private JobResult result(Job job) throws IOException {
        if (job instanceof Job.CheckShared check) {
            return check(check.place());
        }
        if (downloads == null) {
            throw new IOException("there is no folder for downloads");
        }
        if (job instanceof Job.StoreBlock store) {
            return downloads.store(store);
        }
        if (job instanceof Job.OpenDownload open) {
            return downloads.open(open);
        }
        if (job instanceof Job.FinishDownload finish) {
            return downloads.finish(finish);
        }
        if (job instanceof Job.CloseDownload close) {
            return downloads.close(close.sha1());
        }
        if (job instanceof Job.DiscardDownload discard) {
            return downloads.discard(discard.sha1());
        }
        throw new IllegalStateException("the disk knows nothing of " + job);
    }

    private static JobResult check(Place place) {
        FoundFile file = (FoundFile) place;
        try {
            if (file.isUnchanged()) {
                return new JobResult.Unchanged();
            }
        } catch (IOException gone) {
            return failed(JobResult.Problem.CHANGED, gone);
        }
        return new JobResult.Failed(JobResult.Problem.CHANGED, "changed since it was hashed: " + file.path());
    }

    private static JobResult failed(JobResult.Problem problem, IOException cause) {
        return new JobResult.Failed(problem, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private static long usableSpace(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
