/**
 * What the tests of every module share: properties that are checked over many seeds, messages drawn by chance, sessions
 * of living programs, and a watch on event loops.
 *
 * <p>Use {@link praline.protocol.testing.Seeds#check} with {@link praline.protocol.testing.RandomMessages}; other
 * modules depend on this module's {@code test-jar}. {@link praline.protocol.testing.BlockedEventLoops} is found by
 * JUnit.
 *
 * <p>Invariant: a failure always says which seed brings it back.
 */
@NullMarked
package praline.protocol.testing;

import org.jspecify.annotations.NullMarked;
