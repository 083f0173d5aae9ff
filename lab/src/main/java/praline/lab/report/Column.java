package praline.lab.report;

/**
 * A column of a {@link Table}.
 *
 * @param unit what a number in it counts, empty if the name says it or the style writes it
 * @param style how its numbers are written
 */
public record Column(String name, String unit, Alignment alignment, NumberStyle style) {

    /** Which side of a column its cells begin at. */
    public enum Alignment {
        START,
        END
    }

    /** Words, at the start. */
    public static Column text(String name) {
        return new Column(name, "", Alignment.START, NumberStyle.NUMBER);
    }

    /** Numbers without a unit, at the end. */
    public static Column number(String name) {
        return number(name, "");
    }

    public static Column number(String name, String unit) {
        return new Column(name, unit, Alignment.END, NumberStyle.NUMBER);
    }

    /** Numbers of bytes. */
    public static Column bytes(String name) {
        return new Column(name, "", Alignment.END, NumberStyle.BYTES);
    }

    /** Times in milliseconds. */
    public static Column millis(String name) {
        return new Column(name, "", Alignment.END, NumberStyle.MILLIS);
    }

    /** Fractions of one. */
    public static Column share(String name) {
        return new Column(name, "", Alignment.END, NumberStyle.SHARE);
    }

    /** The unit of the bare number, for a file that machines read. */
    String rawUnit() {
        return switch (style) {
            case NUMBER -> unit;
            case BYTES -> "bytes";
            case MILLIS -> "ms";
            case SHARE -> "fraction";
        };
    }
}
