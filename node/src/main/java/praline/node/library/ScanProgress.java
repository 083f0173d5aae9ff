package praline.node.library;

/**
 * How far a scan is. While the folders are still walked, the totals are 0.
 *
 * @param filesFound files seen in the folders so far
 * @param filesDone files that are hashed, of {@code filesTotal}
 * @param filesTotal files that must be hashed
 * @param bytesDone bytes that are hashed, of {@code bytesTotal}
 * @param bytesTotal bytes that must be hashed
 */
public record ScanProgress(int filesFound, int filesDone, int filesTotal, long bytesDone, long bytesTotal) {}
