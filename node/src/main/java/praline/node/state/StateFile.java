package praline.node.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds either what the last write was given or what the one before it was, whenever the machine stops
 * (spec/hardening.md D1 and D8).
 *
 * <pre>"PRLS" (4) | version of this frame (4, BE) | content size (8, BE) | CRC-32C of the content (4, BE) | content
 * </pre>
 *
 * <p>A write goes to NAME.new, is forced to the disk, and only then takes the name; the generation before it stays as
 * NAME.previous. Between the two moves NAME is missing for an instant, and then NAME.previous answers. A file that does
 * not check is moved to NAME.corrupt-TIME at once, because it would otherwise push out the good generation at the next
 * write. The content may be damaged in spite of all this only if it was damaged before; its reader still checks it.
 */
public final class StateFile {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private static final int MAGIC = 0x50524C53;
    private static final int VERSION = 1;
    private static final int HEAD_SIZE = 4 + 4 + 8 + 4;

    private final Path newest;
    private final Path previous;
    private final Path unfinished;

    /** The state in {@code path}, whose folder must be there when it is written. */
    public StateFile(Path path) {
        newest = path;
        previous = sibling(path, ".previous");
        unfinished = sibling(path, ".new");
    }

    /**
     * The content of the newest generation that is whole; empty if there is none, be it that nothing was ever written
     * or that all is damaged. Damage is logged and moved aside, never fatal.
     *
     * @throws IOException if the disk does not answer
     */
    public Optional<byte[]> read() throws IOException {
        Optional<byte[]> content = readGeneration(newest);
        return content.isPresent() ? content : readGeneration(previous);
    }

    /**
     * Replaces the content.
     *
     * @throws IOException if it could not be written, for example on a full disk; what was there before stays readable
     */
    public void write(byte[] content) throws IOException {
        try {
            writeUnfinished(content);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        if (Files.exists(newest)) {
            Files.move(newest, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(unfinished, newest, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    /**
     * Removes every generation that can be read; what was moved aside stays.
     *
     * @throws IOException if one could not be removed
     */
    public void delete() throws IOException {
        Files.deleteIfExists(newest);
        Files.deleteIfExists(previous);
        Files.deleteIfExists(unfinished);
    }

    private Optional<byte[]> readGeneration(Path path) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<byte[]> content = contentOf(bytes);
        if (content.isEmpty()) {
            Path aside = sibling(path, ".corrupt-" + System.currentTimeMillis());
            LOG.warn("{} is damaged; it is kept as {}", path.getFileName(), aside.getFileName());
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        return content;
    }

    /** What the bytes of a file hold; empty if they are not exactly what a write makes. */
    static Optional<byte[]> contentOf(byte[] bytes) {
        if (bytes.length < HEAD_SIZE) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(bytes, HEAD_SIZE, bytes.length);
        boolean isWhole = Arrays.equals(head(content).array(), Arrays.copyOf(bytes, HEAD_SIZE));
        return isWhole ? Optional.of(content) : Optional.empty();
    }

    private static ByteBuffer head(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return ByteBuffer.allocate(HEAD_SIZE)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(content.length)
                .putInt((int) checksum.getValue())
                .flip();
    }

    private void writeUnfinished(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, head(content));
            writeFully(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes the moves themselves durable. */
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(newest.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path sibling(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }
}
