package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A file is gone, or is not the one that was hashed (spec/hardening.md D11). */
final class ChangedException extends IOException {

    private static final long serialVersionUID = 1;

    ChangedException(Path file) {
        super("changed since it was hashed: " + file);
    }
}
