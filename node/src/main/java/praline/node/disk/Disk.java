package praline.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Place;
import praline.node.engine.TorrentPlace;
import praline.node.library.FoundFile;
import praline.node.library.HashCache;
import praline.node.transfer.TransferLimits;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * Does the jobs of the engines: the unfinished downloads and torrents, the folder of the finished ones, the shared
 * files. Its methods block and may be called by several threads. What concerns one download is to be called in order;
 * of one torrent, pieces may be stored, checked and read side by side, and everything else comes alone.
 */
public final class Disk implements AutoCloseable {

    private static final int OPEN_SHARES_MAX =
            TransferLimits.STANDARD.download().openFiles();

    private final HashCache hashes;
    private final @Nullable DownloadFolder downloads;
    private final Torrents torrents;
    private final @Nullable Syncer syncer;

    private Disk(HashCache hashes, Torrents torrents, @Nullable DownloadFolder downloads, @Nullable Syncer syncer) {
        this.hashes = hashes;
        this.downloads = downloads;
        this.torrents = torrents;
        this.syncer = syncer;
    }

    /**
     * Makes the folders that are not there.
     *
     * @param unfinished where downloads grow; a folder of the node's own
     * @param finished where they stand when their hash is right; the user's folder
     * @param hashes knows the shared files
     * @throws IOException if one of the folders cannot be made or used
     */
    public static Disk open(
            Path unfinished, Path finished, TransferLimits.Download limits, DiskChoices choices, HashCache hashes)
            throws IOException {
        return open(unfinished, finished, limits, choices, hashes, Disk::usableSpace);
    }

    /** For a node that gives and does not fetch: it only looks at shared files. */
    public static Disk ofShares(HashCache hashes) {
        return new Disk(hashes, new Torrents(null, null, new OpenFiles(OPEN_SHARES_MAX)), null, null);
    }

    static Disk open(
            Path unfinished,
            Path finished,
            TransferLimits.Download limits,
            DiskChoices choices,
            HashCache hashes,
            FreeSpace space)
            throws IOException {
        Path folder = Files.createDirectories(unfinished).toRealPath();
        FinalFolder goal = new FinalFolder(finished, space);
        Budget budget = new Budget(new Room(folder, space), limits);
        OpenFiles channels = new OpenFiles(limits.openFiles());
        Syncer syncer = new Syncer(limits);
        TorrentFolder torrents = new TorrentFolder(budget, goal, limits, choices, channels, syncer);
        DownloadFolder downloads = new DownloadFolder(budget, goal, limits);
        return new Disk(hashes, new Torrents(torrents, budget, channels), downloads, syncer);
    }

    /** Does the work and says how it ended; whatever goes wrong with the disk is a {@link JobResult.Failed}. */
    public JobResult run(Job job) {
        try {
            return result(job);
        } catch (DiskFullException e) {
            return failed(JobResult.Problem.DISK_FULL, e);
        } catch (ChangedException e) {
            return failed(JobResult.Problem.CHANGED, e);
        } catch (RefusedException e) {
            return failed(JobResult.Problem.REFUSED, e);
        } catch (IOException e) {
            return failed(JobResult.Problem.IO_ERROR, e);
        }
    }

    /**
     * Fills {@code target} with the bytes of an open torrent that begin in {@code piece} at {@code begin}, whether the
     * pieces are right or not.
     *
     * @throws IOException if they cannot be read, the torrent is not open or does not reach so far, or a file is not
     *     what it was when it was hashed
     */
    public void read(Sha1 torrent, int piece, int begin, ByteBuffer target) throws IOException {
        torrents.read(torrent, piece, begin, target);
    }

    /** Brings the unfinished downloads to the disk. Nothing is asked of it afterwards. */
    @Override
    public void close() throws IOException {
        try (torrents) {
            if (syncer != null) {
                syncer.close();
            }
            if (downloads != null) {
                downloads.close();
            }
        }
    }

    private JobResult result(Job job) throws IOException {
        if (job instanceof Job.StorePiece store) {
            return torrents.store(store);
        }
        if (job instanceof Job.CheckPiece check) {
            return torrents.check(check);
        }
        if (job instanceof Job.OpenTorrent open) {
            return torrents.open(open);
        }
        if (job instanceof Job.FinishTorrent finish) {
            return torrents.finish(finish);
        }
        if (job instanceof Job.RenewTorrent renew) {
            return torrents.renew(renew);
        }
        if (job instanceof Job.CloseTorrent close) {
            return torrents.close(close.torrent());
        }
        if (job instanceof Job.FindTorrent find) {
            return torrents.find(find.torrent());
        }
        if (job instanceof Job.DescribeShared describe) {
            return describe((FoundFile) describe.place());
        }
        if (job instanceof Job.CheckShared check) {
            return check(check.place());
        }
        if (downloads == null) {
            throw new IOException("there is no folder for downloads");
        }
        return result(job, downloads);
    }

    private static JobResult result(Job job, DownloadFolder downloads) throws IOException {
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

    private JobResult describe(FoundFile file) throws IOException {
        if (FoundFile.at(file.path()).filter(file::equals).isEmpty()) {
            throw new ChangedException(file.path());
        }
        return new JobResult.Described(TorrentInfo.of(hashes.torrentOf(file)));
    }

    private static JobResult check(Place place) {
        if (place instanceof TorrentPlace) {
            return new JobResult.Unchanged(); // of an open torrent nothing is given that was not hashed
        }
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
