package praline.lab.report;

import java.util.stream.DoubleStream;
import praline.protocol.text.Printable;

/**
 * Draws a {@link BarPlot}: names at the left, bars to the right, values at their ends. Horizontal, because names are
 * longer than numbers.
 */
final class BarDrawing {

    private static final double TOP = 6;
    private static final double AXIS_HEIGHT = 42;
    private static final double STACK_HEIGHT = 30;
    private static final double SIDE_HEIGHT = 18;
    private static final double GAP = 16;
    private static final int NAME_COLUMNS_MAX = 26;

    private final BarPlot plot;
    private final Palette palette;
    private final Svg svg;
    private final Scale scale;
    private final double left;
    private final double right;
    private final double barHeight;

    BarDrawing(BarPlot plot, Palette palette, Markup out) {
        this.plot = plot;
        this.palette = palette;
        this.svg = new Svg(out);
        this.scale = Scale.of(plot.axis(), smallest(), largest(), true);
        this.left = 14
                + plot.bars().stream()
                        .mapToDouble(bar -> Svg.widthOf(nameOf(bar)))
                        .max()
                        .orElse(0);
        this.right = Svg.WIDTH - 14 - labelWidth();
        this.barHeight =
                plot.isStacked() ? STACK_HEIGHT : SIDE_HEIGHT * plot.parts().size();
    }

    void draw() {
        double bottom = TOP + plot.bars().size() * (barHeight + GAP);
        svg.begin(bottom + AXIS_HEIGHT, description());
        drawAxis(bottom);
        double y = TOP + GAP / 2;
        for (BarPlot.Bar bar : plot.bars()) {
            svg.label(left - 10, y + barHeight / 2 + 4, nameOf(bar), "end name");
            if (plot.isStacked()) {
                drawStack(bar, y);
            } else {
                drawSides(bar, y);
            }
            y += barHeight + GAP;
        }
        svg.line(left, TOP, left, bottom, "axis");
        svg.end();
    }

    private void drawAxis(double bottom) {
        double free = Double.NEGATIVE_INFINITY;
        for (Scale.Tick tick : scale.ticks()) {
            double x = place(tick.value());
            double half = Svg.widthOf(tick.label()) / 2;
            svg.line(x, TOP, x, bottom, "grid");
            if (x - half > free) {
                svg.label(x, bottom + 16, tick.label(), "middle tick");
                free = x + half + 6;
            }
        }
        svg.label((left + right) / 2, bottom + 36, scale.title(), "middle title");
    }

    private void drawStack(BarPlot.Bar bar, double y) {
        double total = bar.total();
        double sum = 0;
        for (int i = 0; i < plot.parts().size(); i++) {
            double value = bar.values().get(i);
            if (value > 0) {
                double from = place(sum);
                sum += value;
                drawSegment(bar, i, from, place(sum), y);
            }
        }
        double end = place(sum);
        if (bar.plusMinus() > 0 && Double.isFinite(total)) {
            double low = place(total - bar.plusMinus());
            end = place(total + bar.plusMinus());
            drawWhisker(low, end, y + STACK_HEIGHT / 2);
        }
        svg.label(
                end + 8, y + STACK_HEIGHT / 2 + 4, Numbers.of(total, plot.axis().style()), "value");
    }

    private void drawSegment(BarPlot.Bar bar, int part, double from, double to, double y) {
        double value = bar.values().get(part);
        String look = lookOf(bar, part);
        svg.rectangle(from, y, Math.max(to - from, 0.5), STACK_HEIGHT, look + " fill bar", tooltip(bar, part));
        String label = Numbers.of(value, plot.axis().style());
        if (plot.parts().size() > 1 && Svg.widthOf(label) + 8 < to - from) {
            svg.label((from + to) / 2, y + STACK_HEIGHT / 2 + 4, label, look + " ink middle");
        }
    }

    private void drawWhisker(double low, double high, double y) {
        svg.line(low, y, high, y, "whisker");
        svg.line(low, y - 5, low, y + 5, "whisker");
        svg.line(high, y - 5, high, y + 5, "whisker");
    }

    private void drawSides(BarPlot.Bar bar, double top) {
        double y = top;
        for (int i = 0; i < plot.parts().size(); i++) {
            double value = bar.values().get(i);
            double end = scale.has(value) ? place(value) : left;
            if (end > left) {
                svg.rectangle(left, y + 1, end - left, SIDE_HEIGHT - 2, lookOf(bar, i) + " fill bar", tooltip(bar, i));
            }
            svg.label(
                    end + 8,
                    y + SIDE_HEIGHT / 2 + 4,
                    Numbers.of(value, plot.axis().style()),
                    "value");
            y += SIDE_HEIGHT;
        }
    }

    /** A bar without parts has the colour of the thing it stands for. */
    private String lookOf(BarPlot.Bar bar, int part) {
        return plot.parts().size() == 1
                ? palette.thing(bar.name())
                : palette.part(plot.parts().get(part));
    }

    private String tooltip(BarPlot.Bar bar, int part) {
        String value = plot.axis().shown(bar.values().get(part));
        return plot.parts().size() == 1
                ? bar.name() + ": " + value
                : bar.name() + ", " + plot.parts().get(part) + ": " + value;
    }

    private String description() {
        StringBuilder text = new StringBuilder(plot.title()).append(". ");
        for (BarPlot.Bar bar : plot.bars()) {
            for (int i = 0; i < plot.parts().size(); i++) {
                text.append(tooltip(bar, i)).append("; ");
            }
        }
        return text.toString().stripTrailing();
    }

    private double place(double value) {
        return left + scale.at(value) * (right - left);
    }

    private static String nameOf(BarPlot.Bar bar) {
        return Printable.cut(bar.name(), NAME_COLUMNS_MAX);
    }

    private double largest() {
        return lengths().max().orElse(1);
    }

    private double smallest() {
        return lengths().filter(value -> value > 0).min().orElse(1);
    }

    private DoubleStream lengths() {
        DoubleStream all = plot.isStacked()
                ? plot.bars().stream()
                        .mapToDouble(bar -> bar.total() + (Double.isFinite(bar.plusMinus()) ? bar.plusMinus() : 0))
                : plot.bars().stream()
                        .flatMapToDouble(bar -> bar.values().stream().mapToDouble(value -> value));
        return all.filter(Double::isFinite);
    }

    private double labelWidth() {
        return DoubleStream.concat(
                        plot.bars().stream().mapToDouble(BarPlot.Bar::total),
                        plot.bars().stream()
                                .flatMapToDouble(bar -> bar.values().stream().mapToDouble(value -> value)))
                .map(value -> Svg.widthOf(Numbers.of(value, plot.axis().style())))
                .max()
                .orElse(0);
    }
}
