package praline.cli;

import com.google.common.primitives.Longs;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A whole number of bytes as people type it, with K, M or G behind it. What such a letter is worth depends on what is
 * counted: memory and files go by 1,024, what passes through a line by 1,000.
 */
abstract class Quantity<N extends Number> implements ITypeConverter<N> {

    private static final String LETTERS = "KMG";

    private final long step;

    private Quantity(long step) {
        this.step = step;
    }

    /** The number, 1 or more. */
    final long number(String text, String example) {
        int power = text.isEmpty()
                ? 0
                : LETTERS.indexOf(text.toUpperCase(Locale.ROOT).charAt(text.length() - 1)) + 1;
        Long count = longOrNull(power == 0 ? text : text.substring(0, text.length() - 1));
        long unit = 1;
        for (int i = 0; i < power; i++) {
            unit *= step;
        }
        if (count == null || count < 1 || count > Long.MAX_VALUE / unit) {
            throw new TypeConversionException("\"" + text + "\" is not " + example);
        }
        return count * unit;
    }

    private static @Nullable Long longOrNull(String digits) {
        return digits.startsWith("+") ? null : Longs.tryParse(digits);
    }

    /** Bytes a second: {@code 1M} is 1,000,000. */
    static final class Rate extends Quantity<Long> {
        Rate() {
            super(1_000);
        }

        @Override
        public Long convert(String text) {
            return number(text, "a rate in bytes a second, like 500K or 1M");
        }
    }

    /** Bytes of a file that is measured by the time it takes at a {@link Rate}: {@code 20M} is 20,000,000. */
    static final class Payload extends Quantity<Long> {
        Payload() {
            super(1_000);
        }

        @Override
        public Long convert(String text) {
            return number(text, "a number of bytes, like 20M");
        }
    }

    /** The length of a torrent's pieces: {@code 64K} is 65,536. */
    static final class PieceLength extends Quantity<Integer> {
        private static final int MIN = 1 << 14;
        private static final int MAX = 1 << 26;

        PieceLength() {
            super(1_024);
        }

        @Override
        public Integer convert(String text) {
            long length = number(text, "a size like 64K or 1M");
            if (length < MIN || length > MAX || Long.bitCount(length) != 1) {
                throw new TypeConversionException("\"" + text + "\" is no power of two from 16K to 64M");
            }
            return (int) length;
        }
    }
}
