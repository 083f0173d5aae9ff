package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * Asks for files by text or hash. Type 0x80 (spec/gnutella.md section 6).
 *
 * <pre>flags (2, BE) | text, zero-terminated | extensions: all that follows, kept as it came</pre>
 *
 * @param text the search words, UTF-8, without the closing zero
 * @param extensions HUGE strings and at most one GGEP block, separated by 0x1C
 */
public record Query(Guid guid, int ttl, int hops, int flags, Bytes text, Bytes extensions) implements Message {

    @Override
    public MessageType type() {
        return MessageType.QUERY;
    }

    @Override
    public int payloadSize() {
        return 2 + text.size() + 1 + extensions.size();
    }

    /** The same question with other TTL and hops: what a node passes on, built once and sent to all links. */
    public Query withHops(int newTtl, int newHops) {
        return new Query(guid, newTtl, newHops, flags, text, extensions);
    }
}
