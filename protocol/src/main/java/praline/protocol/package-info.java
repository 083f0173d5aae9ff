/**
 * Values that every protocol shares: names of nodes and content, addresses, byte strings, and what a decoder answers.
 *
 * <p>Use: build values with the {@code of…} and {@code parse} methods; they check what they are given.
 *
 * <p>Invariant: everything here is immutable, has value equality and does no I/O.
 */
@NullMarked
package praline.protocol;

import org.jspecify.annotations.NullMarked;
