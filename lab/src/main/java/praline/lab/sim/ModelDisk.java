package praline.lab.sim;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Place;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * The disk of one node, without bytes: remembers which pieces and downloads it holds. It outlives its node, so a node
 * that starts again with the disk of a killed one finds what that had stored. Jobs are done one by one, at the speed of
 * hashing and writing; announces go to the tracker, beside them.
 */
public final class ModelDisk implements VirtualNode.Worker {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    /** Bytes a second that one core hashes and writes. */
    private static final long SPEED = 500_000_000;

    private static final JobResult UNKNOWN = failed("nothing is open under this name");

    private final Endpoint self;
    private final @Nullable ModelTracker tracker;
    private final Map<Sha1, StoredTorrent> torrents = new LinkedHashMap<>();
    private final Map<Sha1, StoredDownload> downloads = new LinkedHashMap<>();
    private long busyUntilNanos;
    private int wrongBlocks;

    /** A shared file of this model. */
    private record SharedPlace(TorrentInfo torrent) implements Place {}

    /** What is there of a torrent. */
    private static final class StoredTorrent {
        final TorrentInfo info;
        final BitSet have = new BitSet();
        boolean isFinished;

        StoredTorrent(TorrentInfo info) {
            this.info = info;
        }

        void fill() {
            have.set(0, info.pieceCount());
            isFinished = true;
        }
    }

    /** What is there of a download; a size that nobody has told is {@link Job#SIZE_UNKNOWN}. */
    private static final class StoredDownload {
        long size;
        long present;
        boolean isGood = true;

        StoredDownload(long size) {
            this.size = size;
        }
    }

    /**
     * An empty disk.
     *
     * @param self where its node listens, as the tracker tells others
     * @param tracker null: every announce fails
     */
    public ModelDisk(Endpoint self, @Nullable ModelTracker tracker) {
        this.self = self;
        this.tracker = tracker;
    }

    /** A file that is there from the beginning, and the torrent that consists of it; for orders and descriptions. */
    public static Place shared(TorrentInfo torrent) {
        return new SharedPlace(torrent);
    }

    /** Puts a whole torrent on the disk. */
    public void fill(TorrentInfo info) {
        torrents.computeIfAbsent(info.infohash(), key -> new StoredTorrent(info))
                .fill();
    }

    /** Puts single pieces of a torrent on the disk. */
    public void fill(TorrentInfo info, BitSet pieces) {
        torrents.computeIfAbsent(info.infohash(), key -> new StoredTorrent(info))
                .have
                .or(pieces);
    }

    /** Whether all of a torrent is there, under its final name. */
    public boolean isFinished(Sha1 torrent) {
        StoredTorrent stored = torrents.get(torrent);
        return stored != null && stored.isFinished;
    }

    /** How many pieces of a torrent are there. */
    public int pieces(Sha1 torrent) {
        StoredTorrent stored = torrents.get(torrent);
        return stored == null ? 0 : stored.have.cardinality();
    }

