package praline.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;
import praline.protocol.SplitMix64;

/**
 * Queries without end, as bytes: two or three words that nobody has, never twice the same, each with a GUID of its own.
 */
final class RawQueries {

    private static final int TEXTS = 512;
    private static final int TYPE_AT = 16;
    private static final int FLAGS = 0x8000;
    private static final int LETTERS = 26;

    private final RandomGenerator random = new SplitMix64(System.nanoTime());
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(TEXTS * 128).order(ByteOrder.LITTLE_ENDIAN);
    private final int[] starts = new int[TEXTS];

    /** Queries that arrive with this TTL and these hops. */
    RawQueries(int ttl, int hops) {
        for (int i = 0; i < TEXTS; i++) {
            starts[i] = bytes.position();
            byte[] text = text().getBytes(StandardCharsets.US_ASCII);
            bytes.position(bytes.position() + TYPE_AT)
                    .put((byte) 0x80)
                    .put((byte) ttl)
                    .put((byte) hops)
                    .putInt(2 + text.length + 1)
                    .putShort(Short.reverseBytes((short) FLAGS))
                    .put(text)
                    .put((byte) 0);
        }
        bytes.flip();
    }

    /** How many queries {@link #next} brings. */
    int count() {
        return TEXTS;
    }

    /** Of one query on the wire, on the average. */
    double wireSize() {
        return (double) bytes.limit() / TEXTS;
    }

    /** The next batch, good until this is called again. */
    ByteBuffer next() {
        for (int start : starts) {
            bytes.putLong(start, random.nextLong());
            // As modern servents mark their GUIDs: byte 8 is FF, byte 15 is 0.
            bytes.putLong(start + 8, (random.nextLong() & 0x00FF_FFFF_FFFF_FFFFL & ~0xFFL) | 0xFFL);
        }
        return bytes.rewind();
    }

    private String text() {
        int words = 2 + random.nextInt(2);
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < words; word++) {
            text.append(word == 0 ? "" : " ");
            for (int i = random.nextInt(6); i < 14; i++) {
                text.append((char) ('a' + random.nextInt(LETTERS)));
            }
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
