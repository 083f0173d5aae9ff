package praline.node.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;

/**
 * Which pieces were written since the last record, four bytes each, never forced. When a process is killed they tell
 * the next run which few pieces to hash again instead of fetching them twice (spec/hardening.md D2); when the power
 * fails they may say anything, and the hashes decide.
 */
final class PieceMarks implements Closeable {

    private final Path path;
    private @Nullable FileChannel channel;

    PieceMarks(Path folder, Sha1 torrent) {
        path = folder.resolve(torrent.hex() + ".marks");
    }

    /** What an earlier run marked, of {@code pieceCount} pieces. */
    BitSet read(int pieceCount) throws IOException {
        BitSet marked = new BitSet();
        if (Files.exists(path)) {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
            while (in.remaining() >= Integer.BYTES) {
                int piece = in.getInt();
                if (piece >= 0 && piece < pieceCount) {
                    marked.set(piece);
                }
            }
        }
        return marked;
    }

    void add(int piece) throws IOException {
        FileChannel open = open();
        ByteBuffer mark = ByteBuffer.allocate(Integer.BYTES).putInt(piece).flip();
        while (mark.hasRemaining()) {
            open.write(mark);
        }
    }

    /** A record says all of it. */
    void clear() throws IOException {
        if (channel != null || Files.exists(path)) {
            open().truncate(0);
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        }
        return channel;
    }
}
