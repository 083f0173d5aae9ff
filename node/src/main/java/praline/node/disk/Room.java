package praline.node.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that is left where one folder is. */
final class Room {

    /** A write that fails with less than this left failed for want of room, whatever its message says. */
    private static final long NEXT_TO_NOTHING = 1 << 20;

    private final Path folder;
    private final FreeSpace space;

    Room(Path folder, FreeSpace space) {
        this.folder = folder;
        this.space = space;
    }

    Path folder() {
        return folder;
    }

    /** Fails when fewer than {@code need} bytes can be written. */
    void require(long need) throws IOException {
        long have = space.usable(folder);
        if (have < need) {
            throw new DiskFullException(folder, need, have);
        }
    }

    /** The right error for one that a write of {@code need} bytes in all has met: a full disk has a text of its own. */
    IOException explained(IOException cause, long need) throws IOException {
        long have = space.usable(folder);
        return have < NEXT_TO_NOTHING || saysFull(cause) ? new DiskFullException(folder, need, have) : cause;
    }

    boolean isOnSameFileSystemAs(Path other) throws IOException {
        return Files.getFileStore(folder).equals(Files.getFileStore(other));
    }

    private static boolean saysFull(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device")
                || message.contains("quota exceeded")
                || message.contains("not enough space on the disk");
    }
}
