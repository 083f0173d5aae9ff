package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * Asks who is there. Type 0x00 (spec/gnutella.md 4.1).
 *
 * <pre>extensions: empty or one GGEP block, kept as it came</pre>
 */
public record Ping(Guid guid, int ttl, int hops, Bytes extensions) implements Message {

    @Override
    public MessageType type() {
        return MessageType.PING;
    }

    @Override
    public int payloadSize() {
        return extensions.size();
    }
}
