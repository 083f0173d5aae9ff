package praline.node.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.ContentTorrent;

/**
 * The piece hashes of contents that were hashed, on the disk and not in memory: a terabyte has 80 MB of them. A content
 * is looked for in one of 256 files, by the first byte of its SHA-1; each is a row of entries, and new ones are put at
 * the end.
 *
 * <pre>SHA-1 (20) | size (8, BE) | hashes' size (4) | CRC-32C of the hashes (4) | CRC-32C of all before (4) | hashes
 * </pre>
 *
 * <p>Nothing here is ever forced: what a crash tears or a disk damages is not found, and the content is read once more.
 * A content that is a single piece is not kept, because the hash of its piece is its own.
 */
public final class PieceHashes {

    private static final int HEAD_SIZE = Sha1.SIZE + Long.BYTES + 3 * Integer.BYTES;

    private final @Nullable Path folder;

    private PieceHashes(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Those in {@code folder}, which is made when there is something to keep. */
    public static PieceHashes in(Path folder) {
        return new PieceHashes(folder);
    }

    /** Of a node that keeps nothing. */
    public static PieceHashes none() {
        return new PieceHashes(null);
    }

    /** The head of an entry, and where its hashes are. */
    private record Entry(Sha1 sha1, long size, int hashesSize, int hashesChecksum, long position) {
        long end() {
            return position + hashesSize;
        }
    }

    /**
     * The hashes of this content's pieces, if they are known.
     *
     * @throws IOException if the disk does not answer
     */
    synchronized Optional<Bytes> find(Sha1 sha1, long size) throws IOException {
        long count = ContentTorrent.pieceCount(size);
        if (count <= 1) {
            return Optional.of(count == 0 ? Bytes.EMPTY : Bytes.copyOf(sha1.toArray()));
        }
        if (folder == null) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path(folder, sha1), StandardOpenOption.READ)) {
            for (Entry entry = entry(channel, 0); entry != null; entry = entry(channel, entry.end())) {
                if (entry.sha1().equals(sha1) && entry.size() == size && entry.hashesSize() == count * Sha1.SIZE) {
                    Optional<Bytes> hashes = hashes(channel, entry);
                    if (hashes.isPresent()) {
                        return hashes;
                    }
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Keeps the hashes of a content.
     *
     * @throws IOException if they could not be written; then they are not found, and nothing else is lost
     */
    synchronized void keep(ContentTorrent content) throws IOException {
        if (folder == null || find(content.sha1(), content.size()).isPresent()) {
            return;
        }
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                path(folder, content.sha1()),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long end = 0;
            for (Entry entry = entry(channel, 0); entry != null; entry = entry(channel, end)) {
                end = entry.end();
            }
            channel.truncate(end);
            ByteBuffer bytes = written(content);
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
        }
    }

    /** The entry at {@code position}; null at the end, and where something is damaged. */
    private static @Nullable Entry entry(FileChannel channel, long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_SIZE);
        if (!read(channel, head, position)
                || checksum(head.slice(0, HEAD_SIZE - Integer.BYTES)) != head.getInt(HEAD_SIZE - Integer.BYTES)) {
            return null;
        }
        Sha1 sha1 = Sha1.read(head);
        Entry entry = new Entry(sha1, head.getLong(), head.getInt(), head.getInt(), position + HEAD_SIZE);
        return entry.hashesSize() > 0 && entry.end() <= channel.size() ? entry : null;
    }

    private static Optional<Bytes> hashes(FileChannel channel, Entry entry) throws IOException {
        ByteBuffer hashes = ByteBuffer.allocate(entry.hashesSize());
        boolean isWhole =
                read(channel, hashes, entry.position()) && checksum(hashes.duplicate()) == entry.hashesChecksum();
        return isWhole ? Optional.of(Bytes.read(hashes, hashes.remaining())) : Optional.empty();
    }

    private static ByteBuffer written(ContentTorrent content) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_SIZE + content.pieces().size());
        content.sha1().writeTo(bytes);
        bytes.putLong(content.size()).putInt(content.pieces().size());
        bytes.putInt(checksum(ByteBuffer.wrap(content.pieces().toArray())));
        bytes.putInt(checksum(bytes.slice(0, bytes.position())));
        content.pieces().writeTo(bytes);
        return bytes.flip();
    }

    /** Whether {@code target} could be filled; it is ready to be read then. */
    private static boolean read(FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                return false;
            }
        }
        target.flip();
        return true;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static Path path(Path folder, Sha1 sha1) {
        return folder.resolve(HexFormat.of().toHexDigits((byte) (sha1.first() >>> 56)));
    }
}
