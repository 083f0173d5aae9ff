package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * Answers a ping: a servent's address and what it shares. Type 0x01 (spec/gnutella.md 4.2).
 *
 * <pre>port (2, LE) | IPv4 (4, BE) | files (4, LE) | KiB (4, LE) | extensions: GGEP or empty, kept as they came</pre>
 *
 * @param endpoint the servent's IPv4 address and port; nothing is known of its truth
 * @param files shared files, 0..2^32-1
 * @param kibibytes shared size in KiB, 0..2^32-1; a power of two of 8 or more marks an ultrapeer
 */
public record Pong(Guid guid, int ttl, int hops, Endpoint endpoint, long files, long kibibytes, Bytes extensions)
        implements Message {

    private static final int FIXED_SIZE = 14;

    @Override
    public MessageType type() {
        return MessageType.PONG;
    }

    @Override
    public int payloadSize() {
        return FIXED_SIZE + extensions.size();
    }
}
