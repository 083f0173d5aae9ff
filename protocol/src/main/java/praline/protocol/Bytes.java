package praline.protocol;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes: wire text, extensions and everything else that is relayed as it came. Ordered byte by
 * byte, unsigned, the shorter one first: so that a map whose keys a stranger chose to collide is still fast.
 */
@Immutable
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    @SuppressWarnings("Immutable") // never written after construction, never handed out
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code bytes}. */
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** Takes the next {@code size} bytes out of {@code source}, which must hold as many. */
    public static Bytes read(ByteBuffer source, int size) {
        if (size == 0) {
            return EMPTY;
        }
        byte[] content = new byte[size];
        source.get(content);
        return new Bytes(content);
    }

    public static Bytes ofUtf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes that {@code hex} writes, two digits each; throws {@link IllegalArgumentException} for anything else.
     */
    public static Bytes ofHex(String hex) {
        return hex.isEmpty() ? EMPTY : new Bytes(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at {@code index}, 0..255. */
    public int at(int index) {
        return content[index] & 0xFF;
    }

    /** The position of the first {@code value} at or after {@code from}, or -1. */
    public int indexOf(int value, int from) {
        for (int i = Math.max(from, 0); i < content.length; i++) {
            if ((content[i] & 0xFF) == value) {
                return i;
            }
        }
        return -1;
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        if (from == 0 && to == content.length) {
            return this;
        }
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(content, from, to));
    }

    /** These bytes and then {@code other}. */
    public Bytes concat(Bytes other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        byte[] both = Arrays.copyOf(content, content.length + other.content.length);
        System.arraycopy(other.content, 0, both, content.length, other.content.length);
        return new Bytes(both);
    }

    public void writeTo(ByteBuffer target) {
        target.put(content);
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** The bytes as UTF-8, with U+FFFD for what is none. A stranger's text: escape it before a person sees it. */
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Hexadecimal, so that a stranger's bytes can never act on a terminal or a log. */
    @Override
    public String toString() {
        return hex();
    }
}
