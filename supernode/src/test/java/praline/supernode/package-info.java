/**
 * Whole supernodes on loopback, with leaves that publish to them.
 *
 * <p>Use: each test deploys its own small network on free ports.
 *
 * <p>Invariant: nothing here knows what is inside a node.
 */
@NullMarked
package praline.supernode;

import org.jspecify.annotations.NullMarked;
