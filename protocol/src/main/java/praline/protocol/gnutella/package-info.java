/**
 * Gnutella 0.6 on the wire: the handshake, the descriptors, their extensions (GGEP, HUGE) and Praline's own index
 * publication, as immutable records and the codec between records and bytes.
 *
 * <p>Use: {@link praline.protocol.gnutella.GnutellaCodec} for descriptors and
 * {@link praline.protocol.gnutella.HandshakeCodec} for handshake blocks, both pure functions over buffers;
 * {@link praline.protocol.gnutella.OverlayCodec} for all bytes of one link. What queries ask and hits offer is read by
 * {@link praline.protocol.gnutella.QueryTerms} and {@link praline.protocol.gnutella.HitFile}, what vendor messages say
 * by {@link praline.protocol.gnutella.VendorCall}. Query routing tables (spec/gnutella.md section 9) are taken by
 * {@link praline.protocol.gnutella.QrpReceiver} and made by {@link praline.protocol.gnutella.QrpPatches}.
 *
 * <p>Invariant: what is decoded encodes to the same bytes, and {@code wireSize()} is their exact number.
 */
@NullMarked
package praline.protocol.gnutella;

import org.jspecify.annotations.NullMarked;
