package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * A vendor message that has no record of its own. Types 0x31 and 0x32, one hop (spec/gnutella.md section 12). What it
 * says is read by {@link VendorCall}.
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

    @Override
    public int payloadSize() {
        return HEADER_SIZE + data.size();
    }
}
