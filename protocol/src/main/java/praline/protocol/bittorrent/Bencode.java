package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Decoded;

/**
 * A bencoded value (spec/bittorrent.md section 1).
 *
 * <pre>{@code
 * Bencode value = new Dictionary.Builder().put("cow", "moo").put("legs", 4).build();
 * Bytes written = value.encode();                                   // d3:cow3:moo4:legsi4ee
 * Decoded<Bencode> read = Bencode.decode(buffer, BencodeRules.message(limits));
 * }</pre>
 *
 * <p>What is written is canonical: keys ascending, no leading zeros. What is read may be anything that the rules allow;
 * so a hash over bencoding is always taken over the bytes as they came ({@link #rawEntry}), never over a second
 * encoding.
 */
@Immutable
public sealed interface Bencode {

    /** A string of bytes, most often text. */
    record ByteString(Bytes bytes) implements Bencode {
        @Override
        public int encodedSize() {
            return decimalSize(bytes.size()) + 1 + bytes.size();
        }

        @Override
        public void writeTo(ByteBuffer out) {
            writeDecimal(bytes.size(), out);
            bytes.writeTo(out.put((byte) ':'));
        }
    }

    /** An integer above -2^63, which nobody reads. */
    record Int(long value) implements Bencode {
        public Int {
            if (value == Long.MIN_VALUE) {
                throw new IllegalArgumentException("no reader takes " + value);
            }
        }

        @Override
        public int encodedSize() {
            return decimalSize(value) + 2;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            writeDecimal(value, out.put((byte) 'i'));
            out.put((byte) 'e');
        }
    }

    /** A list. */
    record Items(ImmutableList<Bencode> items) implements Bencode {
        @Override
        public int encodedSize() {
            int size = 2;
            for (Bencode item : items) {
                size += item.encodedSize();
            }
            return size;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) 'l');
            for (Bencode item : items) {
                item.writeTo(out);
            }
            out.put((byte) 'e');
        }
    }

    /** A dictionary. What has another type than the one asked for counts as absent, as all clients do it. */
    record Dictionary(ImmutableMap<Bytes, Bencode> entries) implements Bencode {

        public static final Dictionary EMPTY = new Dictionary(ImmutableMap.of());

        public @Nullable Bencode get(String key) {
            return entries.get(Bytes.ofUtf8(key));
        }

        public Optional<Bytes> bytes(String key) {
            return get(key) instanceof ByteString string ? Optional.of(string.bytes()) : Optional.empty();
        }

        public OptionalLong integer(String key) {
            return get(key) instanceof Int number ? OptionalLong.of(number.value()) : OptionalLong.empty();
        }

        /** The number, if it is one in 0..{@code max}. */
        public OptionalLong integer(String key, long max) {
            OptionalLong value = integer(key);
            return value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() > max)
                    ? OptionalLong.empty()
                    : value;
        }

        /** The list; an empty one if it is absent. */
        public ImmutableList<Bencode> list(String key) {
            return get(key) instanceof Items list ? list.items() : ImmutableList.of();
        }

        public Optional<Dictionary> dictionary(String key) {
            return get(key) instanceof Dictionary dictionary ? Optional.of(dictionary) : Optional.empty();
        }

        @Override
        public int encodedSize() {
            int size = 2;
            for (var entry : entries.entrySet()) {
                size += new ByteString(entry.getKey()).encodedSize()
                        + entry.getValue().encodedSize();
            }
            return size;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) 'd');
            entries.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
                new ByteString(entry.getKey()).writeTo(out);
                entry.getValue().writeTo(out);
            });
            out.put((byte) 'e');
        }

        /** Collects entries in any order, each key once. */
        public static final class Builder {

            private final ImmutableMap.Builder<Bytes, Bencode> entries = ImmutableMap.builder();

            public Builder put(String key, Bencode value) {
                entries.put(Bytes.ofUtf8(key), value);
                return this;
            }

            public Builder put(String key, long value) {
                return put(key, new Int(value));
            }

            public Builder put(String key, Bytes value) {
                return put(key, new ByteString(value));
            }

            public Builder put(String key, String value) {
                return put(key, Bytes.ofUtf8(value));
            }

            public Dictionary build() {
                return new Dictionary(entries.buildOrThrow());
            }
        }
    }

    /** Bytes of {@link #encode}. */
    int encodedSize();

    /** Writes this canonically; {@code out} must have room for {@link #encodedSize()} bytes. Only as deep as built. */
    void writeTo(ByteBuffer out);

    /** This value, written canonically. */
    default Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(encodedSize());
        writeTo(out);
        return Bytes.read(out.flip(), out.remaining());
    }

    /**
     * Takes one value out of {@code in}, which ends where the message or file ends; what follows the value is left in
     * it, for the caller to judge. Bytes that are no value are {@link Decoded.Malformed} and consumed to the end. Never
     * {@link Decoded.Partial}. Nothing is built before all of the value has been found sound.
     */
    static Decoded<Bencode> decode(ByteBuffer in, BencodeRules rules) {
        BencodeScanner scanner = new BencodeScanner(in, rules);
        int start = in.position();
        if (!scanner.scan(start)) {
            in.position(in.limit());
            return new Decoded.Malformed<>(scanner.defect(), scanner.offset() - start);
        }
        return new Decoded.Complete<>(BencodeReader.read(in));
    }

    /** The value that is all of {@code bytes}, nothing following it; empty for anything else. */
    static Optional<Bencode> decodeAll(Bytes bytes, BencodeRules rules) {
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
        return decode(in, rules) instanceof Decoded.Complete<Bencode> complete && !in.hasRemaining()
                ? Optional.of(complete.message())
                : Optional.empty();
    }

    /**
     * The raw bytes of the value of {@code key} in the dictionary at the position of {@code in}, which is left as it
     * was. Empty if there is no such key, or no dictionary that the rules allow.
     */
    static Optional<Bytes> rawEntry(ByteBuffer in, String key, BencodeRules rules) {
        BencodeScanner scanner = new BencodeScanner(in, rules);
        ByteBuffer read = in.duplicate();
        if (!scanner.scan(in.position()) || read.get() != 'd') {
            return Optional.empty();
        }
        ByteString wanted = new ByteString(Bytes.ofUtf8(key));
        while (read.get(read.position()) != 'e') {
            boolean isWanted = BencodeReader.read(read).equals(wanted);
            int from = read.position();
            scanner.scan(from);
            if (isWanted) {
                return Optional.of(Bytes.read(read, scanner.end() - from));
            }
            read.position(scanner.end());
        }
        return Optional.empty();
    }

    private static int decimalSize(long value) {
        return Long.toString(value).length();
    }

    private static void writeDecimal(long value, ByteBuffer out) {
        String digits = Long.toString(value);
        for (int i = 0; i < digits.length(); i++) {
            out.put((byte) digits.charAt(i));
        }
    }
}
