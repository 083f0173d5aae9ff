package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * A vendor message that is none of those we know by a record of its own. Types 0x31 and 0x32, one hop (spec/gnutella.md
 * section 12).
 *
 * <pre>vendor (4, ASCII in order) | selector (2, LE) | version (2, LE) | data: all that follows</pre>
 *
 * @param type {@link MessageType#VENDOR} or {@link MessageType#STANDARD_VENDOR}
 * @param vendor four ASCII characters read as a big-endian number; 0 is the null vendor
 */
public record Vendor(MessageType type, Guid guid, int ttl, int hops, int vendor, int selector, int version, Bytes data)
        implements Message {

    /** Vendor, selector and version. */
    static final int HEADER_SIZE = 4 + 2 + 2;

    /**
     * Says which vendor messages we understand, as everybody must who announces {@code Vendor-Message} in the
     * handshake: both of index publication. Null vendor, selector 0, version 0.
     *
     * <pre>count (2, LE) | per message: vendor (4) | selector (2, LE) | version (2, LE)</pre>
     */
    public static Vendor messagesSupported() {
        Bytes ours = Bytes.ofHex("0200" + "50524c4e01000100" + "50524c4e02000100");
        return new Vendor(MessageType.VENDOR, Guid.ZERO, 1, 0, 0, 0, 0, ours);
    }

    @Override
    public int payloadSize() {
        return HEADER_SIZE + data.size();
    }
}
