package praline.protocol.gnutella;

import praline.protocol.Guid;

/**
 * Begins a query routing table: all slots are absent from here on. Type 0x30, one hop (spec/gnutella.md 9.3).
 *
 * <pre>variant 0 (1) | slots (4, LE) | infinity (1)</pre>
 *
 * @param slots as it came, 0..2^32 - 1; {@link QrpReceiver} says what is legal
 * @param infinity the hop distance that stands for absent, 0..255
 */
public record QrpReset(Guid guid, int ttl, int hops, long slots, int infinity) implements Message {

    static final int VARIANT = 0;

    /** The variant included. */
    static final int PAYLOAD_SIZE = 1 + 4 + 1;

    @Override
    public MessageType type() {
        return MessageType.QRP;
    }

    @Override
    public int payloadSize() {
        return PAYLOAD_SIZE;
    }
}
