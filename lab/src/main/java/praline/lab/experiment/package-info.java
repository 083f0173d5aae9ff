/**
 * Experiments of the literature and of our own, run by the node's engines (spec/experiments.md section 4).
 *
 * <p>Use: measure one cell, for example by {@link praline.lab.experiment.FloodProfile#measure}.
 *
 * <p>Invariant: what is counted was counted by the engines' observers, never by a model of them.
 */
@NullMarked
package praline.lab.experiment;

import org.jspecify.annotations.NullMarked;
