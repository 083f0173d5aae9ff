package praline.protocol.http;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.gnutella.Headers;

/**
 * What a downloader asks, without a body (spec/gnutella-download.md section 2).
 *
 * <pre>GET /uri-res/N2R?urn:sha1:… HTTP/1.1 CRLF (Name: value CRLF)* CRLF</pre>
 *
 * @param target begins with a slash; visible ASCII, percent-encoded as it came. {@link Route} reads it
 * @param minorVersion 0 or 1, of HTTP/1
 */
@Immutable
public record RequestHead(Method method, String target, int minorVersion, Headers headers) {

    /** Those that we serve. */
    public enum Method {
        GET,
        /** The head of the answer only. */
        HEAD
    }

    public RequestHead {
        if (!isTarget(target) || minorVersion < 0 || minorVersion > 1) {
            throw new IllegalArgumentException("no request: " + target + " by HTTP/1." + minorVersion);
        }
    }

    /** Whether the connection shall carry further requests. */
    public boolean keepsAlive() {
        return minorVersion > 0 && !headers.lists("Connection", "close");
    }

    public Route route() {
        return Route.of(target);
    }

    /** Bytes on the wire. */
    public int wireSize() {
        return HeadCodec.sizeOf(firstLine(), headers);
    }

    String firstLine() {
        return method + " " + target + " HTTP/1." + minorVersion;
    }

    /** Whether {@code text} can stand in a request: it begins with a slash, visible ASCII. */
    public static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '#') {
                return false;
            }
        }
        return text.startsWith("/");
    }
}
