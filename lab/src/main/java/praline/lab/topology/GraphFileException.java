package praline.lab.topology;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An edge list that cannot be used. The message is one clear line for the user: which file, where in it, what was
 * expected.
 */
public final class GraphFileException extends Exception {

    private static final long serialVersionUID = 1;

    private GraphFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Something is wrong in one line; {@code line} counts from 1. */
    static GraphFileException inLine(Path file, long line, String expected) {
        return new GraphFileException(file + ", line " + line + ": " + expected, null);
    }

    static GraphFileException ofFile(Path file, String problem, @Nullable Throwable cause) {
        return new GraphFileException(file + ": " + problem, cause);
    }
}
