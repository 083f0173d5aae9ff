/**
 * Gets one content by its SHA-1, from whoever has it and by whatever way the bytes come: a swarm as soon as somebody
 * names its torrent, else one HTTP source at a time.
 *
 * <p>Use: give {@link praline.node.retrieval.Retrievals} a port to the engines of a node and have it hear what they
 * tell; then ask it for contents and add sources as searches find them.
 *
 * <p>Invariant: nothing that a source says is believed. A content is done when its bytes have the SHA-1 that was asked
 * for, and a torrent that does not bring them is given up for another way.
 */
@NullMarked
package praline.node.retrieval;

import org.jspecify.annotations.NullMarked;
