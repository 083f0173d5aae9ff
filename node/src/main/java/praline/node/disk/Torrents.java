package praline.node.disk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Place;
import praline.node.library.FoundFile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Parsed;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * The torrents that are open, and the jobs about them. Pieces of one torrent may be stored, checked and read by several
 * threads at a time; opening, renewing, finishing and closing it come alone.
 */
final class Torrents implements AutoCloseable {

    private final @Nullable TorrentFolder folder;
    private final @Nullable Budget budget;
    private final OpenFiles channels;
    private final Map<Sha1, Slot> open = new ConcurrentSkipListMap<>();

    /** Without a folder only shared files can be opened. */
    Torrents(@Nullable TorrentFolder folder, @Nullable Budget budget, OpenFiles channels) {
        this.folder = folder;
        this.budget = budget;
        this.channels = channels;
        if (budget != null) {
            budget.add(this::missing);
        }
    }

    /** An open torrent. Who reads must not be in the middle of it when its files are moved. */
    private static final class Slot {
        final ReadWriteLock lock = new ReentrantReadWriteLock();
        final boolean isShared;
        volatile OpenTorrent torrent;

        Slot(OpenTorrent torrent, boolean isShared) {
            this.torrent = torrent;
            this.isShared = isShared;
        }
    }

    synchronized JobResult open(Job.OpenTorrent job) throws IOException {
        Slot slot = open.get(job.torrent().infohash());
        if (slot == null) {
            slot = begin(job.torrent(), job.shared());
            open.put(job.torrent().infohash(), slot);
        } else if (slot.torrent instanceof GrowingTorrent growing) {
            budget().require(0);
            growing.tryAgain();
        }
        return slot.torrent.opened();
    }

    JobResult store(Job.StorePiece job) throws IOException {
        try {
            if (!(slot(job.torrent()).torrent instanceof GrowingTorrent torrent)) {
                throw new IOException("the torrent " + job.torrent().hex() + " is finished");
            }
            PieceBlocks blocks = new PieceBlocks(job.blocks().stream()
                    .map(block -> ((ByteBlock) block).bytes())
                    .collect(ImmutableList.toImmutableList()));
            return store(torrent, job, blocks);
        } finally {
            job.blocks().forEach(Block::release);
        }
    }

    JobResult check(Job.CheckPiece job) throws IOException {
        Slot slot = slot(job.torrent());
        return new JobResult.PieceChecked(slot.torrent.check(job.piece()));
    }

    /** Fills {@code target} with the bytes of an open torrent that begin in {@code piece} at {@code begin}. */
    void read(Sha1 infohash, int piece, int begin, ByteBuffer target) throws IOException {
        Slot slot = slot(infohash);
        TorrentInfo info = slot.torrent.torrent();
        long offset = info.pieceOffset(piece) + begin;
        if (piece < 0 || begin < 0 || offset > info.size() - target.remaining()) {
            throw new EOFException("the torrent does not reach to " + begin + " of piece " + piece);
        }
        slot.lock.readLock().lock();
        try {
            slot.torrent.read(offset, target);
        } finally {
            slot.lock.readLock().unlock();
        }
    }

    JobResult finish(Job.FinishTorrent job) throws IOException {
        Slot slot = slot(job.torrent());
        OpenTorrent torrent = slot.torrent;
        if (!torrent.isComplete()) {
            throw new IOException("pieces of the torrent " + job.torrent().hex() + " are missing");
        }
        Sha1 content = job.content();
        if (content != null && !content.equals(torrent.hash())) {
            return discard(torrent, content);
        }
        if (torrent instanceof GrowingTorrent growing) {
            finish(slot, growing, job.name());
        } else {
            torrent.record();
        }
        return new JobResult.Finished(((StandingTorrent) slot.torrent).root().toString());
    }

    JobResult renew(Job.RenewTorrent job) throws IOException {
        Slot slot = slot(job.torrent());
        if (slot.torrent instanceof StandingTorrent wrong) {
            if (slot.isShared) {
                throw new ChangedException(wrong.root());
            }
            GrowingTorrent copy = folder().renew(wrong);
            slot.lock.writeLock().lock();
            try {
                wrong.close();
                slot.torrent = copy;
            } finally {
                slot.lock.writeLock().unlock();
            }
        }
        return slot.torrent.opened();
    }

