package praline.protocol;

import com.google.common.io.BaseEncoding;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** A SHA-1 digest, the name of a file's content and of a torrent: 20 bytes, kept as five big-endian words. */
@Immutable
public record Sha1(long first, long second, int third) implements Comparable<Sha1> {

    /** Bytes on the wire. */
    public static final int SIZE = 20;

    private static final int BASE32_LENGTH = 32;
    private static final BaseEncoding BASE32 = BaseEncoding.base32().omitPadding();

    /** The digest in {@code bytes}, which must be 20. */
    public static Sha1 of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a SHA-1 has 20 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** Takes the next 20 bytes out of {@code source}, which must hold as many; its byte order does not matter. */
    public static Sha1 read(ByteBuffer source) {
        return new Sha1(
                bigEndian(source, Long.BYTES), bigEndian(source, Long.BYTES), (int) bigEndian(source, Integer.BYTES));
    }

    /** Reads 32 base-32 characters (RFC 4648, no padding) in either case; empty for anything else. */
    public static Optional<Sha1> parseBase32(String text) {
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        if (upper.length() != BASE32_LENGTH || !BASE32.canDecode(upper)) {
            return Optional.empty();
        }
        return Optional.of(of(BASE32.decode(upper)));
    }

    public void writeTo(ByteBuffer target) {
        write(target, first, Long.BYTES);
        write(target, second, Long.BYTES);
        write(target, third, Integer.BYTES);
    }

    public byte[] toArray() {
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        writeTo(target);
        return target.array();
    }

    /** 32 upper-case base-32 characters without padding, as URNs write it. */
    public String base32() {
        return BASE32.encode(toArray());
    }

    public String hex() {
        return String.format(Locale.ROOT, "%016x%016x%08x", first, second, third);
    }

    @Override
    public int compareTo(Sha1 other) {
        int byFirst = Long.compareUnsigned(first, other.first);
        if (byFirst != 0) {
            return byFirst;
        }
        int bySecond = Long.compareUnsigned(second, other.second);
        return bySecond != 0 ? bySecond : Integer.compareUnsigned(third, other.third);
    }

    @Override
    public String toString() {
        return base32();
    }

    private static long bigEndian(ByteBuffer source, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (source.get() & 0xFF);
        }
        return value;
    }

    private static void write(ByteBuffer target, long value, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            target.put((byte) (value >>> shift));
        }
    }
}
