package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Asks how much more a file system takes. A test has its own. */
interface FreeSpace {

    /** Bytes that this program may still write to the file system of {@code folder}. */
    long usable(Path folder) throws IOException;
}
