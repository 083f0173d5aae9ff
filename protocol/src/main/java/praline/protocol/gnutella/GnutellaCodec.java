package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Guid;
import praline.protocol.WireLimits;

/**
 * Between descriptors and bytes (spec/gnutella.md section 3).
 *
 * <pre>GUID (16) | type (1) | TTL (1) | hops (1) | payload length (4, LE) | payload</pre>
 *
 * <p>What is decoded encodes to the same bytes. The length field is read as unsigned and compared with its limit before
 * anything else, so that nothing grows on a stranger's say-so (spec/hardening.md W1).
 */
public final class GnutellaCodec {

    private static final int LENGTH_AT = 19;
    private static final int TYPE_AT = 16;
    private static final int PONG_SIZE = 14;
    private static final int PUSH_SIZE = 26;

    private GnutellaCodec() {}

    /**
     * Takes the next descriptor out of {@code in}. A complete one and a malformed one are consumed; with too few bytes,
     * or when the stream cannot be trusted any more, {@code in} stays as it was. Offsets count from the first byte of
     * the header. Nothing of {@code in} is kept: the caller may use it again.
     */
    public static Decoded<Message> decode(ByteBuffer in, WireLimits limits) {
        int start = in.position();
        int available = in.remaining();
        if (available < Message.HEADER_SIZE) {
            return new Decoded.Partial<>(Message.HEADER_SIZE - available);
        }
        MessageType type = MessageType.ofCode(in.get(start + TYPE_AT));
        long length = lengthField(in, start);
        if (length > fatalAbove(type, limits.frame())) {
            return new Decoded.Fatal<>(Defect.TOO_LARGE, LENGTH_AT);
        }
        int size = Message.HEADER_SIZE + (int) length;
        if (available < size) {
            return new Decoded.Partial<>(size - available);
        }
        if (length > skippedAbove(type, limits.frame())) {
            in.position(start + size);
            return new Decoded.Malformed<>(Defect.OVERSIZED, LENGTH_AT);
        }
        return decodeWhole(type, new PayloadReader(in, start, start + size), in, start + size, limits);
    }

    /** Writes {@code message} into {@code out}, which must have room for its {@link Message#wireSize()} bytes. */
    public static void encode(Message message, ByteBuffer out) {
        PayloadWriter writer = new PayloadWriter(out);
        writer.guid(message.guid());
        writer.oneByte(
                message instanceof Opaque opaque
                        ? opaque.code()
                        : message.type().code());
        writer.oneByte(message.ttl());
        writer.oneByte(message.hops());
        writer.intLe(message.payloadSize());
        PayloadCodec.write(message, writer);
    }

    private static Decoded<Message> decodeWhole(
            MessageType type, PayloadReader reader, ByteBuffer in, int end, WireLimits limits) {
        try {
            Guid guid = reader.guid();
            int code = reader.unsignedByte();
            int ttl = reader.unsignedByte();
            int hops = reader.unsignedByte();
            reader.unsignedIntLe();
            Header header = new Header(type, code, guid, ttl, hops);
            return new Decoded.Complete<>(PayloadCodec.read(header, reader, limits));
        } catch (Defective e) {
            in.position(end);
            return new Decoded.Malformed<>(e.defect, e.offset);
        }
    }

    private static long lengthField(ByteBuffer in, int start) {
        return (in.get(start + LENGTH_AT) & 0xFF)
                | (in.get(start + LENGTH_AT + 1) & 0xFF) << 8
                | (in.get(start + LENGTH_AT + 2) & 0xFF) << 16
                | (in.get(start + LENGTH_AT + 3) & 0xFFL) << 24;
    }

    /** Beyond this many bytes of payload the link is closed. */
    private static int fatalAbove(MessageType type, WireLimits.Frame limits) {
        int ofType = switch (type) {
            case PING, PONG, PUSH, QUERY_HIT -> limits.payload();
            case QUERY -> limits.query();
            case BYE -> limits.bye();
            case VENDOR, STANDARD_VENDOR -> limits.vendor();
            case QRP, OTHER -> limits.other();
        };
        return Math.min(ofType, limits.payload());
    }

    /** Beyond this many bytes of payload the message is dropped, and the link goes on. */
    private static int skippedAbove(MessageType type, WireLimits.Frame limits) {
        return switch (type) {
            case PING -> limits.extensions();
            case PONG -> PONG_SIZE + limits.extensions();
            case PUSH -> PUSH_SIZE + limits.extensions();
            case QUERY_HIT -> limits.hit();
            case QUERY, BYE, VENDOR, STANDARD_VENDOR, QRP, OTHER -> limits.payload();
        };
    }
}
