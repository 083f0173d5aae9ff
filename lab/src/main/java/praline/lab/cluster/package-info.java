/**
 * Clusters of real nodes on this machine: real TCP, an address of its own in 127/8 for each node, one port number for
 * all.
 *
 * <p>Use: draw a {@link praline.lab.cluster.ClusterPlan} from what the user asked for, which says who is a leader, who
 * dials whom and who shares what; then have it run.
 *
 * <p>Invariant: a plan is a function of its options and their seed. Nothing here listens or dials outside 127/8.
 */
@NullMarked
package praline.lab.cluster;

import org.jspecify.annotations.NullMarked;
