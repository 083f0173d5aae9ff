package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Int;
import praline.protocol.bittorrent.Bencode.Items;

/** Builds a value out of bytes that {@link BencodeScanner} has found sound, and so checks nothing again. */
final class BencodeReader {

    private BencodeReader() {}

    /** Takes the sound value at the position of {@code in} out of it. */
    static Bencode read(ByteBuffer in) {
        Deque<Level> open = new ArrayDeque<>(4);
        while (true) {
            Bencode value = null;
            byte first = in.get(in.position());
            switch (first) {
                case 'l' -> open.push(new ListLevel());
                case 'd' -> open.push(new DictionaryLevel());
                case 'e' -> value = open.pop().close();
                case 'i' -> {
                    in.get();
                    value = new Int(number(in));
                }
                default -> value = new ByteString(Bytes.read(in, (int) number(in)));
            }
            if (first == 'l' || first == 'd' || first == 'e') {
                in.get();
            }
            if (value != null) {
                if (open.isEmpty()) {
                    return value;
                }
                open.peek().add(value);
            }
        }
    }

    /** The number at the position, and takes the mark behind it. */
    private static long number(ByteBuffer in) {
        boolean isNegative = in.get(in.position()) == '-';
        if (isNegative) {
            in.get();
        }
        long value = 0;
        for (int c = in.get(); c >= '0' && c <= '9'; c = in.get()) {
            value = value * 10 + (c - '0');
        }
        return isNegative ? -value : value;
    }

    /** A list or dictionary that has not been closed. */
    private sealed interface Level {
        void add(Bencode value);

        Bencode close();
    }

    private static final class ListLevel implements Level {
        private final ImmutableList.Builder<Bencode> items = ImmutableList.builder();

        @Override
        public void add(Bencode value) {
            items.add(value);
        }

        @Override
        public Bencode close() {
            return new Items(items.build());
        }
    }

    private static final class DictionaryLevel implements Level {
        /** In the order of the wire; of a repeated key the first value stays. */
        private final Map<Bytes, Bencode> entries = new LinkedHashMap<>(4);

        private @Nullable Bytes key;

        @Override
        public void add(Bencode value) {
            if (key != null) {
                entries.putIfAbsent(key, value);
                key = null;
            } else if (value instanceof ByteString string) {
                key = string.bytes();
            } else {
                throw new IllegalStateException("a key that is no string has passed the scanner");
            }
        }

        @Override
        public Bencode close() {
            return new Dictionary(ImmutableMap.copyOf(entries));
        }
    }
}
