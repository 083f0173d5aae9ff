package praline.node.swarm;

import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** What a swarm engine tells the node around it, torrent by torrent. Texts are ours unless they are a RemoteText. */
public interface SwarmListener {

    /** Hears nothing. */
    SwarmListener NONE = new SwarmListener() {};

    /** Why a download stands still. It goes on by itself as soon as it can. */
    enum Obstacle {
        /** There is no room; the text says where, how much is needed and how much there is. */
        DISK_FULL,
        /** The disk reports another error. */
        DISK_ERROR,
        /** Nobody who has what is missing can be reached. */
        NO_PEER,
        /** The whole content had another hash than the search said, though each piece was right. */
        WRONG_CONTENT
    }

    /** The info dictionary came by the metadata extension, and is right. */
    default void onMetadata(Sha1 torrent, TorrentInfo info) {}

    /** Bytes that were on the disk already are being checked; {@code checked} of {@code count} pieces. */
    default void onChecking(Sha1 torrent, int checked, int count) {}

    /** What the disk held is known; it takes part from here on. */
    default void onReady(Sha1 torrent, TorrentInfo info, int piecesHad) {}

    /** One more piece is right and written. */
    default void onPiece(Sha1 torrent, int piece, int piecesHad) {}

    /** Everything is right and stands at {@code path}: at once after {@link #onReady}, or after the last piece. */
    default void onDone(Sha1 torrent, String path) {}

    /** The download stands still; {@code text} is for the user. */
    default void onWaiting(Sha1 torrent, Obstacle obstacle, String text) {}

    /** A tracker answered with a warning or refused; {@code text} is its own. */
    default void onTrackerText(Sha1 torrent, String url, RemoteText text) {}

    /** It cannot be had and is given up; {@code reason} is for the user. */
    default void onFailed(Sha1 torrent, String reason) {}
}
