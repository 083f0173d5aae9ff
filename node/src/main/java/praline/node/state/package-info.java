/**
 * What a node remembers on disk between two runs: a folder that one process owns, and files in it that survive a crash
 * at any moment (spec/hardening.md section 6).
 *
 * <p>Use: open the {@link praline.node.state.StateFolder}, take a {@link praline.node.state.StateFile} from it for each
 * thing to remember, read it at the start, write it when it changed. These calls block; a worker makes them.
 *
 * <p>Invariant: what is read is exactly what some earlier write was given, or nothing; a file that is neither is moved
 * aside and never deleted.
 */
@NullMarked
package praline.node.state;

import org.jspecify.annotations.NullMarked;
