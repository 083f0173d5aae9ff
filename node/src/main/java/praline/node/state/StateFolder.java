package praline.node.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import praline.protocol.UserError;

/**
 * The folder that holds the state of one node. A lock keeps a second process out for as long as it is open
 * (spec/hardening.md D10); the operating system gives the lock up when the process dies, however it dies.
 */
public final class StateFolder implements AutoCloseable {

    private static final String LOCK_NAME = "lock";

    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder when it is not there, and locks it.
     *
     * @throws UserError if the folder cannot be made or written, or another node uses it, in this process or elsewhere
     */
    public static StateFolder open(Path path) {
        FileChannel lock = openLock(path);
        try {
            if (tryLock(lock) == null) {
                lock.close();
                throw new UserError(UserError.Kind.FAILED, "another node uses the state folder", path.toString());
            }
            return new StateFolder(path, lock);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /** The state file of this name, which need not exist; a plain name without separators. */
    public StateFile file(String name) {
        return new StateFile(path.resolve(name));
    }

    /** Gives up the lock. The files stay. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileChannel openLock(Path path) {
        try {
            Files.createDirectories(path);
            return FileChannel.open(path.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UserError(UserError.Kind.FAILED, "the state folder is a file", path.toString());
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static UserError unusable(Path path, IOException cause) {
        String what = "the state folder cannot be used (" + cause.getClass().getSimpleName() + ")";
        UserError error = new UserError(UserError.Kind.FAILED, what, path.toString());
        error.initCause(cause);
        return error;
    }
}
