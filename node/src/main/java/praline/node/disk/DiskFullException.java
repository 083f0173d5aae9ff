package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** There is, or soon will be, no room. The message is for the user: where, how much is needed, how much there is. */
final class DiskFullException extends IOException {

    private static final long serialVersionUID = 1;
    private static final double MEGABYTE = 1_000_000;

    DiskFullException(Path folder, long need, long have) {
        super(String.format(
                Locale.ROOT, "disk full: %s, need %.1f MB, have %.1f MB", folder, need / MEGABYTE, have / MEGABYTE));
    }
}
