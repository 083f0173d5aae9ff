/**
 * Experiments of the literature and of our own, run by the node's engines (spec/experiments.md section 4).
 *
 * <p>Use: measure one cell of a table of the literature, for example by
 * {@link praline.lab.experiment.FloodProfile#measure}; or open a {@link praline.lab.experiment.LiveNetwork} in virtual
 * time or on TCP and have a scenario played there, such as {@link praline.lab.experiment.FloodTrial}.
 *
 * <p>Invariant: what is counted was counted by the engines' observers, never by a model of them.
 */
@NullMarked
package praline.lab.experiment;

import org.jspecify.annotations.NullMarked;
