package praline.lab.report;

/**
 * What is drawn along one side of a plot.
 *
 * @param unit what a number on it counts, empty if the label says it or the style writes it
 * @param style how its numbers are written; values are in base units (bytes, ms, fractions)
 * @param isLog whether equal lengths are equal factors; values of zero and below have no place on such an axis
 */
public record Axis(String label, String unit, NumberStyle style, boolean isLog) {

    public static Axis of(String label) {
        return of(label, "");
    }

    public static Axis of(String label, String unit) {
        return new Axis(label, unit, NumberStyle.NUMBER, false);
    }

    public static Axis bytes(String label) {
        return new Axis(label, "", NumberStyle.BYTES, false);
    }

    public static Axis millis(String label) {
        return new Axis(label, "", NumberStyle.MILLIS, false);
    }

    public static Axis share(String label) {
        return new Axis(label, "", NumberStyle.SHARE, false);
    }

    /** The same axis, logarithmic. */
    public Axis log() {
        return new Axis(label, unit, style, true);
    }

    /** A value on it as words, for tooltips and labels beside what is drawn. */
    String shown(double value) {
        String number = Numbers.of(value, style);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
