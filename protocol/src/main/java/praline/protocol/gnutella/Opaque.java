package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * A descriptor whose payload is not looked into: counted, skipped, never relayed.
 *
 * @param code the type byte on the wire, 0..255
 */
public record Opaque(Guid guid, int code, int ttl, int hops, Bytes payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.ofCode(code);
    }

    @Override
    public int payloadSize() {
        return payload.size();
    }
}
