/**
 * What the tests of every module share: properties that are checked over many seeds.
 *
 * <p>Use {@link praline.protocol.testing.Seeds#check}; other modules depend on this module's {@code test-jar}.
 *
 * <p>Invariant: a failure always says which seed brings it back.
 */
@NullMarked
package praline.protocol.testing;

import org.jspecify.annotations.NullMarked;
