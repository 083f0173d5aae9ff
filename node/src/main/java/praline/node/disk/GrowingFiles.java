package praline.node.disk;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * What an unfinished torrent has in the folder of the unfinished: its bytes, in a file or a folder whose name is the
 * infohash, the record of what is right, and the marks. In the folder its files have their later names already, made
 * safe, so that to finish is one move.
 */
final class GrowingFiles {

    private static final int ZEROS_SIZE = 1 << 20;

    private final TorrentInfo torrent;
    private final Path root;
    private final TorrentRecord record;
    private final PieceMarks marks;
    /** Absent until a file is opened. */
    private @Nullable ImmutableList<ImmutableList<String>> names;

    GrowingFiles(Path folder, TorrentInfo torrent) {
        this.torrent = torrent;
        this.root = rootOf(folder, torrent.infohash());
        this.record = new TorrentRecord(folder, torrent.infohash());
        this.marks = new PieceMarks(folder, torrent.infohash());
    }

    static Path rootOf(Path folder, Sha1 torrent) {
        return folder.resolve(torrent.hex() + ".data");
    }

    /** The file, or the folder of a torrent with many. */
    Path root() {
        return root;
    }

    TorrentRecord record() {
        return record;
    }

    PieceMarks marks() {
        return marks;
    }

    /** Whether there are bytes of it, or were to be. */
    boolean exist() {
        return Files.exists(root, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens the file of this index for reading and writing, and makes it when it is not there. */
    FileChannel open(int file) throws IOException {
        Path path = path(file);
        Path folder = TreePaths.folderOf(path);
        Files.createDirectories(folder);
        if (!folder.toRealPath().equals(folder)) {
            throw new IOException("a link has come in the way to " + path);
        }
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the file, or the folder. */
    void begin() throws IOException {
        if (torrent.isSingleFile()) {
            open(0).close();
        } else {
            Files.createDirectories(root);
        }
    }

    /** How many bytes {@link #allocate} would write. */
    long unallocated() throws IOException {
        long[] lengths = lengths();
        long missing = 0;
        for (int file = 0; file < lengths.length; file++) {
            TorrentFile whole = torrent.files().get(file);
            missing += isStored(whole) ? Math.max(0, whole.length() - lengths[file]) : 0;
        }
        return missing;
    }

    /** How long each file is; 0 for one that is not there. */
    long[] lengths() throws IOException {
        long[] lengths = new long[torrent.files().size()];
        for (int file = 0; file < lengths.length; file++) {
            if (isStored(torrent.files().get(file))) {
                Path path = path(file);
                lengths[file] = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
            }
        }
        return lengths;
    }

    /** Writes zeros behind the end of each file up to its length, so that later writes find room. */
    void allocate() throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_SIZE);
        for (int file = 0; file < torrent.files().size(); file++) {
            if (isStored(torrent.files().get(file))) {
                try (FileChannel channel = open(file)) {
                    fill(channel, torrent.files().get(file).length(), zeros);
                }
            }
        }
    }

    /** Forgets all of it. */
    void delete() throws IOException {
        TreePaths.delete(root);
        marks.delete();
        record.delete();
    }

    private static void fill(FileChannel channel, long length, ByteBuffer zeros) throws IOException {
        for (long position = channel.size(); position < length; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), length - position));
            position += channel.write(zeros, position);
        }
    }

    private Path path(int file) throws RefusedException {
        return torrent.isSingleFile() ? root : TreePaths.resolve(root, names().get(file));
    }

    private synchronized ImmutableList<ImmutableList<String>> names() throws RefusedException {
        if (names == null) {
            names = TorrentNames.of(torrent);
        }
        return names;
    }

    private static boolean isStored(TorrentFile file) {
        return file.length() > 0 && !file.isPadding();
    }
}
