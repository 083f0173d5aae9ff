package praline.node.engine;

import praline.protocol.Sha1;

/**
 * A file that is on its way here, in the hands of its torrent; only parts that the torrent has can be read.
 *
 * @param torrent its infohash; the torrent is open, and has this one file
 * @param pieceLength bytes of each of its pieces but the last
 */
public record TorrentPlace(Sha1 torrent, int pieceLength) implements Place {}
