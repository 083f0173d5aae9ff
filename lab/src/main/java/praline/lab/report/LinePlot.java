package praline.lab.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/**
 * How something depends on something else: lines over an axis, with moments and spans marked.
 *
 * @param guides levels worth comparing with
 * @param markers moments worth knowing
 * @param spans stretches of the horizontal axis worth knowing
 * @param dots single points that stand out from their line
 */
public record LinePlot(
        String title,
        Axis x,
        Axis y,
        ImmutableList<Series> series,
        ImmutableList<Guide> guides,
        ImmutableList<Marker> markers,
        ImmutableList<Span> spans,
        ImmutableList<Dot> dots)
        implements Exhibit {

    /**
     * One line. It breaks where a value is not a number.
     *
     * @param isStepped whether a value holds until the next one, instead of changing evenly towards it
     */
    public record Series(String name, ImmutableDoubleArray xs, ImmutableDoubleArray ys, boolean isStepped) {
        public Series {
            if (xs.length() != ys.length()) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" has " + xs.length() + " places and " + ys.length() + " values");
            }
        }
    }

    /** A level, drawn across the plot. */
    public record Guide(double y, String label) {}

    /** A moment, drawn from top to bottom. */
    public record Marker(double x, String label) {}

    /** A stretch of the horizontal axis, shaded. */
    public record Span(double from, double to, String label) {}

    /** A point on the line of the series called so; {@code label} is shown when it is pointed at. */
    public record Dot(String series, double x, double y, String label) {}

    /** A plot without lines. */
    public static LinePlot of(String title, Axis x, Axis y) {
        return new LinePlot(
                title,
                x,
                y,
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    /** The same with one line more, through all points {@code (xs[i], ys[i])}. */
    public LinePlot line(String name, double[] xs, double[] ys) {
        return with(new Series(name, ImmutableDoubleArray.copyOf(xs), ImmutableDoubleArray.copyOf(ys), false));
    }

    /** The same with one line more, whose value {@code ys[i]} holds from {@code xs[i]} to the next. */
    public LinePlot steps(String name, double[] xs, double[] ys) {
        return with(new Series(name, ImmutableDoubleArray.copyOf(xs), ImmutableDoubleArray.copyOf(ys), true));
    }

    /** The same with a level drawn across it. */
    public LinePlot guide(double level, String label) {
        return new LinePlot(title, x, y, series, and(guides, new Guide(level, label)), markers, spans, dots);
    }

    /** The same with a moment marked. */
    public LinePlot marker(double place, String label) {
        return new LinePlot(title, x, y, series, guides, and(markers, new Marker(place, label)), spans, dots);
    }

    /** The same with a stretch shaded. */
    public LinePlot span(double from, double to, String label) {
        return new LinePlot(title, x, y, series, guides, markers, and(spans, new Span(from, to, label)), dots);
    }

    /** The same with a point that stands out from the line of {@code name}. */
    public LinePlot dot(String name, double place, double value, String label) {
        return new LinePlot(title, x, y, series, guides, markers, spans, and(dots, new Dot(name, place, value, label)));
    }

    LinePlot with(Series line) {
        return new LinePlot(title, x, y, and(series, line), guides, markers, spans, dots);
    }

    private static <T> ImmutableList<T> and(ImmutableList<T> some, T one) {
        return ImmutableList.<T>builder().addAll(some).add(one).build();
    }
}
