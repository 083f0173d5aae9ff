/**
 * The host of a node's engines on real TCP, and the only place that opens sockets (ARCHITECTURE.md).
 *
 * <p>Use: make one {@link praline.node.net.TcpHost} for each node on an event loop of Vert.x, listen, give each engine
 * the {@link praline.node.net.EngineHost} of its protocol and install it there. Everything from outside enters by
 * {@link praline.node.net.TcpHost#run}.
 *
 * <p>Invariant: all engines of a node live on one event loop and are entered one event at a time; what they ask for is
 * answered by later events, each exactly once; and no queue, buffer or wait that a stranger can feed is without a
 * bound.
 */
@NullMarked
package praline.node.net;

import org.jspecify.annotations.NullMarked;
