package praline.node.engine;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.TorrentInfo;
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

    /**
     * Opens what is on the disk of a torrent: a shared file, which is complete, or the folder of downloads with what an
     * earlier run left or with the finished files. Answered by {@link JobResult.TorrentOpened}, or
     * {@link JobResult.Problem#REFUSED}. Harmless when it is open already.
     *
     * @param shared the file whose bytes are the torrent's; null: it grows, or stands, in the folder of downloads
     */
    record OpenTorrent(TorrentInfo torrent, @Nullable Place shared) implements Job {}

    /**
     * Hashes the blocks of a piece, which together are the piece, and writes them if the piece is right. Releases them
     * in any case. Answered by {@link JobResult.PieceStored} or {@link JobResult.PieceWrong}.
     *
     * @param isDisputed whether the hash of each block is to be told even if the piece is right, because somebody sent
     *     others before (spec/hardening.md S3)
     */
    record StorePiece(Sha1 torrent, int piece, ImmutableList<Block> blocks, boolean isDisputed) implements Job {}

    /** Hashes a piece as it is on the disk. Answered by {@link JobResult.PieceChecked}. Writes nothing (D9). */
    record CheckPiece(Sha1 torrent, int piece) implements Job {}

    /**
     * Gives a torrent whose pieces are all stored its final name, made safe and unlike any that is taken, after its
     * content was compared with {@code content} where that is known (S1). Answered by {@link JobResult.Finished}, or
     * {@link JobResult.Problem#WRONG_HASH}.
     *
     * @param name what to call a single file; null: as the torrent says
     */
    record FinishTorrent(
            Sha1 torrent, @Nullable Sha1 content, @Nullable RemoteText name) implements Job {}

    /**
     * Leaves finished files alone of which a piece turned out wrong, and begins a copy of them that grows beside: it
     * takes over every piece that is known to be right. Answered by {@link JobResult.TorrentOpened}, not finished.
     */
    record RenewTorrent(Sha1 torrent) implements Job {}

    /** Lets go of a torrent and keeps what there is of it. Answered by {@link JobResult.Closed}. */
    record CloseTorrent(Sha1 torrent) implements Job {}

    /**
     * Looks for the info dictionary of a torrent that an earlier run opened. Answered by {@link JobResult.Described},
     * or {@link JobResult.Problem#NOT_FOUND}.
     */
    record FindTorrent(Sha1 torrent) implements Job {}

    /** Takes the piece hashes of a shared file. Answered by {@link JobResult.Described}. */
    record DescribeShared(Place place) implements Job {}

    /**
     * Announces to one tracker.
     *
     * @param url {@code http:} or {@code udp:}
     */
    record Announce(String url, AnnounceRequest request) implements Job {}
}
