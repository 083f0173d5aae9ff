package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * A torrent that is being fetched. Pieces come in any order and from several threads; each is in its place when
 * {@link #store} returns.
 *
 * <p>The order that makes a resumed download right even after a power failure (spec/hardening.md D2): bytes are
 * written, then forced, then recorded. So the record can lag behind the files, never run ahead of them. What it lags
 * behind is marked, so that a killed process costs the hashing of a few pieces and not their transfer.
 */
final class GrowingTorrent extends OpenTorrent {

    private final GrowingFiles files;
    private final OpenFiles channels;
    private final Syncer syncer;
    /** Files that were written since they were last forced; guarded by this, as are the two below. */
    private BitSet unforced = new BitSet();

    private int unrecorded;
    private BitSet recorded;
    private @Nullable IOException failure;

    /** One record at a time; never wanted by who holds this. */
    private final Object recording = new Object();

    /** Whether its files are no longer its own; guarded by recording. */
    private boolean isOver;

    private volatile boolean isAllocated;

    GrowingTorrent(
            TorrentInfo torrent,
            GrowingFiles files,
            BitSet verified,
            BitSet unsure,
            OpenFiles channels,
            Syncer syncer) {
        super(torrent, verified, unsure);
        this.files = files;
        this.channels = channels;
        this.syncer = syncer;
        this.recorded = (BitSet) verified.clone();
    }

    /** Takes the room of all its files. */
    void allocate() throws IOException {
        files.allocate();
        isAllocated = true;
    }

    /** Bytes that it will take of the disk's room. */
    long unallocated() {
        return isAllocated ? 0 : missing();
    }

    /** Writes a piece that is right, which is noted when it is written. */
    void store(int piece, PieceBlocks blocks) throws IOException {
        rethrow();
        BitSet written = new BitSet();
        for (TorrentLayout.Part part : layout().piece(piece)) {
            if (part.isPadding()) {
                blocks.skip(part.size());
                continue;
            }
            try (OpenFiles.Lease lease = lease(part.file())) {
                blocks.writeNext(lease.channel(), part.position(), part.size());
            }
            written.set(part.file());
        }
        stored(piece, written);
        changed();
    }

    private synchronized void stored(int piece, BitSet written) throws IOException {
        unforced.or(written);
        if (note(piece, true)) {
            files.marks().add(piece);
        }
        unrecorded++;
    }

    @Override
    OpenFiles.Lease lease(int file) throws IOException {
        return channels.lease(this, file, () -> files.open(file));
    }

    @Override
    void changed() throws IOException {
        syncer.changed(this);
    }

    /** How many pieces came since the last record. */
    synchronized int unrecorded() {
        return unrecorded;
    }

    /** It could not be brought to the disk, and who stores the next piece is told. */
    synchronized void failed(IOException cause) {
        failure = cause;
    }

    /** There is room again: what could not be brought to the disk is forgotten, and tried once more. */
    void tryAgain() throws IOException {
        synchronized (this) {
            failure = null;
        }
        record();
    }

    /** Brings what is written to the disk, and then the record of it, while others go on writing. */
    @Override
    void record() throws IOException {
        synchronized (recording) {
            if (isOver) {
                return;
            }
            BitSet toForce;
            BitSet verified;
            synchronized (this) {
                toForce = unforced;
                verified = verified();
                if (toForce.isEmpty() && verified.equals(recorded)) {
                    return;
                }
                unforced = new BitSet();
                unrecorded = 0;
            }
            try {
                force(toForce);
                files.record()
                        .write(TorrentRecord.State.growing(verified), torrent().pieceCount());
            } catch (IOException e) {
                putBack(toForce);
                throw e;
            }
            synchronized (this) {
                recorded = verified;
                // What was stored or checked while the record was written is in the marks alone.
                if (isSure() && verified().equals(verified)) {
                    files.marks().clear();
                }
            }
        }
    }

    /** Gives all of it its final name, which it had not before, and returns what stands there then. */
    StandingFiles finish(FinalFolder finished, RemoteText name) throws IOException {
        makeEmptyFiles();
        record();
        end(true);
        try {
            StandingFiles here = StandingFiles.find(files.root(), torrent())
                    .orElseThrow(() -> new IOException("files of the torrent are gone from " + files.root()));
            Path target = finished.take(
                    files.root(), torrent().size(), name, torrent().infohash(), claim -> claim(claim, here));
            StandingFiles there = StandingFiles.find(target, torrent())
                    .orElseThrow(() -> new IOException("what was put at " + target + " is not there"));
            if (!there.stamp().equals(here.stamp())) { // a copy on another file system: its times are rounded
                claim(target.getFileName().toString(), there);
            }
            return there;
        } catch (IOException e) {
            end(false);
            throw e;
        }
    }

    @Override
    boolean isFinished() {
        return false;
    }

    @Override
    void close() throws IOException {
        end(true);
    }

    /** From here on nothing is recorded by itself, and no file is open; or it goes on. */
    private void end(boolean isItsEnd) throws IOException {
        synchronized (recording) {
            isOver = isItsEnd;
        }
        channels.forget(this);
        synchronized (this) {
            files.marks().close();
        }
    }

    private void claim(String name, StandingFiles here) throws IOException {
        files.record()
                .write(
                        new TorrentRecord.State(verified(), name, here.stamp()),
                        torrent().pieceCount());
    }

    private void force(BitSet toForce) throws IOException {
        for (int file = toForce.nextSetBit(0); file >= 0; file = toForce.nextSetBit(file + 1)) {
            try (OpenFiles.Lease lease = lease(file)) {
                lease.channel().force(false);
            }
        }
    }

    private synchronized void putBack(BitSet toForce) {
        unforced.or(toForce);
        unrecorded++;
    }

    private synchronized void rethrow() throws IOException {
        IOException cause = failure;
        failure = null;
        if (cause != null) {
            throw cause;
        }
    }

    private void makeEmptyFiles() throws IOException {
        for (int index = 0; index < torrent().files().size(); index++) {
            TorrentFile file = torrent().files().get(index);
            if (file.length() == 0 && !file.isPadding()) {
                files.open(index).close();
            }
        }
    }
}
