/**
 * The group leader: a peer that is given an index of its leaves' files.
 *
 * <p>Use: deploy a {@link praline.supernode.SupernodeVerticle} where an ordinary node is a
 * {@link praline.node.PeerVerticle}.
 *
 * <p>Invariant: leading is made of parts that the peer's own engine takes by its ports; nothing of the peer is done
 * twice.
 */
@NullMarked
package praline.supernode;

import org.jspecify.annotations.NullMarked;
