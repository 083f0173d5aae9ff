package praline.cli;

import java.util.Locale;

/** Counts in words. */
final class Plural {

    private Plural() {}

    /** {@code 1 hit}, {@code 1,200 hits}. */
    static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
