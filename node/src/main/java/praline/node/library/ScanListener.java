package praline.node.library;

import java.nio.file.Path;

/** Hears of a scan, on the thread that scans: post what concerns an engine to its event loop. */
public interface ScanListener {

    /** What is shared has changed. */
    void onChange(LibraryChange change);

    /** The scan went on. Comes often; a display draws as often as it likes. */
    default void onProgress(ScanProgress progress) {}

    /**
     * Something is not shared, and the scan goes on.
     *
     * @param path for the owner's eyes only; it holds whatever the file system holds, so escape it
     * @param why follows the path in a line: {@code "cannot be read: permission denied"}
     */
    default void onProblem(Path path, String why) {}
}
