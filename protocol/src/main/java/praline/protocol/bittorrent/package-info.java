/**
 * BitTorrent as bytes: the torrent that follows from a content.
 *
 * <p>Use: feed a file once through {@link praline.protocol.bittorrent.ContentDigest} and take its SHA-1 and its
 * {@link praline.protocol.bittorrent.ContentTorrent}.
 *
 * <p>Invariant: equal bytes give an equal infohash, whatever the file is called and whoever computes it.
 */
@NullMarked
package praline.protocol.bittorrent;

import org.jspecify.annotations.NullMarked;
