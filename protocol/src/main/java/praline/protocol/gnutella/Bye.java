package praline.protocol.gnutella;

import praline.protocol.Bytes;
import praline.protocol.Guid;

/**
 * The last message on a link, with the reason. Type 0x02, never relayed (spec/gnutella.md section 5).
 *
 * <pre>code (2, LE) | text: all that follows, by custom zero-terminated, kept as it came</pre>
 *
 * @param code 200..599: 2xx leaving, 4xx the receiver's fault, 5xx the sender's
 */
public record Bye(Guid guid, int ttl, int hops, int code, Bytes text) implements Message {

    /** A Bye as we send it: one hop, the text closed by a zero byte. */
    public static Bye of(Guid guid, int code, String reason) {
        return new Bye(guid, 1, 0, code, Bytes.ofUtf8(reason + "\0"));
    }

    @Override
    public MessageType type() {
        return MessageType.BYE;
    }

    @Override
    public int payloadSize() {
        return 2 + text.size();
    }
}
