/**
 * Living Gnutella as a stranger speaks it: clients written by hand, byte by byte, meet a cluster on real TCP.
 *
 * <p>Use: {@code RawServent} is a leaf or an ultrapeer at the end of a socket; it knows nothing of our codec, so that a
 * misunderstanding of the protocol cannot hide on both ends of a link.
 *
 * <p>Invariant: {@code RawServent} and {@code RawBytes} use no class of {@code praline.protocol}.
 */
@NullMarked
package praline.system.raw;

import org.jspecify.annotations.NullMarked;
