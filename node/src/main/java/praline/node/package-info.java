/**
 * A node as a whole: its engines, its library and its host, put together.
 *
 * <p>Use: describe a node by a {@link praline.node.NodeConfig}, deploy a {@link praline.node.PeerVerticle} with it, and
 * talk to the running node by its {@link praline.node.NodeControl}.
 *
 * <p>Invariant: everything that happens in a node happens on its one event loop; what blocks is done by workers and
 * comes back as an event.
 */
@NullMarked
package praline.node;

import org.jspecify.annotations.NullMarked;
