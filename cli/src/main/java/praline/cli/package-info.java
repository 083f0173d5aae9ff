/**
 * The {@code praline} command: what a person or a script types, and what it prints.
 *
 * <p>{@link praline.cli.Praline} is the main class; every command is a class of its own below it.
 *
 * <p>Invariant: results go to stdout, everything else to stderr, and the exit code says what happened.
 */
@NullMarked
package praline.cli;

import org.jspecify.annotations.NullMarked;
