package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * Asks a sharer that cannot be dialled to dial the requester. Type 0x40, routed by servent GUID (spec/gnutella.md
 * 16.1).
 *
 * <pre>servent GUID (16) | file index (4, LE) | IPv4 (4, BE) | port (2, LE) | extensions, kept as they came</pre>
 *
 * @param servent the sharer, as its hit named it
 * @param index the file, 0..2^32-1; 0 is any
 * @param endpoint where the sharer shall connect
 */
public record Push(Guid guid, int ttl, int hops, Guid servent, long index, Endpoint endpoint, Bytes extensions)
        implements Message {

    private static final int FIXED_SIZE = Guid.SIZE + 4 + 4 + 2;

    @Override
    public MessageType type() {
        return MessageType.PUSH;
    }

    @Override
    public int payloadSize() {
        return FIXED_SIZE + extensions.size();
    }

    /** The same request with other TTL and hops. */
    public Push withHops(int newTtl, int newHops) {
        return new Push(guid, newTtl, newHops, servent, index, endpoint, extensions);
    }
}
