package praline.node.library;

import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * A content of which some is here and the rest is on its way: its torrent gives what there is of it.
 *
 * @param sha1 of the whole content
 * @param infohash of the torrent that follows from the content
 * @param size bytes of the whole content
 * @param name what others are told: a safe name, at most 255 bytes of UTF-8 in NFC
 */
public record ComingFile(Sha1 sha1, Sha1 infohash, long size, Bytes name) {}
