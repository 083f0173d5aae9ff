package praline.node.library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words for its owner. */
final class Problems {

    private Problems() {}

    /** Follows the file's name in a line: {@code "cannot be read: permission denied"}. */
    static String inWords(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "has vanished";
        }
        String detail =
                cause instanceof FileSystemException inFileSystem ? inFileSystem.getReason() : cause.getMessage();
        return "cannot be read" + (detail == null ? "" : ": " + detail);
    }
}
