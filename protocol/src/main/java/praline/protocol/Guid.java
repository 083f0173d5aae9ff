package praline.protocol;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A Gnutella GUID: the name of a message or of a servent, 16 bytes.
 *
 * <p>Comparable so that a hash table full of chosen GUIDs still answers in logarithmic time (spec/hardening.md R2).
 */
@Immutable
public record Guid(long high, long low) implements Comparable<Guid> {

    /** Bytes on the wire. */
    public static final int SIZE = 16;

    /** All zero: carried by vendor messages that answer nothing. */
    public static final Guid ZERO = new Guid(0, 0);

    /** A fresh GUID with the marks of a modern servent: byte 8 is FF, byte 15 is 00 (spec/gnutella.md 3.2). */
    public static Guid random(RandomGenerator random) {
        return new Guid(random.nextLong(), (random.nextLong() & 0x00FF_FFFF_FFFF_FF00L) | 0xFF00_0000_0000_0000L);
    }

    /** Takes the next 16 bytes out of {@code source}, which must hold as many. */
    public static Guid read(ByteBuffer source) {
        return new Guid(bigEndianLong(source), bigEndianLong(source));
    }

    /** Reads 32 hexadecimal digits in either case; throws {@link IllegalArgumentException} for anything else. */
    public static Guid ofHex(String hex) {
        if (hex.length() != 2 * SIZE) {
            throw new IllegalArgumentException("a GUID has 32 hexadecimal digits, not " + hex.length());
        }
        return new Guid(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    public void writeTo(ByteBuffer target) {
        boolean bigEndian = target.order() == ByteOrder.BIG_ENDIAN;
        target.putLong(bigEndian ? high : Long.reverseBytes(high));
        target.putLong(bigEndian ? low : Long.reverseBytes(low));
    }

    @Override
    public int compareTo(Guid other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }

    private static long bigEndianLong(ByteBuffer source) {
        long value = source.getLong();
        return source.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }
}
