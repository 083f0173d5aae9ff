package praline.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import praline.node.transfer.TransferLimits;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * The torrents of a node that are no shared files: unfinished ones in a folder of its state, finished ones in the
 * folder of the user. Finished files are never written (spec/hardening.md D9). When some turn out wrong, a new copy
 * grows from what is right of them, and gets a name beside theirs.
 */
final class TorrentFolder {

    private final Budget budget;
    private final Path folder;
    private final FinalFolder finished;
    private final TransferLimits.Download limits;
    private final DiskChoices choices;
    private final OpenFiles channels;
    private final Syncer syncer;
    private final TorrentInfos infos;

    TorrentFolder(
            Budget budget,
            FinalFolder finished,
            TransferLimits.Download limits,
            DiskChoices choices,
            OpenFiles channels,
            Syncer syncer) {
        this.budget = budget;
        this.folder = budget.room().folder();
        this.finished = finished;
        this.limits = limits;
        this.choices = choices;
        this.channels = channels;
        this.syncer = syncer;
        this.infos = new TorrentInfos(folder);
    }

    TorrentInfos infos() {
        return infos;
    }

    /**
     * What there is of a torrent, in this order: finished files on record that have not changed since; an unfinished
     * copy; finished files that nothing is known of but their names and sizes; or nothing yet.
     */
    OpenTorrent open(TorrentInfo torrent) throws IOException {
        requireAllowed(torrent);
        GrowingFiles files = new GrowingFiles(folder, torrent);
        Optional<TorrentRecord.State> state = files.record().read(torrent.pieceCount());
        Optional<StandingFiles> onRecord = onRecord(torrent, state);
        if (onRecord.isPresent() && isUnchanged(onRecord.get(), state)) {
            TreePaths.delete(files.root());
            return standing(torrent, onRecord.get(), state.orElseThrow().verified());
        }
        BitSet verified = state.map(TorrentRecord.State::verified).orElseGet(BitSet::new);
        BitSet unsure = new BitSet();
        if (files.exist()) {
            BitSet present = new TorrentLayout(torrent).piecesWithin(files.lengths());
            unsure.or(state.isPresent() ? files.marks().read(torrent.pieceCount()) : present);
            verified.and(present);
            unsure.and(present);
            unsure.andNot(verified);
        } else {
            verified.clear();
        }
        if (verified.isEmpty() && unsure.isEmpty()) {
            Optional<StandingFiles> found = onRecord.isPresent() ? onRecord : finished.find(torrent);
            if (found.isPresent()) {
                return standing(torrent, found.get(), verified);
            }
        }
        return growing(torrent, files, state, verified, unsure);
    }

    /** Begins a copy of finished files that takes over what is right of them. */
    GrowingTorrent renew(StandingTorrent wrong) throws IOException {
        TorrentInfo torrent = wrong.torrent();
        GrowingFiles files = new GrowingFiles(folder, torrent);
        files.delete();
        GrowingTorrent copy = growing(torrent, files, Optional.empty(), new BitSet(), new BitSet());
        BitSet right = wrong.verified();
        for (int piece = right.nextSetBit(0); piece >= 0; piece = right.nextSetBit(piece + 1)) {
            ByteBuffer bytes = ByteBuffer.allocate(torrent.pieceSize(piece));
            wrong.read(torrent.pieceOffset(piece), bytes);
            PieceBlocks blocks = PieceBlocks.of(bytes.flip());
            if (blocks.hash().equals(torrent.hash(piece))) {
                copy.store(piece, blocks);
            }
        }
        copy.record();
        return copy;
    }

    /** Gives a torrent, of which every piece is right, its final name. */
    StandingTorrent finish(GrowingTorrent torrent, RemoteText name) throws IOException {
        StandingFiles files = torrent.finish(finished, name);
        if (choices.remembersFinished()) {
            new PieceMarks(folder, torrent.torrent().infohash()).delete();
        } else {
            forget(torrent.torrent());
        }
        return standing(torrent.torrent(), files, torrent.verified());
    }

    /** Removes all that is left of an unfinished torrent. */
    void forget(TorrentInfo torrent) throws IOException {
        new GrowingFiles(folder, torrent).delete();
        infos.forget(torrent.infohash());
    }

    private Optional<StandingFiles> onRecord(TorrentInfo torrent, Optional<TorrentRecord.State> state)
            throws IOException {
        return state.isPresent() && !state.get().isGrowing()
                ? finished.find(state.get().name(), torrent)
                : Optional.empty();
    }

    private static boolean isUnchanged(StandingFiles files, Optional<TorrentRecord.State> state) {
        return state.filter(recorded -> recorded.stamp().equals(files.stamp())).isPresent();
    }

    private StandingTorrent standing(TorrentInfo torrent, StandingFiles files, BitSet verified) {
        TorrentRecord record = choices.remembersFinished() ? new TorrentRecord(folder, torrent.infohash()) : null;
        long recordNanos = TimeUnit.MILLISECONDS.toNanos(limits.syncMillis());
        return new StandingTorrent(torrent, files, verified, channels, record, recordNanos);
    }

    private GrowingTorrent growing(
            TorrentInfo torrent,
            GrowingFiles files,
            Optional<TorrentRecord.State> state,
            BitSet verified,
            BitSet unsure)
            throws IOException {
        GrowingTorrent growing = new GrowingTorrent(torrent, files, verified, unsure, channels, syncer);
        boolean isFull = choices.allocation() == Allocation.FULL;
        budget.require(isFull ? files.unallocated() : growing.unallocated());
        finished.requireRoom(folder, torrent.size(), limits.diskReserve());
        if (state.isPresent() && !state.get().isGrowing()) {
            finished.release(state.get().name());
        }
        try {
            files.record().write(TorrentRecord.State.growing(verified), torrent.pieceCount());
            infos.keep(torrent);
            files.begin();
            if (isFull) {
                growing.allocate();
            }
        } catch (IOException e) {
            throw budget.explained(e);
        }
        return growing;
    }

    /** No stranger chooses a file so large (D6). */
    private void requireAllowed(TorrentInfo torrent) throws RefusedException {
        for (TorrentFile file : torrent.files()) {
            if (file.length() > limits.maxFile() && !file.isPadding()) {
                throw new RefusedException("a file of " + file.length()
                        + " bytes is larger than limits.download.maxFile, " + limits.maxFile());
            }
        }
    }
}
