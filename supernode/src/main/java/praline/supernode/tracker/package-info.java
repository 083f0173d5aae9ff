/**
 * The tracker that every leader is: it tells the peers of a swarm of each other, over HTTP and UDP, from what they
 * announce and from what its leaves have published (spec/bittorrent.md section 8, spec/hardening.md I8).
 *
 * <p>Use: a {@link praline.supernode.tracker.LeadersTracker} answers requests as they come; the node hands it those of
 * its port.
 *
 * <p>Invariant: an answer names only addresses that announcements came from, and those of leaves that are here and can
 * be dialled. Nobody is named on somebody else's word.
 */
@NullMarked
package praline.supernode.tracker;

import org.jspecify.annotations.NullMarked;
