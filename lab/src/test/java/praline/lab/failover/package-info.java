/**
 * Two-tier networks in virtual time whose leaders die, hang, part and are replaced.
 *
 * <p>Use: the tests of this package; nothing else.
 *
 * <p>Invariant: nodes join by themselves, with real handshakes, and faults come from the network, never from a call
 * into an engine.
 */
@NullMarked
package praline.lab.failover;

import org.jspecify.annotations.NullMarked;
