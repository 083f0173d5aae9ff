package praline.cli;

import java.util.Locale;

/** Bytes as people read them. */
final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1_024;

    private Sizes() {}

    /** {@link #shown} and, where that is rounded, the bytes themselves: {@code 1.9 MiB (2,000,000 bytes)}. */
    static String exact(long bytes) {
        return bytes < STEP ? shown(bytes) : String.format(Locale.ROOT, "%s (%,d bytes)", shown(bytes), bytes);
    }

    /** {@code 17 B}, {@code 4.4 KiB}, {@code 120 MiB}: at most four digits. */
    static String shown(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        String format = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
