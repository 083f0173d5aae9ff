/**
 * Other people's BitTorrent clients and ours in one swarm: aria2, libtorrent and Transmission, as they are packaged.
 *
 * <p>Use: a {@link praline.system.foreign.Meeting} lets {@link praline.system.foreign.Participant}s join with a
 * {@link praline.system.foreign.Torrent}, each under an address of its own, and waits for what shall happen.
 *
 * <p>Invariant: everything runs in a network that has no way out, and both are gone when the tests have ended.
 */
@NullMarked
package praline.system.foreign;

import org.jspecify.annotations.NullMarked;
