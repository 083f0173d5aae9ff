/**
 * The {@code praline} command: what a person or a script types, and what it prints.
 *
 * <p>{@link praline.cli.Praline} is the main class; every command is a class of its own below it. What a command knows
 * of the world (streams, environment) comes in a {@link praline.cli.Terminal}, so that tests run commands in their own
 * process.
 *
 * <p>Invariant: results go to stdout, everything else to stderr, and the exit code says what happened. No text of a
 * stranger reaches either stream unescaped.
 */
@NullMarked
package praline.cli;

import org.jspecify.annotations.NullMarked;
