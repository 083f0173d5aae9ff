package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.Bytes;
import praline.protocol.Limits;

/** A disk in a temporary folder, and what tests of torrents do with it. */
final class TorrentBench implements AutoCloseable {

    /** Nothing is brought to the disk before it is closed. */
    static final Map<String, Long> LATE = Map.of("limits.download.syncMillis", 5_000L);

    private final Path unfinished;
    private final Path finished;
    private final List<Disk> disks = new ArrayList<>();
    private Disk disk;
    long usable = Long.MAX_VALUE / 2;

    TorrentBench(Path folder) throws IOException {
        this(folder.resolve("unfinished"), folder.resolve("finished"));
    }

    TorrentBench(Path unfinished, Path finished) throws IOException {
        this.unfinished = unfinished;
        this.finished = finished;
        restart(Map.of("limits.download.syncMillis", 0L));
    }

    Path unfinished() {
        return unfinished;
    }

    Path finished() {
        return finished;
    }

    Disk disk() {
        return disk;
    }

    /** The disk before is left as it stands, as a process that was killed leaves its files. */
    void restart(Map<String, Long> limits) throws IOException {
        restart(limits, DiskChoices.STANDARD);
    }

    void restart(Map<String, Long> limits, DiskChoices choices) throws IOException {
        disk = Disk.open(
                unfinished(),
                finished(),
                Limits.with(TransferLimits.class, limits).download(),
                choices,
                HashCache.inMemory(LibraryLimits.STANDARD),
                anyFolder -> usable);
        disks.add(disk);
    }

    JobResult tryOpen(MadeTorrent torrent) {
        return disk.run(new Job.OpenTorrent(torrent.info(), null));
    }

    JobResult.TorrentOpened open(MadeTorrent torrent) {
        JobResult result = tryOpen(torrent);
        assertThat(result).isInstanceOf(JobResult.TorrentOpened.class);
        return (JobResult.TorrentOpened) result;
    }

    JobResult store(MadeTorrent torrent, int piece) {
        return disk.run(new Job.StorePiece(torrent.infohash(), piece, torrent.blocks(piece), false));
    }

    void storeAll(MadeTorrent torrent, int from, int to) {
        for (int piece = from; piece < to; piece++) {
            assertThat(store(torrent, piece)).isEqualTo(JobResult.PieceStored.PLAIN);
        }
    }

    void fetch(MadeTorrent torrent) {
        open(torrent);
        storeAll(torrent, 0, torrent.info().pieceCount());
    }

    JobResult finish(MadeTorrent torrent) {
        return disk.run(new Job.FinishTorrent(torrent.infohash(), null, null));
    }

    boolean check(MadeTorrent torrent, int piece) {
        return disk.run(new Job.CheckPiece(torrent.infohash(), piece)).equals(new JobResult.PieceChecked(true));
    }

    byte[] read(MadeTorrent torrent, int offset, int size) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(size);
        disk.read(torrent.infohash(), offset / MadeTorrent.PIECE, offset % MadeTorrent.PIECE, target);
        assertThat(target.hasRemaining()).isFalse();
        return target.array();
    }

    /** The pieces in a bitfield, by their numbers. */
    static List<Integer> pieces(Bytes bitfield) {
        BitSet set = Bitfields.of(bitfield.toArray(), bitfield.size() * Byte.SIZE);
        return set.stream().boxed().toList();
    }

    /** All files below a folder, as paths relative to it. */
    static List<String> filesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (Disk opened : disks) {
            opened.close();
        }
    }
}
