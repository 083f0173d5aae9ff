/**
 * How fast things are. Nothing imports this package.
 *
 * <p>Use: {@code scripts/speed.sh} for floods in virtual time.
 *
 * <p>Invariant: a figure is printed beside one of known cost from the same process run, since machines differ and the
 * ratio does not.
 */
@NullMarked
package praline.bench;

import org.jspecify.annotations.NullMarked;
