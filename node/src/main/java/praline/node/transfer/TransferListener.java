package praline.node.transfer;

import praline.protocol.Sha1;

/** What a transfer engine tells the node around it. All texts are ours: nothing that a stranger wrote is in them. */
public interface TransferListener {

    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {};

    /** Why a download stands still. It goes on by itself as soon as it can. */
    enum Obstacle {
        /** There is no room; the text says where, how much is needed and how much there is. */
        DISK_FULL,
        /** The disk reports another error. */
        DISK_ERROR,
        /** Every source has told us to ask later. */
        SOURCES_BUSY,
        /** No source answers, or none is left. */
        NO_SOURCE,
        /** The bytes that came were the wrong ones; it begins again with other sources. */
        WRONG_BYTES
    }

    /**
     * Bytes were written, or found from an earlier run.
     *
     * @param stored bytes that are in the file
     * @param size bytes of the whole file
     */
    default void onProgress(Sha1 sha1, long stored, long size) {}

    /** The whole file is right and stands at {@code path}. */
    default void onDone(Sha1 sha1, String path) {}

    /**
     * The download has ended without the file; {@code reason} is for the user. What has come is kept for another try.
     */
    default void onFailed(Sha1 sha1, String reason) {}

    /** The download stands still; {@code text} is for the user. */
    default void onWaiting(Sha1 sha1, Obstacle obstacle, String text) {}
}
