/**
 * Both worlds, real TCP and virtual time, run the same scenarios and must count the same.
 *
 * <p>Use: a trial of {@code praline.lab.experiment} is played in each world, and the counts are compared.
 *
 * <p>Invariant: the tolerance is nought, and is never widened.
 */
@NullMarked
package praline.agreement;

import org.jspecify.annotations.NullMarked;
