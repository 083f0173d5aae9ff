package praline.protocol.gnutella;

import praline.protocol.Guid;

/**
 * What a supernode holds for a leaf, in answer to its batches. Vendor message {@code PRLN} 2, version 1
 * (spec/praline.md section 2).
 *
 * <pre>vendor header (8) | epoch (4, LE) | seq (4, LE) | status (1) | held (4, LE) | digest (8, LE)</pre>
 *
 * @param epoch of the last batch applied
 * @param seq of the last batch applied
 * @param held records held for this leaf
 * @param digest XOR over the held records of the first 8 bytes (big-endian) of SHA-1(encoded add record)
 */
public record IndexStatus(Guid guid, int ttl, int hops, long epoch, long seq, Status status, long held, long digest)
        implements Message {

    /** What became of the batch. The order is the byte on the wire. */
    public enum Status {
        OK,
        /** A gap, another epoch or another digest: send everything again. */
        RESYNC,
        /** Over the limit: the batch changed nothing. */
        REFUSED_LIMIT,
        /** Not understood: the batch changed nothing. */
        REFUSED_MALFORMED
    }

    @Override
    public MessageType type() {
        return MessageType.VENDOR;
    }

    @Override
    public int payloadSize() {
        return Vendor.HEADER_SIZE + 4 + 4 + 1 + 4 + 8;
    }
}
