package praline.node.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import praline.node.engine.Place;

/**
 * A regular file as it was when it was looked at. Size and time of change stand for its content: while they are the
 * same, the hashes taken of it hold (spec/hardening.md D11).
 *
 * @param path real and absolute: no element of it is a link
 * @param size bytes
 * @param modifiedNanos since 1970, as fine as the file system keeps it
 */
public record FoundFile(Path path, long size, long modifiedNanos) implements Place {

    static FoundFile of(Path path, BasicFileAttributes attributes) {
        return new FoundFile(
                path, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /**
     * The regular file at a real path; empty if there is none, and no link is followed.
     *
     * @throws IOException if it cannot be looked at
     */
    public static Optional<FoundFile> at(Path path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(of(path, attributes)) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException notThere) {
            return Optional.empty();
        }
    }

    /** Whether it was written less than {@code millis} ago by the clock; a time to come says nothing. */
    boolean isFresh(long millis) {
        long age = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(modifiedNanos);
        return age >= 0 && age < millis;
    }

    /**
     * Opens the file for reading if it is still the one that was found, in the same place. A folder on the way that has
     * become a link since then is not followed, and nothing but a regular file is opened, so that a pipe cannot hold
     * the reader up (D12).
     *
     * @throws IOException if it is gone, unreadable or another file
     */
    public FileChannel open() throws IOException {
        Path folder = path.getParent();
        if (folder == null || !folder.toRealPath().equals(folder) || !isUnchanged()) {
            throw new FileSystemException(path.toString(), null, "changed since it was found");
        }
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Whether the file has the same size and time of change.
     *
     * @throws IOException if it is gone or cannot be looked at
     */
    public boolean isUnchanged() throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && equals(of(path, attributes));
    }
}
