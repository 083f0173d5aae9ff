package praline.protocol.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import praline.protocol.Bytes;

/** Percent-encoding of UTF-8 and of raw bytes in targets (RFC 3986). A plus sign is a plus sign. */
public final class PercentCode {

    private static final String UNRESERVED_MARKS = "-._~";

    private PercentCode() {}

    /** {@code text} decoded once, with U+FFFD for bytes that are no UTF-8; empty when a percent sign stands alone. */
    public static Optional<String> decode(String text) {
        return decodeToBytes(text).map(Bytes::utf8);
    }

    /** The bytes that {@code text} stands for, which need not be text; empty when a percent sign stands alone. */
    public static Optional<Bytes> decodeToBytes(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[encoded.length];
        int size = 0;
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                int high = i + 2 < encoded.length ? digit((char) encoded[i + 1]) : -1;
                int low = i + 2 < encoded.length ? digit((char) encoded[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = encoded[i];
            }
        }
        return Optional.of(Bytes.copyOf(Arrays.copyOf(bytes, size)));
    }

    /** {@code text} with everything encoded but ASCII letters, digits and {@code - . _ ~}. */
    public static String encode(String text) {
        return encode(Bytes.ofUtf8(text));
    }

    /** {@code bytes} with everything encoded but ASCII letters, digits and {@code - . _ ~}. */
    public static String encode(Bytes bytes) {
        StringBuilder encoded = new StringBuilder(bytes.size() + 16);
        for (int i = 0; i < bytes.size(); i++) {
            char c = (char) bytes.at(i);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c));
            }
        }
        return encoded.toString();
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xF, 16));
    }
}
