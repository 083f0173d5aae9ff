/**
 * Tests of the Vert.x host on loopback, with real sockets and free ports.
 *
 * <p>Use: {@link praline.node.net.HostRig} starts hosts with an engine that writes down what happens to it, and
 * {@link praline.node.net.RawPeer} is the other end of a connection, which may behave as badly as it likes.
 *
 * <p>Invariant: a bound in wall time is asserted ten times as wide as it is; nothing sleeps.
 */
@NullMarked
package praline.node.net;

import org.jspecify.annotations.NullMarked;
