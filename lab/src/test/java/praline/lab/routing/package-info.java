/**
 * Networks in virtual time whose queries are routed by tables.
 *
 * <p>Use: the tests of this package; nothing else.
 *
 * <p>Invariant: nodes join by themselves, with real handshakes.
 */
@NullMarked
package praline.lab.routing;

import org.jspecify.annotations.NullMarked;
