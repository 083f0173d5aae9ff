/**
 * BitTorrent as bytes: torrents, what peers say to each other, and what trackers are told (spec/bittorrent.md).
 *
 * <p>Use: a file that the user has becomes a {@link praline.protocol.bittorrent.Metainfo}; a file of ours becomes a
 * {@link praline.protocol.bittorrent.ContentTorrent} by one pass of {@link praline.protocol.bittorrent.ContentDigest};
 * a link of a swarm is read and written by {@link praline.protocol.bittorrent.PeerCodec}.
 *
 * <p>Invariant: an infohash is taken over the bytes of the dictionary as they came, never over a second encoding; and
 * no count or length that a stranger wrote is believed before it has been compared with what is there.
 */
@NullMarked
package praline.protocol.bittorrent;

import org.jspecify.annotations.NullMarked;
