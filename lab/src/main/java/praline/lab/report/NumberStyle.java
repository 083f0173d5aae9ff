package praline.lab.report;

/** What a number counts, which decides how {@link Numbers} writes it. */
public enum NumberStyle {
    /** Anything countable, written as it is. */
    NUMBER,
    /** Bytes, written with the decimal unit that fits: 1 kB is 1,000 B. */
    BYTES,
    /** Milliseconds, written as ms, s or min. */
    MILLIS,
    /** A fraction of one, written in percent. */
    SHARE
}