    @Override
    public long doneAt(Job job, long now) {
        if (job instanceof Job.Announce && tracker != null) {
            return now + tracker.answerMillis();
        }
        busyUntilNanos = Math.max(busyUntilNanos, now * NANOS_PER_MILLI) + bytesOf(job) * NANOS / SPEED;
        return Math.max(now + 1, (busyUntilNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    @Override
    public JobResult perform(Job job) {
        if (job instanceof Job.OpenTorrent open) {
            return open(open);
        } else if (job instanceof Job.StorePiece store) {
            return with(store.torrent(), stored -> store(stored, store));
        } else if (job instanceof Job.CheckPiece check) {
            return with(check.torrent(), stored -> new JobResult.PieceChecked(stored.have.get(check.piece())));
        } else if (job instanceof Job.FinishTorrent finish) {
            return with(finish.torrent(), ModelDisk::finish);
        } else if (job instanceof Job.RenewTorrent renew) {
            return with(renew.torrent(), ModelDisk::renew);
        } else if (job instanceof Job.FindTorrent find) {
            StoredTorrent stored = torrents.get(find.torrent());
            return stored == null
                    ? new JobResult.Failed(JobResult.Problem.NOT_FOUND, "no earlier run opened it")
                    : new JobResult.Described(stored.info);
        } else if (job instanceof Job.CloseTorrent) {
            return new JobResult.Closed();
        } else if (job instanceof Job.Announce announce) {
            return tracker == null
                    ? new JobResult.Failed(JobResult.Problem.TRACKER, "there is no tracker")
                    : new JobResult.Announced(
                            tracker.announce(self.withPort(announce.request().port()), announce.request()));
        } else if (job instanceof Job.DescribeShared describe && describe.place() instanceof SharedPlace place) {
            return new JobResult.Described(place.torrent);
        }
        return performDownload(job);
    }

    private JobResult performDownload(Job job) {
        if (job instanceof Job.OpenDownload open) {
            StoredDownload stored = downloads.computeIfAbsent(open.sha1(), key -> new StoredDownload(open.size()));
            if (stored.size == Job.SIZE_UNKNOWN) {
                stored.size = open.size();
            }
            return new JobResult.Opened(stored.present, stored.size);
        } else if (job instanceof Job.StoreBlock store) {
            return store(downloads.get(store.sha1()), store);
        } else if (job instanceof Job.FinishDownload finish) {
            StoredDownload stored = downloads.remove(finish.sha1());
            return stored != null && stored.isGood && stored.present == stored.size
                    ? new JobResult.Finished(finish.sha1().base32())
                    : new JobResult.Failed(JobResult.Problem.WRONG_HASH, "other bytes came than were asked for");
        } else if (job instanceof Job.DiscardDownload discard) {
            downloads.remove(discard.sha1());
            return new JobResult.Closed();
        } else if (job instanceof Job.CloseDownload) {
            return new JobResult.Closed();
        } else if (job instanceof Job.CheckShared check && check.place() instanceof SharedPlace) {
            return new JobResult.Unchanged();
        }
        return failed("no such file");
    }

    /** What can be done with a stored torrent. */
    @FunctionalInterface
    private interface Deed {
        JobResult done(StoredTorrent stored);
    }

    private JobResult with(Sha1 torrent, Deed deed) {
        StoredTorrent stored = torrents.get(torrent);
        return stored == null ? UNKNOWN : deed.done(stored);
    }

    private JobResult open(Job.OpenTorrent open) {
        TorrentInfo info = open.torrent();
        StoredTorrent stored = torrents.computeIfAbsent(info.infohash(), key -> new StoredTorrent(info));
        if (open.shared() != null) {
            stored.fill();
        }
        return opened(stored);
    }

    private static JobResult renew(StoredTorrent stored) {
        stored.isFinished = false;
        return opened(stored);
    }

    private static JobResult opened(StoredTorrent stored) {
        Bytes unsure = Bytes.copyOf(new byte[bitfieldSize(stored.info)]);
        return new JobResult.TorrentOpened(bitfield(stored), unsure, stored.isFinished);
    }

    private JobResult store(StoredTorrent stored, Job.StorePiece store) {
        List<VirtualBlock> blocks =
                store.blocks().stream().map(VirtualBlock.class::cast).toList();
        blocks.forEach(Block::release);
        int size = blocks.stream().mapToInt(Block::size).sum();
        if (size != stored.info.pieceSize(store.piece())) {
            throw new IllegalStateException("piece " + store.piece() + " of " + stored.info.pieceSize(store.piece())
                    + " bytes came as " + size);
        }
        if (blocks.stream().allMatch(VirtualBlock::isGood)) {
            stored.have.set(store.piece());
            return store.isDisputed()
                    ? new JobResult.PieceStored(hashes(store.piece(), blocks))
                    : JobResult.PieceStored.PLAIN;
        }
        return new JobResult.PieceWrong(hashes(store.piece(), blocks));
    }

    private ImmutableList<Sha1> hashes(int piece, List<VirtualBlock> blocks) {
        ImmutableList.Builder<Sha1> hashes = ImmutableList.builder();
        for (int i = 0; i < blocks.size(); i++) {
            hashes.add(hashOf(piece, i, blocks.get(i).isGood() ? 0 : ++wrongBlocks));
        }
        return hashes.build();
    }

    /** Made up: one for each right block, another for every wrong one ever. */
    private static Sha1 hashOf(int piece, int block, int variant) {
        return Sha1.digestOf(ByteBuffer.allocate(3 * Integer.BYTES)
                .putInt(piece)
                .putInt(block)
                .putInt(variant)
                .array());
    }

    private static JobResult finish(StoredTorrent stored) {
        if (stored.have.cardinality() < stored.info.pieceCount()) {
            return failed(stored.have.cardinality() + " pieces are not " + stored.info.pieceCount());
        }
        stored.isFinished = true;
        return new JobResult.Finished(stored.info.infohash().base32());
    }

    private static JobResult store(@Nullable StoredDownload stored, Job.StoreBlock store) {
        VirtualBlock block = (VirtualBlock) store.block();
        block.release();
        if (stored == null) {
            return UNKNOWN;
        }
        stored.isGood &= block.isGood();
        stored.present = Math.max(stored.present, store.offset() + block.size());
        return new JobResult.Stored(block.size());
    }

    private static Bytes bitfield(StoredTorrent stored) {
        byte[] bits = new byte[bitfieldSize(stored.info)];
        stored.have.stream().forEach(piece -> bits[piece / Byte.SIZE] |= (byte) (0x80 >> piece % Byte.SIZE));
        return Bytes.copyOf(bits);
    }

    private static int bitfieldSize(TorrentInfo info) {
        return (info.pieceCount() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private long bytesOf(Job job) {
        if (job instanceof Job.StorePiece store) {
            return store.blocks().stream().mapToLong(Block::size).sum();
        }
        if (job instanceof Job.StoreBlock store) {
            return store.block().size();
        }
        StoredTorrent checked = job instanceof Job.CheckPiece check ? torrents.get(check.torrent()) : null;
        return checked == null ? 0 : checked.info.pieceLength();
    }

    private static JobResult failed(String detail) {
        return new JobResult.Failed(JobResult.Problem.IO_ERROR, detail);
    }
}
