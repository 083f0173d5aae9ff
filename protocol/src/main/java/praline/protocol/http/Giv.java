package praline.protocol.http;

import com.google.common.base.CharMatcher;
import com.google.common.primitives.Longs;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Guid;
import praline.protocol.WireLimits;

/**
 * The line with which a sharer opens the connection that a push asked for; the other side then sends its request
 * (spec/gnutella.md 16.2).
 *
 * <pre>GIV INDEX:SERVENT/NAME LF LF</pre>
 *
 * @param index the sharer's number of the file, 0..2^32-1: a hint
 * @param servent the sharer, 32 hexadecimal digits
 * @param name any bytes but line feeds; not to be relied on
 */
@Immutable
public record Giv(long index, Guid servent, Bytes name) {

    private static final String START = "GIV ";
    private static final CharMatcher HEX =
            CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'f')).or(CharMatcher.inRange('A', 'F'));
    private static final long INDEX_MAX = 0xFFFF_FFFFL;
    private static final int GUID_DIGITS = 2 * Guid.SIZE;

    public Giv {
        if (index < 0 || index > INDEX_MAX || name.indexOf('\n', 0) >= 0) {
            throw new IllegalArgumentException("no GIV line: index " + index + ", name " + name);
        }
    }

    /**
     * Takes the line and the empty one behind it out of {@code in}; both may end with CR LF as well. With too few
     * bytes, or when they are no such line, {@code in} stays as it was.
     */
    public static Decoded<Giv> decode(ByteBuffer in, WireLimits limits) {
        int start = in.position();
        int lineEnd = indexOfLineFeed(in, start);
        if ((lineEnd < 0 ? in.limit() : lineEnd) - start > limits.http().firstLine()) {
            return new Decoded.Fatal<>(Defect.TOO_LARGE, limits.http().firstLine());
        }
        int secondEnd = lineEnd < 0 ? -1 : indexOfLineFeed(in, lineEnd + 1);
        if (secondEnd < 0 && (lineEnd < 0 || in.limit() - lineEnd <= 2)) {
            return new Decoded.Partial<>(1);
        }
        boolean isEmpty = secondEnd == lineEnd + 1 || (secondEnd == lineEnd + 2 && in.get(lineEnd + 1) == '\r');
        byte[] line = new byte[lineEnd - start];
        in.get(start, line);
        Giv giv = isEmpty ? parse(line) : null;
        if (giv == null) {
            return new Decoded.Fatal<>(Defect.BAD_HTTP, 0);
        }
        in.position(secondEnd + 1);
        return new Decoded.Complete<>(giv);
    }

    /** Bytes on the wire. */
    public int wireSize() {
        return START.length() + Long.toString(index).length() + 1 + GUID_DIGITS + 1 + name.size() + 2;
    }

    /** Writes the line into {@code out}, which must have room for {@link #wireSize()} bytes. */
    public void encode(ByteBuffer out) {
        out.put((START + index + ":" + servent + "/").getBytes(StandardCharsets.US_ASCII));
        name.writeTo(out);
        out.put((byte) '\n').put((byte) '\n');
    }

    private static @Nullable Giv parse(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        int slash = text.indexOf('/', colon + 1);
        if (!text.startsWith(START) || colon < 0 || slash != colon + 1 + GUID_DIGITS) {
            return null;
        }
        Long index = Longs.tryParse(text.substring(START.length(), colon));
        String digits = text.substring(colon + 1, slash);
        if (index == null || index < 0 || index > INDEX_MAX || !HEX.matchesAllOf(digits)) {
            return null;
        }
        int nameEnd = text.endsWith("\r") ? text.length() - 1 : text.length();
        return new Giv(index, Guid.ofHex(digits), Bytes.copyOf(Arrays.copyOfRange(line, slash + 1, nameEnd)));
    }

    private static int indexOfLineFeed(ByteBuffer in, int from) {
        for (int i = from; i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
