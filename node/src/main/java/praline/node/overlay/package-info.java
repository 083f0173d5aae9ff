/**
 * The overlay engine: a servent's part in a Gnutella network, as flat peer, leaf or supernode, without I/O.
 *
 * <p>Use: build an {@link praline.node.overlay.OverlayEngine} with a configuration and what it shares, run it by a
 * host, enter by {@code connect} and {@code search}, and hear of hits by the listener.
 *
 * <p>How queries spread: {@link praline.node.overlay.Queries} passes them on and hits back,
 * {@link praline.node.overlay.QueryRouting} knows the tables of those who sent some (spec/gnutella.md section 9), and
 * {@link praline.node.overlay.DynamicQuerying} asks neighbours one by one (14.5).
 *
 * <p>Invariant: a query GUID is passed on once, or a second time to let it travel farther, and never to the link it
 * came from; a hit goes back only along the way of its query (spec/hardening.md section 13, V1 and V2).
 */
@NullMarked
package praline.node.overlay;

import org.jspecify.annotations.NullMarked;
