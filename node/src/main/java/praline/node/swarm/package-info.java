/**
 * The swarm's engine: pieces of a torrent from everybody who has them, and to everybody who wants them (BitTorrent).
 *
 * <p>Use: give a {@link praline.node.swarm.SwarmEngine} to a host, hand it {@link praline.node.swarm.TorrentOrder}s,
 * and listen.
 *
 * <p>Invariant: a piece is had, announced and served only after its hash was right.
 */
@NullMarked
package praline.node.swarm;

import org.jspecify.annotations.NullMarked;
