/**
 * Whole nodes on loopback: deployed, joined, searched, undeployed.
 *
 * <p>Use: {@link praline.node.NodeRig} deploys nodes on free ports and ends them all.
 *
 * <p>Invariant: nothing here knows what is inside a node.
 */
@NullMarked
package praline.node;

import org.jspecify.annotations.NullMarked;
