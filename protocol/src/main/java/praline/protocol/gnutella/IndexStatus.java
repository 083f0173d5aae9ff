package praline.protocol.gnutella;

import java.util.Optional;
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

    /** What became of the batch. */
    public enum Status {
        OK(0),
        /** A gap, another epoch or another digest: send everything again. */
        RESYNC(1),
        /** Over the limit: the batch changed nothing. */
        REFUSED_LIMIT(2),
        /** Not understood: the batch changed nothing. */
        REFUSED_MALFORMED(3);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        /** The byte on the wire. */
        int code() {
            return code;
        }

        static Optional<Status> ofCode(int code) {
            for (Status status : values()) {
                if (status.code == code) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
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
