package praline.protocol.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Headers;

/**
 * Between heads of HTTP and bytes, for requests without a body and answers of a known length. A head that two readers
 * could take apart differently is {@link Defect#BAD_HTTP}: lines that do not end with CR LF, folded lines, blanks
 * before a colon, any {@code Transfer-Encoding}, more than one length or host (spec/hardening.md W10). The server
 * answers it with 400 and closes.
 *
 * <p>Text is ISO-8859-1. A head with one blank behind each colon and none behind values encodes to the same bytes.
 * Decoding begins at the first byte each time, so whoever waits for more tries again when a line has ended.
 */
public final class HeadCodec {

    static final String CONTENT_LENGTH = "Content-Length";
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final String HOST = "Host";
    private static final String VERSION = "HTTP/1.";
    private static final String CRLF = "\r\n";
    private static final String SEPARATOR = ": ";
    private static final int LENGTH_DIGITS_MAX = 18;

    private HeadCodec() {}

    /** Takes the next request out of {@code in}; unless that is complete, {@code in} stays as it was. */
    public static Decoded<RequestHead> decodeRequest(ByteBuffer in, WireLimits limits) {
        HeadReader reader = new HeadReader(in, limits.http());
        if (reader.read()) {
            RequestHead head = request(reader);
            if (head != null) {
                in.position(reader.end());
                return new Decoded.Complete<>(head);
            }
        }
        return incomplete(reader);
    }

    /** Takes the next answer out of {@code in}; unless that is complete, {@code in} stays as it was. */
    public static Decoded<ResponseHead> decodeResponse(ByteBuffer in, WireLimits limits) {
        HeadReader reader = new HeadReader(in, limits.http());
        if (reader.read()) {
            ResponseHead head = response(reader);
            if (head != null) {
                in.position(reader.end());
                return new Decoded.Complete<>(head);
            }
        }
        return incomplete(reader);
    }

    /** Writes {@code head} into {@code out}, which must have room for its {@code wireSize()} bytes. */
    public static void encode(RequestHead head, ByteBuffer out) {
        encode(head.firstLine(), head.headers(), out);
    }

    /** Writes {@code head} into {@code out}, which must have room for its {@code wireSize()} bytes. */
    public static void encode(ResponseHead head, ByteBuffer out) {
        encode(head.firstLine(), head.headers(), out);
    }

    static int sizeOf(String firstLine, Headers headers) {
        int size = firstLine.length() + 2 * CRLF.length();
        for (Headers.Line line : headers.lines()) {
            size += line.name().length() + SEPARATOR.length() + line.value().length() + CRLF.length();
        }
        return size;
    }

    private static <M> Decoded<M> incomplete(HeadReader reader) {
        return reader.isPartial() ? new Decoded.Partial<>(1) : new Decoded.Fatal<>(Defect.BAD_HTTP, reader.offset());
    }

    private static @Nullable RequestHead request(HeadReader reader) {
        String line = reader.firstLine();
        int targetStart = line.indexOf(' ') + 1;
        int targetEnd = line.lastIndexOf(' ');
        RequestHead.Method method = method(line.substring(0, targetStart));
        Headers headers = reader.headers();
        if (method == null || targetEnd < targetStart || !hasNoBody(headers)) {
            return null;
        }
        String target = line.substring(targetStart, targetEnd);
        int minorVersion = minorVersion(line.substring(targetEnd + 1));
        return minorVersion < 0 || !RequestHead.isTarget(target)
                ? null
                : new RequestHead(method, target, minorVersion, headers);
    }

    private static RequestHead.@Nullable Method method(String word) {
        return switch (word) {
            case "GET " -> RequestHead.Method.GET;
            case "HEAD " -> RequestHead.Method.HEAD;
            default -> null;
        };
    }

    /** A request has no body, and names one host at most. */
    private static boolean hasNoBody(Headers headers) {
        Optional<String> length = headers.get(CONTENT_LENGTH);
        return headers.get(TRANSFER_ENCODING).isEmpty()
                && (length.isEmpty() || length.get().equals("0"))
                && headers.count(HOST) <= 1;
    }

    private static @Nullable ResponseHead response(HeadReader reader) {
        String line = reader.firstLine();
        int statusEnd = VERSION.length() + 1 + 1 + 3;
        if (line.length() < statusEnd || line.charAt(VERSION.length() + 1) != ' ') {
            return null;
        }
        int minorVersion = minorVersion(line.substring(0, VERSION.length() + 1));
        int status = status(line.substring(statusEnd - 3, statusEnd));
        String rest = line.substring(statusEnd);
        Headers headers = reader.headers();
        boolean isWhole = minorVersion >= 0 && status >= 100 && (rest.isEmpty() || rest.charAt(0) == ' ');
        return isWhole && hasKnownLength(headers)
                ? new ResponseHead(minorVersion, status, rest.strip(), headers)
                : null;
    }

    /** The body of an answer is as long as one header says, or as the connection lasts. */
    private static boolean hasKnownLength(Headers headers) {
        String length = headers.get(CONTENT_LENGTH).orElse("0");
        return headers.get(TRANSFER_ENCODING).isEmpty() && length.length() <= LENGTH_DIGITS_MAX && isNumber(length);
    }

    private static int minorVersion(String version) {
        return switch (version) {
            case "HTTP/1.0" -> 0;
            case "HTTP/1.1" -> 1;
            default -> -1;
        };
    }

    private static int status(String digits) {
        return isNumber(digits) ? Integer.parseInt(digits) : -1;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void encode(String firstLine, Headers headers, ByteBuffer out) {
        write(firstLine, out);
        write(CRLF, out);
        for (Headers.Line line : headers.lines()) {
            write(line.name(), out);
            write(SEPARATOR, out);
            write(line.value(), out);
            write(CRLF, out);
        }
        write(CRLF, out);
    }

    private static void write(String text, ByteBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            out.put((byte) text.charAt(i));
        }
    }
}
