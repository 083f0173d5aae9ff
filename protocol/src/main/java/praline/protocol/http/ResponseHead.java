package praline.protocol.http;

import com.google.common.primitives.Longs;
import com.google.errorprone.annotations.Immutable;
import java.util.OptionalLong;
import praline.protocol.gnutella.Headers;

/**
 * What a sharer answers before the bytes of the file (spec/gnutella-download.md section 3).
 *
 * <pre>HTTP/1.1 206 Partial Content CRLF (Name: value CRLF)* CRLF</pre>
 *
 * @param minorVersion 0 or 1, of HTTP/1
 * @param status 100..999
 * @param reason the words behind the status: a stranger's text
 */
@Immutable
public record ResponseHead(int minorVersion, int status, String reason, Headers headers) {

    public ResponseHead {
        if (minorVersion < 0 || minorVersion > 1 || status < 100 || status > 999 || !Headers.isValue(reason)) {
            throw new IllegalArgumentException("no answer: " + status + " " + reason);
        }
    }

    /** Whether the connection takes further requests. */
    public boolean keepsAlive() {
        return minorVersion > 0 && !headers.lists("Connection", "close");
    }

    /** How many bytes follow; empty when the head does not say. */
    public OptionalLong contentLength() {
        Long length = headers.get(HeadCodec.CONTENT_LENGTH).map(Longs::tryParse).orElse(null);
        return length == null ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Bytes on the wire. */
    public int wireSize() {
        return HeadCodec.sizeOf(firstLine(), headers);
    }

    String firstLine() {
        String line = "HTTP/1." + minorVersion + " " + status;
        return reason.isEmpty() ? line : line + " " + reason;
    }
}
