package praline.protocol;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A SHA-1 digest, the name of a file's content and of a torrent: 20 bytes, kept as big-endian words. */
@Immutable
public record Sha1(long first, long second, int third) implements Comparable<Sha1> {

    /** Bytes on the wire. */
    public static final int SIZE = 20;

    /** Characters in base 32. */
    static final int BASE32_LENGTH = 32;

    private static final byte[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".getBytes(StandardCharsets.US_ASCII);

    /** The digest in {@code bytes}, which must be 20. */
    public static Sha1 of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a SHA-1 has 20 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** The SHA-1 of {@code content}. */
    public static Sha1 digestOf(byte[] content) {
        return of(newDigest().digest(content));
    }

    /** What computes a SHA-1 of bytes that come in parts. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Takes the next 20 bytes out of {@code source}, which must hold as many; its byte order does not matter. */
    public static Sha1 read(ByteBuffer source) {
        long first = source.getLong();
        long second = source.getLong();
        int third = source.getInt();
        if (source.order() == ByteOrder.BIG_ENDIAN) {
            return new Sha1(first, second, third);
        }
        return new Sha1(Long.reverseBytes(first), Long.reverseBytes(second), Integer.reverseBytes(third));
    }

    /** Reads 32 base-32 characters (RFC 4648, no padding) in either case; empty for anything else. */
    public static Optional<Sha1> parseBase32(String text) {
        if (text.length() != BASE32_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes = new byte[SIZE];
        int size = 0;
        int bits = 0;
        int pending = 0;
        for (int i = 0; i < BASE32_LENGTH; i++) {
            int value = base32Value(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            pending = (pending << 5) | value;
            bits += 5;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[size++] = (byte) (pending >>> bits);
            }
        }
        return Optional.of(of(bytes));
    }

    /** Reads 40 hexadecimal digits in either case; empty for anything else. */
    public static Optional<Sha1> parseHex(String text) {
        return text.length() == 2 * SIZE && text.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(of(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }

    public void writeTo(ByteBuffer target) {
        boolean bigEndian = target.order() == ByteOrder.BIG_ENDIAN;
        target.putLong(bigEndian ? first : Long.reverseBytes(first));
        target.putLong(bigEndian ? second : Long.reverseBytes(second));
        target.putInt(bigEndian ? third : Integer.reverseBytes(third));
    }

    public byte[] toArray() {
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        writeTo(target);
        return target.array();
    }

    /** 32 upper-case base-32 characters without padding, as URNs write it. */
    public String base32() {
        ByteBuffer text = ByteBuffer.allocate(BASE32_LENGTH);
        writeBase32To(text);
        return new String(text.array(), StandardCharsets.US_ASCII);
    }

    /** Puts what {@link #base32} says: five bytes make eight characters. */
    void writeBase32To(ByteBuffer target) {
        byte[] bytes = toArray();
        for (int at = 0; at < SIZE; at += 5) {
            long group = 0;
            for (int i = 0; i < 5; i++) {
                group = (group << Byte.SIZE) | (bytes[at + i] & 0xFF);
            }
            for (int shift = 35; shift >= 0; shift -= 5) {
                target.put(BASE32[(int) (group >>> shift) & 31]);
            }
        }
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

    private static int base32Value(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    }
}
