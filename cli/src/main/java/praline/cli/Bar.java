package praline.cli;

import java.util.Locale;

/** A share of a whole as people see it at a glance. */
final class Bar {

    private static final int COLUMNS = 10;

    private Bar() {}

    /** A bar and the percentage, which says 100 only of all: {@code ███░░░░░░░ 31%}. */
    static String of(long part, long whole) {
        double share = whole <= 0 ? 1 : Math.max(0, Math.min(1, (double) part / whole));
        int full = (int) (share * COLUMNS);
        return "\u2588".repeat(full)
                + "\u2591".repeat(COLUMNS - full)
                + String.format(Locale.ROOT, "%4d%%", (int) (share * 100));
    }
}
