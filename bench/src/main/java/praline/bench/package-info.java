/**
 * How fast things are. Nothing imports this package.
 *
 * <p>Use: {@code scripts/speed.sh} for floods in virtual time, {@code scripts/gnutella-load.sh} for a supernode under
 * load, {@code scripts/bench.sh} for everything that JMH measures, and {@link praline.bench.MillionFiles} for the
 * leader's index.
 *
 * <p>Invariant: a figure is printed beside one of known cost from the same process run, since machines differ and the
 * ratio does not.
 */
@NullMarked
package praline.bench;

import org.jspecify.annotations.NullMarked;
