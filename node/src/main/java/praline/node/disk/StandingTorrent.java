package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.library.FoundFile;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * A torrent whose files have their final names: finished ones, or a shared file. It is read and never written
 * (spec/hardening.md D9), and only while the files are what they were when they were looked at (D11).
 */
final class StandingTorrent extends OpenTorrent {

    private static final Logger LOG = LoggerFactory.getLogger(StandingTorrent.class);

    /** A look at a file's size and time costs little, but not so little that each block may have its own. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StandingFiles files;
    private final OpenFiles channels;
    private final @Nullable TorrentRecord record;
    private final long recordNanos;
    private final long[] lookedAt;
    private long recordedAt = System.nanoTime();
    private boolean isRecorded = true;

    /**
     * @param record where to note which pieces are right; null for what needs no record
     * @param recordNanos how often that is noted while pieces are being checked
     */
    StandingTorrent(
            TorrentInfo torrent,
            StandingFiles files,
            BitSet verified,
            OpenFiles channels,
            @Nullable TorrentRecord record,
            long recordNanos) {
        super(torrent, verified, others(verified, torrent.pieceCount()));
        this.files = files;
        this.channels = channels;
        this.record = record;
        this.recordNanos = recordNanos;
        this.lookedAt = new long[torrent.files().size()];
    }

    /** Where the file stands, or the folder. */
    Path root() {
        return files.root();
    }

    @Override
    OpenFiles.Lease lease(int file) throws IOException {
        FoundFile found = files.files().get(file);
        if (found == null) {
            throw new IllegalStateException("file " + file + " has no bytes");
        }
        if (isTimeToLook(file)
                && FoundFile.at(found.path()).filter(found::equals).isEmpty()) {
            channels.forget(this);
            throw new ChangedException(found.path());
        }
        return channels.lease(this, file, found::open);
    }

    @Override
    synchronized void changed() throws IOException {
        isRecorded = false;
        if (System.nanoTime() - recordedAt >= recordNanos) {
            record();
        }
    }

    /** A folder of ours that cannot be written costs the next run some hashing, and nothing else. */
    @Override
    synchronized void record() {
        if (record != null && !isRecorded) {
            try {
                String name = files.root().getFileName().toString();
                record.write(
                        new TorrentRecord.State(verified(), name, files.stamp()),
                        torrent().pieceCount());
                isRecorded = true;
            } catch (IOException e) {
                LOG.warn(
                        "what was checked of {} cannot be kept",
                        torrent().infohash().hex(),
                        e);
            }
        }
        recordedAt = System.nanoTime();
    }

    @Override
    boolean isFinished() {
        return true;
    }

    @Override
    void close() throws IOException {
        channels.forget(this);
    }

    private synchronized boolean isTimeToLook(int file) {
        long now = System.nanoTime();
        boolean isTime = lookedAt[file] == 0 || now - lookedAt[file] >= LOOK_NANOS;
        if (isTime) {
            lookedAt[file] = now;
        }
        return isTime;
    }

    private static BitSet others(BitSet pieces, int count) {
        BitSet others = (BitSet) pieces.clone();
        others.flip(0, count);
        return others;
    }
}
