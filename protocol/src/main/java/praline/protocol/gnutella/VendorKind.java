package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a vendor message is, as it is announced and as it stands at the head of one (spec/gnutella.md section 12).
 *
 * @param vendor four ASCII characters read as a big-endian number; 0 is the null vendor
 * @param selector 0..65535, the vendor's number for it
 * @param version 0..65535
 */
@Immutable
public record VendorKind(int vendor, int selector, int version) {

    private static final int BYTES_OF_VENDOR = 4;

    public static final VendorKind MESSAGES_SUPPORTED = new VendorKind(0, 0, 0);
    public static final VendorKind HOPS_FLOW = of("BEAR", 4, 1);
    public static final VendorKind TCP_CONNECT_BACK = of("BEAR", 7, 1);
    public static final VendorKind QUERY_STATUS_REQUEST = of("BEAR", 11, 1);
    public static final VendorKind QUERY_STATUS_RESPONSE = of("BEAR", 12, 1);
    public static final VendorKind PUSH_PROXY_REQUEST = of("LIME", 21, 1);
    public static final VendorKind PUSH_PROXY_REQUEST_2 = of("LIME", 21, 2);
    public static final VendorKind PUSH_PROXY_ACK_1 = of("LIME", 22, 1);
    public static final VendorKind PUSH_PROXY_ACK = of("LIME", 22, 2);
    /** {@link IndexBatch}, which has a record of its own. */
    public static final VendorKind INDEX_BATCH = new VendorKind(IndexCodec.PRLN, IndexCodec.BATCH, IndexCodec.VERSION);
    /** {@link IndexStatus}, which has a record of its own. */
    public static final VendorKind INDEX_STATUS =
            new VendorKind(IndexCodec.PRLN, IndexCodec.STATUS, IndexCodec.VERSION);

    /** What {@code message} is, known or not. */
    public static VendorKind of(Vendor message) {
        return new VendorKind(message.vendor(), message.selector(), message.version());
    }

    private static VendorKind of(String vendor, int selector, int version) {
        byte[] name = vendor.getBytes(StandardCharsets.US_ASCII);
        if (name.length != BYTES_OF_VENDOR) {
            throw new IllegalArgumentException("a vendor has four characters: " + vendor);
        }
        return new VendorKind(ByteBuffer.wrap(name).getInt(), selector, version);
    }
}
