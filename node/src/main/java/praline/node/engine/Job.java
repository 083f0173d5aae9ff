package praline.node.engine;

import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/**
 * Slow work that an engine asks its host for: coordinates only, never a closure. Any of them may be answered by
 * {@link JobResult.Failed}. What is asked about one download is done in the order of asking; the rest may overtake.
 */
public sealed interface Job {

    /** The size of a download that nobody has told yet. */
    long SIZE_UNKNOWN = -1;

    /**
     * Makes room for a download, {@code size} bytes or {@link #SIZE_UNKNOWN}, and finds what an earlier run left of it.
     * Answered by {@link JobResult.Opened}; harmless when it is open already.
     */
    record OpenDownload(Sha1 sha1, long size) implements Job {}

    /** Writes a block of an open download at {@code offset} and releases it. Answered by {@link JobResult.Stored}. */
    record StoreBlock(Sha1 sha1, long offset, Block block) implements Job {}

    /**
     * Checks the whole download against its SHA-1 and, when it is right, gives it its final name, made safe and unlike
     * any name that is taken. Answered by {@link JobResult.Finished}; wrong bytes are discarded.
     */
    record FinishDownload(Sha1 sha1, RemoteText remoteName) implements Job {}

    /** Lets go of a download and keeps its bytes for a later run. Answered by {@link JobResult.Closed}. */
    record CloseDownload(Sha1 sha1) implements Job {}

    /** Forgets a download and its bytes. Answered by {@link JobResult.Closed}. */
    record DiscardDownload(Sha1 sha1) implements Job {}

    /**
     * Looks whether a shared file still is what was hashed: there, regular, of the same size and time
     * (spec/hardening.md D11). Answered by {@link JobResult.Unchanged}.
     */
    record CheckShared(Place place) implements Job {}
}
