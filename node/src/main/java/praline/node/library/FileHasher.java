package praline.node.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.protocol.bittorrent.ContentDigest;
import praline.protocol.bittorrent.ContentTorrent;

/** Reads files once and takes their SHA-1 and infohash. One file at a time. */
final class FileHasher {

    private static final Logger LOG = LoggerFactory.getLogger(FileHasher.class);

    /** Large enough that the disk streams, small enough to be stopped soon. */
    private static final int READ_SIZE = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_SIZE);
    private final PieceHashes pieces;
    private final BooleanSupplier stopped;

    /** @param pieces gets the piece hashes of each file */
    FileHasher(PieceHashes pieces, BooleanSupplier stopped) {
        this.pieces = pieces;
        this.stopped = stopped;
    }

    /**
     * Hashes the whole file; null if it was stopped before the end.
     *
     * @param progress hears of bytes as they are done
     * @throws IOException if the file cannot be read, or is no longer the one that was found
     */
    @Nullable
    SharedFile hash(FoundFile file, IntConsumer progress) throws IOException {
        ContentTorrent torrent = torrent(file, progress);
        return torrent == null ? null : SharedFile.of(file, torrent.sha1(), torrent.infohash());
    }

    /** The same, with the hashes of its pieces. */
    @Nullable
    ContentTorrent torrent(FoundFile file, IntConsumer progress) throws IOException {
        ContentDigest digest = new ContentDigest(file.size());
        try (FileChannel channel = file.open()) {
            while (digest.done() < file.size()) {
                if (stopped.getAsBoolean()) {
                    return null;
                }
                int size = read(channel, file.size() - digest.done());
                if (size < 0) {
                    throw changed(file);
                }
                digest.update(buffer.flip());
                progress.accept(size);
            }
        }
        if (!file.isUnchanged()) {
            throw changed(file);
        }
        ContentTorrent torrent = digest.finish();
        keep(torrent);
        return torrent;
    }

    /** A full disk costs another reading of the file when somebody wants its pieces, nothing else. */
    private void keep(ContentTorrent torrent) {
        try {
            pieces.keep(torrent);
        } catch (IOException e) {
            LOG.warn("the piece hashes of a shared file cannot be kept", e);
        }
    }

    private int read(FileChannel channel, long missing) throws IOException {
        buffer.clear().limit((int) Math.min(READ_SIZE, missing));
        return channel.read(buffer);
    }

    private static FileSystemException changed(FoundFile file) {
        return new FileSystemException(file.path().toString(), null, "it changes while it is read");
    }
}
