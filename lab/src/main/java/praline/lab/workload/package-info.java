/**
 * What people share and ask for, as it was measured in living networks (spec/experiments.md section 3).
 *
 * <p>Use: draw a {@link praline.lab.workload.Workload} for a number of peers, ask it who holds what and what is wanted.
 *
 * <p>Invariant: everything is a function of the sizes and the seed; objects are numbered by popularity, the most
 * popular first.
 */
@NullMarked
package praline.lab.workload;

import org.jspecify.annotations.NullMarked;
