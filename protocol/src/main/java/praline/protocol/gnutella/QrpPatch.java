package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * A part of a sequence that changes a query routing table. Type 0x30, one hop (spec/gnutella.md 9.3). The numbers are
 * as they came, 0..255 each; {@link QrpReceiver} says what is legal.
 *
 * <pre>variant 1 (1) | number (1) | count (1) | compressor (1) | entry bits (1) | data: all that follows</pre>
 *
 * @param number of this part, from 1
 * @param count of the parts of its sequence
 * @param compressor 0 for none, 1 for zlib: one stream over the data of all parts
 * @param entryBits width of an entry in bits: 1, 2, 4 or 8
 */
public record QrpPatch(Guid guid, int ttl, int hops, int number, int count, int compressor, int entryBits, Bytes data)
        implements Message {

    static final int VARIANT = 1;

    /** What comes before the data, the variant included. */
    static final int HEADER_SIZE = 5;

    static final int PLAIN = 0;
    static final int ZLIB = 1;

    @Override
    public MessageType type() {
        return MessageType.QRP;
    }

    @Override
    public int payloadSize() {
        return HEADER_SIZE + data.size();
    }
}
