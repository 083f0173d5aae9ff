package praline.protocol.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Headers;

/** Takes one head apart into its first line and its headers, and leaves the buffer's position alone. */
final class HeadReader {

    private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

    private final ByteBuffer in;
    private final WireLimits.Http limits;
    private final int start;
    private int at;
    private boolean isPartial;
    private String firstLine = "";
    private Headers headers = Headers.NONE;

    HeadReader(ByteBuffer in, WireLimits.Http limits) {
        this.in = in;
        this.limits = limits;
        this.start = in.position();
        this.at = start;
    }

    /** Whether there is a whole head; otherwise {@link #isPartial} tells whether more bytes can make it one. */
    boolean read() {
        int lineEnd = lineEnd(limits.firstLine());
        if (lineEnd < 0) {
            return false;
        }
        firstLine = take(lineEnd);
        int headersStart = at;
        Headers.Builder builder = Headers.builder();
        for (int count = 0; ; count++) {
            lineEnd = lineEnd(limits.headers() - (at - headersStart));
            if (lineEnd < 0) {
                return false;
            }
            if (lineEnd == at) {
                at += 2;
                headers = builder.build();
                return true;
            }
            if (count == limits.headerCount() || !addHeader(take(lineEnd), builder)) {
                return false;
            }
        }
    }

    boolean isPartial() {
        return isPartial;
    }

    String firstLine() {
        return firstLine;
    }

    Headers headers() {
        return headers;
    }

    /** Index behind the last byte that was read. */
    int end() {
        return at;
    }

    int offset() {
        return at - start;
    }

    /** Index of the CR that ends the next line; -1 when there is none, or the line is no text, or it is too long. */
    private int lineEnd(int sizeMax) {
        int end = Math.min(in.limit(), at + sizeMax);
        for (int i = at; i < end; i++) {
            int c = in.get(i) & 0xFF;
            if (c == '\r') {
                boolean ends = i + 1 < end && in.get(i + 1) == '\n';
                isPartial = i + 1 == in.limit() && i + 1 < at + sizeMax;
                return ends ? i : -1;
            }
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return -1;
            }
        }
        isPartial = end == in.limit() && end < at + sizeMax;
        return -1;
    }

    private String take(int lineEnd) {
        byte[] line = new byte[lineEnd - at];
        in.get(at, line);
        at = lineEnd + 2;
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private static boolean addHeader(String line, Headers.Builder headers) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = line.charAt(i);
            boolean isLetterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (!isLetterOrDigit && NAME_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        headers.add(line.substring(0, colon), trimmed(line.substring(colon + 1)));
        return true;
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
