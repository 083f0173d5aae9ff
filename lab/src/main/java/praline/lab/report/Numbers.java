package praline.lab.report;

import com.google.common.base.CharMatcher;
import com.google.common.math.DoubleMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as people read them: at most three significant digits but never a whole digit lost, thousands separated by
 * commas, a point before decimals whatever the machine's language, the unit behind.
 */
public final class Numbers {

    /** What stands where there is no number. */
    public static final String ABSENT = "\u2013";

    /** Between a value and its interval. */
    private static final String INTERVAL = " \u00B1 ";

    private static final double PLAIN_MIN = 1e-4;
    private static final double PLAIN_MAX = 1e15;
    private static final double MILLIS_A_MINUTE = 60_000;

    /** A factor that a value is divided by before it is written, and what is written behind. */
    record Unit(double factor, String name) {
        String suffix() {
            return name.isEmpty() ? "" : " " + name;
        }
    }

    private Numbers() {}

    /** {@code 1234567} as {@code 1,234,567}. */
    public static String of(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 12.345} as {@code 12.3}, {@code 1234.5} as {@code 1,235}; not a number is {@link #ABSENT}. */
    public static String of(double value) {
        return of(value, NumberStyle.NUMBER);
    }

    /** {@code value} with the unit that its style and size ask for; not a number is {@link #ABSENT}. */
    public static String of(double value, NumberStyle style) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        Unit unit = unit(style, value);
        return withoutIdleZeros(digits(value / unit.factor, style)) + unit.suffix();
    }

    /**
     * A value and half the width of the interval around it, in one unit and with equally many decimals: those of the
     * larger one. Without the interval if either is not a finite number.
     */
    public static String of(double value, double plusMinus, NumberStyle style) {
        if (!Double.isFinite(value) || !Double.isFinite(plusMinus)) {
            return of(value, style);
        }
        double larger = Math.max(Math.abs(value), Math.abs(plusMinus));
        Unit unit = unit(style, larger);
        String digits = digits(larger / unit.factor, style);
        if (digits.contains("e")) {
            return digits(value / unit.factor, style) + INTERVAL + digits(plusMinus / unit.factor, style);
        }
        int point = digits.indexOf('.');
        int decimals = point < 0 ? 0 : digits.length() - point - 1;
        return fixed(value / unit.factor, decimals)
                + INTERVAL
                + fixed(plusMinus / unit.factor, decimals)
                + unit.suffix();
    }

    /** The unit in which {@code value} has few digits. */
    static Unit unit(NumberStyle style, double value) {
        double size = Math.abs(value);
        return switch (style) {
            case NUMBER -> new Unit(1, "");
            case SHARE -> new Unit(0.01, "%");
            case BYTES -> {
                String[] names = {"B", "kB", "MB", "GB", "TB"};
                int power = 0;
                double factor = 1;
                while (power + 1 < names.length && size >= factor * 999.5) {
                    power++;
                    factor *= 1_000;
                }
                yield new Unit(factor, names[power]);
            }
            case MILLIS -> {
                if (size >= 2 * MILLIS_A_MINUTE) {
                    yield new Unit(MILLIS_A_MINUTE, "min");
                }
                yield size >= 999.5 ? new Unit(1_000, "s") : new Unit(1, "ms");
            }
        };
    }

    /** {@code value} with exactly so many decimals. */
    static String fixed(double value, int decimals) {
        String shown = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return shown.matches("-[0.,]+") ? shown.substring(1) : shown;
    }

    private static String withoutIdleZeros(String digits) {
        boolean isDecimal = digits.indexOf('.') >= 0 && digits.indexOf('e') < 0;
        return isDecimal
                ? CharMatcher.is('.').trimTrailingFrom(CharMatcher.is('0').trimTrailingFrom(digits))
                : digits;
    }

    private static String notFinite(double value) {
        if (Double.isNaN(value)) {
            return ABSENT;
        }
        return value > 0 ? "\u221E" : "-\u221E";
    }

    private static String digits(double value, NumberStyle style) {
        if (value == 0) {
            return "0";
        }
        if (style == NumberStyle.SHARE) {
            return percent(value);
        }
        double size = Math.abs(value);
        if (size < PLAIN_MIN || size >= PLAIN_MAX) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (size >= 1_000) {
            return fixed(value, 0);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return fixed(rounded.doubleValue(), Math.max(0, 2 - exponent));
    }

    /** One decimal; only what is all is called all, and only what is nothing is called nothing. */
    private static String percent(double value) {
        if (DoubleMath.fuzzyEquals(value, 100, 1e-9)) {
            return "100";
        }
        if (value > 0 && value < 100) {
            return fixed(Math.min(99.9, Math.max(0.1, value)), 1);
        }
        return fixed(value, 1);
    }
}
