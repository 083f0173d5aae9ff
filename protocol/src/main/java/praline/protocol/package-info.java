/**
 * Values that every layer shares: names of nodes and content, bytes, the outcome of decoding, and reproducible chance.
 *
 * <p>Use them as plain values: all are immutable, except {@link praline.protocol.SplitMix64}, which belongs to one
 * engine and one thread.
 *
 * <p>Invariant: nothing here or below does I/O, reads a clock or depends on another module of ours.
 */
@NullMarked
package praline.protocol;

import org.jspecify.annotations.NullMarked;
