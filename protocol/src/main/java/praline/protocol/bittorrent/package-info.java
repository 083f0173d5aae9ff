/**
 * BitTorrent as bytes: torrents, what peers say to each other, and what trackers are told (spec/bittorrent.md).
 *
 * <p>Use: what the user has is read by {@link praline.protocol.bittorrent.Metainfo} (a torrent file) or
 * {@link praline.protocol.bittorrent.Magnet} (a link); a file of ours becomes a
 * {@link praline.protocol.bittorrent.ContentTorrent} by one pass of {@link praline.protocol.bittorrent.ContentDigest}.
 * A link of a swarm is read and written by {@link praline.protocol.bittorrent.PeerCodec}, what is inside its extension
 * messages by {@link praline.protocol.bittorrent.ExtensionMessage}; trackers are spoken to, and played, with
 * {@link praline.protocol.bittorrent.HttpTracker} and {@link praline.protocol.bittorrent.UdpTrackerCodec}. All
 * bencoding is {@link praline.protocol.bittorrent.Bencode}.
 *
 * <p>Invariant: an infohash is taken over the bytes of the dictionary as they came, never over a second encoding; and
 * no count or length that a stranger wrote is believed before it has been compared with what is there.
 */
@NullMarked
package praline.protocol.bittorrent;

import org.jspecify.annotations.NullMarked;
