package praline.node.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Consumer;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.Limits;

/**
 * A process of its own that fetches one torrent to a real disk, to be killed, or to meet the end of a file system. Each
 * piece that it has to fetch is a line of its output.
 */
public final class TorrentProcess {

    private static final int SMALL_SIZE = 900_000;
    private static final int LARGE_SIZE = 20_000_000;

    private final Disk disk;
    private final MadeTorrent torrent;
    private final Consumer<String> out;

    private TorrentProcess(Disk disk, MadeTorrent torrent, Consumer<String> out) {
        this.disk = disk;
        this.torrent = torrent;
        this.out = out;
    }

    /**
     * Fetches into a folder until it is killed or done.
     *
     * @param arguments {@code fetch}, or {@code full} for a disk that fills up in the middle; and a folder
     */
    public static void main(String[] arguments) throws IOException {
        boolean fillsUp = arguments[0].equals("full");
        Path folder = Path.of(arguments[1]);
        Map<String, Long> limits = Map.of("limits.download.syncMillis", 5L, "limits.download.diskReserve", 0L);
        try (Disk disk = Disk.open(
                folder.resolve("unfinished"),
                folder.resolve("finished"),
                Limits.with(TransferLimits.class, limits).download(),
                DiskChoices.STANDARD,
                HashCache.inMemory(LibraryLimits.STANDARD))) {
            new TorrentProcess(disk, torrent(fillsUp ? SMALL_SIZE : LARGE_SIZE), System.out::print)
                    .run(fillsUp, folder.resolve("filler"));
        }
    }

    static MadeTorrent torrent(int size) {
        return MadeTorrent.single("song.ogg", size);
    }

    /** What the process is done with when it is not killed. */
    static byte[] content() {
        return torrent(LARGE_SIZE).content();
    }

    private void run(boolean fillsUp, Path filler) throws IOException {
        int count = torrent.info().pieceCount();
        BitSet have = open();
        if (fillsUp) {
            store(have, count / 2);
            Files.write(filler, new byte[300_000]);
            store(have, count);
            open();
            Files.delete(filler);
            have = open();
        }
        store(have, count);
        say(disk.run(new Job.FinishTorrent(torrent.infohash(), null, null)));
    }

    /** Opens it, checks what is unsure, and returns what is right. */
    private BitSet open() {
        JobResult result = disk.run(new Job.OpenTorrent(torrent.info(), null));
        if (!(result instanceof JobResult.TorrentOpened opened)) {
            say(result);
            return new BitSet();
        }
        int count = torrent.info().pieceCount();
        BitSet have = Bitfields.of(opened.have().toArray(), count);
        BitSet unsure = Bitfields.of(opened.unsure().toArray(), count);
        say("have " + have.cardinality() + " unsure " + unsure.cardinality());
        unsure.stream().filter(this::isRight).forEach(have::set);
        return have;
    }

    private boolean isRight(int piece) {
        return disk.run(new Job.CheckPiece(torrent.infohash(), piece)).equals(new JobResult.PieceChecked(true));
    }

    /** Stores what is missing below {@code end}, up to the first failure. */
    private void store(BitSet have, int end) {
        for (int piece = have.nextClearBit(0); piece < end; piece = have.nextClearBit(piece + 1)) {
            JobResult result = disk.run(new Job.StorePiece(torrent.infohash(), piece, torrent.blocks(piece), false));
            if (!result.equals(JobResult.PieceStored.PLAIN)) {
                say(result);
                return;
            }
            have.set(piece);
            say("stored " + piece);
        }
    }

    /** In one write, so that a kill cannot leave half a line. */
    private void say(Object what) {
        out.accept(what + "\n");
    }
}
