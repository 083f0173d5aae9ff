package praline.lab.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Draws a {@link LinePlot}: grid, spans, lines, marks, from back to front. */
final class LineDrawing {

    private static final double TITLE_HEIGHT = 30;
    private static final double PLOT_HEIGHT = 270;
    private static final double AXIS_HEIGHT = 46;
    private static final double RIGHT_MARGIN = 16;

    /** So few points are seen, and pointed at, one by one. */
    private static final int DOTTED_MAX = 40;

    /** Two names at the ends of lines need so many pixels between them. */
    private static final double END_LABEL_HEIGHT = 14;

    private final LinePlot plot;
    private final Palette palette;
    private final Svg svg;
    private final Scale xs;
    private final Scale ys;
    private final Annotations annotations;
    private final boolean hasEndLabels;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    LineDrawing(LinePlot plot, Palette palette, Markup out) {
        this.plot = plot;
        this.palette = palette;
        this.svg = new Svg(out);
        this.xs = scale(plot.x(), xValues(), false);
        this.ys = scale(plot.y(), yValues(), true);
        this.left = 12
                + ys.ticks().stream()
                        .mapToDouble(tick -> Svg.widthOf(tick.label()))
                        .max()
                        .orElse(0);
        this.hasEndLabels = endsAreApart();
        this.right = Svg.WIDTH - RIGHT_MARGIN - (hasEndLabels ? endLabelWidth() : guideLabelWidth());
        this.annotations = new Annotations(plot, this::placeX, right);
        this.top = TITLE_HEIGHT + annotations.height();
        this.bottom = top + PLOT_HEIGHT;
    }

    void draw() {
        svg.begin(bottom + AXIS_HEIGHT, description());
        plot.spans().forEach(this::drawSpan);
        drawHorizontalGrid();
        drawVerticalGrid();
        plot.guides().forEach(this::drawGuide);
        annotations.draw(svg, bottom);
        plot.series().forEach(this::drawSeries);
        plot.dots().forEach(this::drawDot);
        svg.end();
    }

    private void drawSpan(LinePlot.Span span) {
        double from = placeX(span.from());
        svg.rectangle(from, top, Math.max(1, placeX(span.to()) - from), PLOT_HEIGHT, "span", span.label());
    }

    private void drawHorizontalGrid() {
        for (Scale.Tick tick : ys.ticks()) {
            double y = placeY(tick.value());
            svg.line(left, y, right, y, "grid");
            svg.label(left - 8, y + 4, tick.label(), "end tick");
        }
        svg.label(0, 12, ys.title(), "title");
    }

    private void drawVerticalGrid() {
        double free = Double.NEGATIVE_INFINITY;
        for (Scale.Tick tick : xs.ticks()) {
            double x = placeX(tick.value());
            double half = Svg.widthOf(tick.label()) / 2;
            svg.line(x, bottom, x, bottom + 5, "axis");
            if (x - half > free) {
                svg.label(Math.min(x, Svg.WIDTH - half), bottom + 19, tick.label(), "middle tick");
                free = x + half + 6;
            }
        }
        svg.line(left, bottom, right, bottom, "axis");
        svg.label((left + right) / 2, bottom + 40, xs.title(), "middle title");
    }

    private void drawGuide(LinePlot.Guide guide) {
        double y = placeY(guide.y());
        svg.line(left, y, right, y, "guide");
        if (hasEndLabels) {
            svg.label(right - 6, y - 5, guide.label(), "end remark note");
        } else {
            svg.label(right + 6, y + 4, guide.label(), "remark");
        }
    }

    private void drawSeries(LinePlot.Series series) {
        String look = palette.thing(series.name());
        svg.path(new LinePath(series, xs, ys).data(this::placeX, this::placeY), look + " stroke", series.name());
        int last = -1;
        boolean isDotted = series.xs().length() <= DOTTED_MAX && !series.isStepped();
        for (int i = 0; i < series.xs().length(); i++) {
            double x = series.xs().get(i);
            double y = series.ys().get(i);
            if (xs.has(x) && ys.has(y)) {
                last = i;
                if (isDotted) {
                    String tooltip = series.name() + ": " + plot.y().shown(y) + " at "
                            + plot.x().shown(x);
                    svg.circle(placeX(x), placeY(y), 3, look + " fill dot", tooltip);
                }
            }
        }
        if (hasEndLabels && last >= 0) {
            double x = placeX(series.xs().get(last));
            svg.label(x + 8, placeY(series.ys().get(last)) + 4, series.name(), look + " named");
        }
    }

    private void drawDot(LinePlot.Dot dot) {
        String look = palette.thing(dot.series()) + " fill dot";
        svg.circle(placeX(dot.x()), placeY(dot.y()), 4.5, look, dot.label());
    }

    private boolean endsAreApart() {
        List<Double> ends = plot.series().stream()
                .map(this::endLevel)
                .sorted(Comparator.naturalOrder())
                .toList();
        boolean isApart = ends.size() > 1 && !ends.contains(Double.NaN);
        for (int i = 1; i < ends.size(); i++) {
            isApart &= (ends.get(i) - ends.get(i - 1)) * PLOT_HEIGHT > END_LABEL_HEIGHT;
        }
        return isApart;
    }

    /** How high a line ends, 0 to 1; not a number if it does not end at the right. */
    private double endLevel(LinePlot.Series series) {
        int last = series.xs().length() - 1;
        boolean isDrawn =
                last >= 0 && xs.has(series.xs().get(last)) && ys.has(series.ys().get(last));
        return isDrawn && xs.at(series.xs().get(last)) > 0.97
                ? ys.at(series.ys().get(last))
                : Double.NaN;
    }

    private double endLabelWidth() {
        return plot.series().stream()
                .mapToDouble(series -> Svg.widthOf(series.name()))
                .max()
                .orElse(0);
    }

    private double guideLabelWidth() {
        return plot.guides().stream()
                .mapToDouble(guide -> Svg.widthOf(guide.label()))
                .max()
                .orElse(0);
    }

    private String description() {
        return plot.title() + ". " + ys.title() + " over " + xs.title() + ", for "
                + String.join(
                        ", ", plot.series().stream().map(LinePlot.Series::name).toList());
    }

    private double placeX(double value) {
        return left + xs.at(value) * (right - left);
    }

    private double placeY(double value) {
        return bottom - ys.at(value) * PLOT_HEIGHT;
    }

    private static Scale scale(Axis axis, DoubleStream values, boolean isRound) {
        var range = values.filter(value -> Double.isFinite(value) && (!axis.isLog() || value > 0))
                .summaryStatistics();
        return range.getCount() == 0
                ? Scale.of(axis, 1, 10, isRound)
                : Scale.of(axis, range.getMin(), range.getMax(), isRound);
    }

    private DoubleStream xValues() {
        return Stream.of(
                        plot.series().stream().flatMapToDouble(series -> series.xs().stream()),
                        plot.markers().stream().mapToDouble(LinePlot.Marker::x),
                        plot.spans().stream().flatMapToDouble(span -> DoubleStream.of(span.from(), span.to())))
                .flatMapToDouble(values -> values);
    }

    private DoubleStream yValues() {
        return DoubleStream.concat(
                plot.series().stream().flatMapToDouble(series -> series.ys().stream()),
                plot.guides().stream().mapToDouble(LinePlot.Guide::y));
    }
}
