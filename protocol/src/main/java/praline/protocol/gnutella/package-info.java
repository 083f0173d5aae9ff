/**
 * Gnutella 0.6 on the wire: the handshake, the descriptors, their extensions (GGEP, HUGE) and Praline's own index
 * publication, as immutable records and the codec between records and bytes.
 *
 * <p>Use: {@link praline.protocol.gnutella.GnutellaCodec} for descriptors,
 * {@link praline.protocol.gnutella.HandshakeCodec} for handshake blocks; both are pure functions over buffers.
 *
 * <p>Invariant: what is decoded encodes to the same bytes, and {@code wireSize()} is their exact number.
 */
@NullMarked
package praline.protocol.gnutella;

import org.jspecify.annotations.NullMarked;
