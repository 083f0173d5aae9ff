package praline.node.engine;

import com.google.common.collect.ImmutableList;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.TorrentInfo;

/** How slow work ended. */
public sealed interface JobResult {

    /**
     * The download stands ready; its first {@code present} bytes are on the disk already. {@code size} is what an
     * earlier run knew, or else what was asked for: with {@link Job#SIZE_UNKNOWN} nothing was made yet.
     */
    record Opened(long present, long size) implements JobResult {}

    /** {@code size} bytes are written. */
    record Stored(int size) implements JobResult {}

    /** The bytes are right, and the file stands at {@code path}. */
    record Finished(String path) implements JobResult {}

    /** The download is not open any more. */
    record Closed() implements JobResult {}

    /** The shared file is what it was. */
    record Unchanged() implements JobResult {}

    /**
     * A torrent stands ready.
     *
     * @param have the pieces that are right, as a bitfield
     * @param unsure the pieces that may be there and must be checked first, as a bitfield
     * @param isFinished whether its files have their final names
     */
    record TorrentOpened(Bytes have, Bytes unsure, boolean isFinished) implements JobResult {}

    /**
     * The piece was right and is written. {@code blocks}: the SHA-1 of each of its blocks if it was disputed, else
     * none.
     */
    record PieceStored(ImmutableList<Sha1> blocks) implements JobResult {

        /** Without the hashes of blocks. */
        public static final PieceStored PLAIN = new PieceStored(ImmutableList.of());
    }

    /** The piece had another hash; nothing was written. {@code blocks}: the SHA-1 of each of its blocks. */
    record PieceWrong(ImmutableList<Sha1> blocks) implements JobResult {}

    /** The piece was read again. */
    record PieceChecked(boolean isRight) implements JobResult {}

    /** What the torrent consists of: the one that follows from a shared file, or one of an earlier run. */
    record Described(TorrentInfo torrent) implements JobResult {}

    /** The tracker has answered. */
    record Announced(AnnounceReply reply) implements JobResult {}

    /** It did not work; {@code detail} says to the user what and where. */
    record Failed(Problem problem, String detail) implements JobResult {}

    /** What kind of failure it was. */
    enum Problem {
        DISK_FULL,
        WRONG_HASH,
        IO_ERROR,
        /** A torrent that the user's limits forbid; trying again does not help. */
        REFUSED,
        /** Nothing is remembered of it. */
        NOT_FOUND,
        /** A tracker did not answer, or refused. */
        TRACKER,
        /** A shared file is gone, or is not what was hashed. */
        CHANGED
    }
}
