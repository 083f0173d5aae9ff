package praline.protocol.gnutella;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consistent overhead byte stuffing without a closing delimiter (spec/gnutella.md 8.2): any bytes written without a
 * zero. Both methods are linear; the decoded form is never longer than the encoded one.
 */
final class Cobs {

    /** Bytes behind one code byte at most. */
    private static final int RUN_MAX = 254;

    private Cobs() {}

    static byte[] encode(byte[] data) {
        byte[] encoded = new byte[data.length + 1 + data.length / RUN_MAX];
        int codeAt = 0;
        int size = 1;
        for (int i = 0; i < data.length; i++) {
            if (size - codeAt > RUN_MAX) {
                encoded[codeAt] = (byte) 0xFF;
                codeAt = size++;
            }
            if (data[i] == 0) {
                encoded[codeAt] = (byte) (size - codeAt);
                codeAt = size++;
            } else {
                encoded[size++] = data[i];
            }
        }
        encoded[codeAt] = (byte) (size - codeAt);
        return Arrays.copyOf(encoded, size);
    }

    /** The data behind {@code encoded}, or null when that holds a zero or ends too early. */
    static byte @Nullable [] decode(byte[] encoded) {
        byte[] data = new byte[encoded.length];
        int size = 0;
        int at = 0;
        while (at < encoded.length) {
            int code = encoded[at++] & 0xFF;
            int run = code - 1;
            if (code == 0 || run > encoded.length - at) {
                return null;
            }
            for (int i = 0; i < run; i++) {
                data[size++] = encoded[at++];
                if (data[size - 1] == 0) {
                    return null;
                }
            }
            if (run < RUN_MAX && at < encoded.length) {
                data[size++] = 0;
            }
        }
        return Arrays.copyOf(data, size);
    }
}
