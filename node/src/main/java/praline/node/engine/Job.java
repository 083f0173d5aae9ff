package praline.node.engine;

import praline.protocol.Sha1;

/** Slow work that an engine asks its host for: coordinates only, never a closure. */
public sealed interface Job {

    /** Makes room for a download and finds what an earlier run left of it. Answered by {@link JobResult.Opened}. */
    record OpenDownload(Sha1 sha1, long size) implements Job {}

    /** Writes a block of a download at {@code offset} and releases it. Answered by {@link JobResult.Stored}. */
    record StoreBlock(Sha1 sha1, long offset, Block block) implements Job {}

    /**
     * Checks the whole download against its SHA-1 and, when it is right, gives it its final name, made safe and unlike
     * any name that is taken. Answered by {@link JobResult.Finished}; wrong bytes are discarded.
     */
    record FinishDownload(Sha1 sha1, String remoteName) implements Job {}
}
