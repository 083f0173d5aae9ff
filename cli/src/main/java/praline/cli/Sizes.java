package praline.cli;

import java.util.Locale;

/** Bytes as people read them. */
final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1_024;

    private static final String[] RATES = {"B/s", "kB/s", "MB/s", "GB/s", "TB/s"};
    private static final int RATE_STEP = 1_000;

    private Sizes() {}

    /** {@link #shown} and, where that is rounded, the bytes themselves: {@code 1.9 MiB (2,000,000 bytes)}. */
    static String exact(long bytes) {
        return bytes < STEP ? shown(bytes) : String.format(Locale.ROOT, "%s (%,d bytes)", shown(bytes), bytes);
    }

    /** {@code 17 B}, {@code 4.4 KiB}, {@code 120 MiB}: at most four digits. */
    static String shown(long bytes) {
        return shown(bytes, STEP, UNITS);
    }

    /** Bytes a second, which go by 1,000 as on the command line: {@code 1.2 MB/s}. */
    static String rate(long bytes) {
        return shown(bytes, RATE_STEP, RATES);
    }

    private static String shown(long bytes, int step, String[] units) {
        double value = bytes;
        int unit = 0;
        while (value >= step && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        String format = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, units[unit]);
    }
}