    /** What the torrent consists of, if an earlier run opened it. */
    JobResult find(Sha1 infohash) throws IOException {
        Optional<Bytes> info =
                folder == null ? Optional.empty() : folder.infos().read(infohash);
        if (info.isPresent()
                && TorrentInfo.parse(info.get(), WireLimits.STANDARD) instanceof Parsed.Valid<TorrentInfo> known) {
            return new JobResult.Described(known.value());
        }
        return new JobResult.Failed(JobResult.Problem.NOT_FOUND, "nothing is known of the torrent " + infohash.hex());
    }

    JobResult close(Sha1 infohash) throws IOException {
        Slot slot = open.remove(infohash);
        if (slot != null) {
            try {
                slot.torrent.record();
            } finally {
                slot.torrent.close();
            }
        }
        return new JobResult.Closed();
    }

    /** Brings every torrent to the disk and lets go of it (D4). */
    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            close(open.keySet().iterator().next());
        }
        channels.close();
    }

    private Slot begin(TorrentInfo torrent, @Nullable Place shared) throws IOException {
        return shared == null
                ? new Slot(folder().open(torrent), false)
                : new Slot(shared(torrent, (FoundFile) shared), true);
    }

    private JobResult store(GrowingTorrent torrent, Job.StorePiece job, PieceBlocks blocks) throws IOException {
        int piece = job.piece();
        TorrentInfo info = torrent.torrent();
        if (blocks.size() != info.pieceSize(piece)) {
            throw new IllegalStateException(
                    blocks.size() + " bytes are no piece of " + info.pieceSize(piece) + " bytes");
        }
        if (!blocks.hash().equals(info.hash(piece))) {
            return new JobResult.PieceWrong(blocks.hashes());
        }
        try {
            torrent.store(piece, blocks);
        } catch (IOException e) {
            throw budget().explained(e);
        }
        budget().wrote(info.pieceSize(piece));
        return job.isDisputed() ? new JobResult.PieceStored(blocks.hashes()) : JobResult.PieceStored.PLAIN;
    }

    private void finish(Slot slot, GrowingTorrent growing, @Nullable RemoteText name) throws IOException {
        TorrentInfo torrent = growing.torrent();
        RemoteText wanted = name != null && torrent.isSingleFile() ? name : torrent.name();
        slot.lock.writeLock().lock();
        try {
            slot.torrent = folder().finish(growing, wanted);
        } finally {
            slot.lock.writeLock().unlock();
        }
    }

    /** Each piece is what the torrent says, but the torrent is not what was wanted. Finished files stay. */
    private JobResult discard(OpenTorrent torrent, Sha1 content) throws IOException {
        if (torrent instanceof GrowingTorrent) {
            open.remove(torrent.torrent().infohash());
            torrent.close();
            folder().forget(torrent.torrent());
        }
        return new JobResult.Failed(
                JobResult.Problem.WRONG_HASH, "the content of the torrent is not urn:sha1:" + content);
    }

    private OpenTorrent shared(TorrentInfo torrent, FoundFile file) throws IOException {
        if (!torrent.isSingleFile() || file.size() != torrent.size() || !file.isUnchanged()) {
            throw new ChangedException(file.path());
        }
        BitSet all = new BitSet();
        all.set(0, torrent.pieceCount());
        StandingFiles files = new StandingFiles(file.path(), ImmutableMap.of(0, file));
        return new StandingTorrent(torrent, files, all, channels, null, Long.MAX_VALUE);
    }

    private Slot slot(Sha1 infohash) throws IOException {
        Slot slot = open.get(infohash);
        if (slot == null) {
            throw new IOException("the torrent " + infohash.hex() + " is not open");
        }
        return slot;
    }

    private TorrentFolder folder() throws IOException {
        if (folder == null) {
            throw new IOException("there is no folder for downloads");
        }
        return folder;
    }

    private Budget budget() throws IOException {
        if (budget == null) {
            throw new IOException("there is no folder for downloads");
        }
        return budget;
    }

    private long missing() {
        return open.values().stream()
                .mapToLong(slot -> slot.torrent instanceof GrowingTorrent growing ? growing.unallocated() : 0)
                .sum();
    }
}
