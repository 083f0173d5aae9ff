package praline.protocol.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Percent-encoding of UTF-8 in targets (RFC 3986). A plus sign is a plus sign. */
public final class PercentCode {

    private static final String UNRESERVED_MARKS = "-._~";

    private PercentCode() {}

    /** {@code text} decoded once, with U+FFFD for bytes that are no UTF-8; empty when a percent sign stands alone. */
    public static Optional<String> decode(String text) {
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? digit(text.charAt(i + 1)) : -1;
                int low = i + 2 < text.length() ? digit(text.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        return Optional.of(new String(Arrays.copyOf(bytes, size), StandardCharsets.UTF_8));
    }

    /** {@code text} with everything encoded but ASCII letters, digits and {@code - . _ ~}. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
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
