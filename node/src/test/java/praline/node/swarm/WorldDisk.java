package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * A disk without bytes. It knows which pieces it holds, refuses one that is stored twice, and runs out of room, breaks
 * or rots when a test says so. It outlives the engine.
 */
final class WorldDisk {

    private final Map<Sha1, Stored> torrents = new TreeMap<>();

    /** Bytes that may still be written. */
    long room = Long.MAX_VALUE;

    /** Whether nothing can be written at all. */
    boolean isBroken;

    /** Pieces that came and were wrong. */
    int wrongPieces;

    private static final class Stored {
        final TorrentInfo info;
        final BitSet have = new BitSet();

        /** Of those it has: must be checked before they are believed. */
        final BitSet unsure = new BitSet();

        /** Of those it has: are not what they were. */
        final BitSet rotten = new BitSet();

        boolean isFinished;

        Stored(TorrentInfo info) {
            this.info = info;
        }
    }

    /** Puts all of {@code info} there, as a finished file. */
    void put(TorrentInfo info) {
        Stored stored = stored(info);
        stored.have.set(0, info.pieceCount());
        stored.isFinished = true;
    }

    /** Puts one piece of {@code info} there. */
    void put(TorrentInfo info, int piece) {
        stored(info).have.set(piece);
    }

    /** A power failure came before {@code piece} was surely written: it must be checked, and is right or not. */
    void makeUnsure(TorrentInfo info, int piece, boolean isRight) {
        stored(info).unsure.set(piece);
        stored(info).rotten.set(piece, !isRight);
    }

    /** Bits flip. Nobody notices until the piece is read. */
    void rot(TorrentInfo info, int piece) {
        stored(info).rotten.set(piece);
    }

    boolean has(Sha1 torrent, int piece) {
        Stored stored = torrents.get(torrent);
        return stored != null && stored.have.get(piece);
    }

    boolean isRotten(Sha1 torrent, int piece) {
        Stored stored = torrents.get(torrent);
        return stored != null && stored.rotten.get(piece);
    }

    /** How many pieces there are. */
    int pieces(TorrentInfo info) {
        return stored(info).have.cardinality();
    }

    JobResult run(Job job) {
        if (job instanceof Job.OpenTorrent open) {
            return opened(stored(open.torrent()));
        } else if (job instanceof Job.StorePiece store) {
            store.blocks().forEach(Block::release);
            return store(torrents.get(store.torrent()), store);
        } else if (job instanceof Job.CheckPiece check) {
            return check(torrents.get(check.torrent()), check.piece());
        } else if (job instanceof Job.FinishTorrent finish) {
            return finish(torrents.get(finish.torrent()));
        } else if (job instanceof Job.RenewTorrent renew) {
            Stored stored = torrents.get(renew.torrent());
            if (stored != null) {
                stored.isFinished = false;
            }
            return stored == null ? failed(Problem.NOT_FOUND) : opened(stored);
        } else if (job instanceof Job.FindTorrent find) {
            Stored stored = torrents.get(find.torrent());
            return stored == null ? failed(Problem.NOT_FOUND) : new JobResult.Described(stored.info);
        } else if (job instanceof Job.CloseTorrent) {
            return new JobResult.Closed();
        }
        throw new IllegalStateException("unknown job " + job);
    }

    private JobResult store(@Nullable Stored stored, Job.StorePiece job) {
        if (stored == null || isBroken) {
            return failed(Problem.IO_ERROR);
        }
        ImmutableList<WorldBlock> blocks =
                job.blocks().stream().map(WorldBlock.class::cast).collect(ImmutableList.toImmutableList());
        assertMakeUp(stored.info, job.piece(), blocks);
        ImmutableList<Sha1> hashes = blocks.stream().map(WorldBlock::hash).collect(ImmutableList.toImmutableList());
        if (!blocks.stream().allMatch(WorldBlock::isRight)) {
            wrongPieces++;
            return new JobResult.PieceWrong(hashes);
        }
        int size = stored.info.pieceSize(job.piece());
        if (size > room) {
            return failed(Problem.DISK_FULL);
        }
        if (stored.have.get(job.piece())) {
            throw new AssertionError("piece " + job.piece() + " is stored again");
        }
        room -= size;
        stored.have.set(job.piece());
        return job.isDisputed() ? new JobResult.PieceStored(hashes) : JobResult.PieceStored.PLAIN;
    }

    /** The blocks lie one behind another and are the piece. */
    private static void assertMakeUp(TorrentInfo info, int piece, ImmutableList<WorldBlock> blocks) {
        int end = 0;
        for (WorldBlock block : blocks) {
            if (!block.isOf(info.infohash(), piece) || block.begin() != end) {
                throw new AssertionError("a block of another place is in piece " + piece + " at " + end);
            }
            end += block.size();
        }
        if (end != info.pieceSize(piece)) {
            throw new AssertionError("piece " + piece + " is stored with " + end + " bytes");
        }
    }

    private static JobResult check(@Nullable Stored stored, int piece) {
        if (stored == null) {
            return failed(Problem.IO_ERROR);
        }
        boolean isRight = stored.have.get(piece) && !stored.rotten.get(piece);
        stored.unsure.clear(piece);
        stored.have.set(piece, isRight);
        stored.rotten.clear(piece);
        return new JobResult.PieceChecked(isRight);
    }

    private static JobResult finish(@Nullable Stored stored) {
        if (stored == null || stored.have.cardinality() < stored.info.pieceCount()) {
            return failed(Problem.WRONG_HASH);
        }
        stored.isFinished = true;
        return new JobResult.Finished("/finished/" + stored.info.name().tainted());
    }

    private static JobResult opened(Stored stored) {
        BitSet sure = (BitSet) stored.have.clone();
        sure.andNot(stored.unsure);
        return new JobResult.TorrentOpened(
                bitfield(stored.info, sure), bitfield(stored.info, stored.unsure), stored.isFinished);
    }

    private static Bytes bitfield(TorrentInfo info, BitSet pieces) {
        byte[] bits = new byte[(info.pieceCount() + 7) / 8];
        pieces.stream().forEach(piece -> bits[piece / 8] |= (byte) (0x80 >> piece % 8));
        return Bytes.copyOf(bits);
    }

    private Stored stored(TorrentInfo info) {
        return torrents.computeIfAbsent(info.infohash(), infohash -> new Stored(info));
    }

    private static JobResult failed(Problem problem) {
        return new JobResult.Failed(problem, problem + " of a world's disk");
    }
}
