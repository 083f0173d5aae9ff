package praline.lab.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;

/**
 * Empirical distributions: for each sample, which share of it is at most so large. The median and the 95th percentile
 * of each are marked. What never came counts too: a line whose last value has a share of 80 % ends there.
 */
public record CdfPlot(String title, Axis x, ImmutableList<Sample> samples) implements Exhibit {

    /** Finer steps than this cannot be seen. */
    private static final int STEPS_MAX = 500;

    private static final double[] QUANTILES = {0.05, 0.25, 0.50, 0.75, 0.95, 0.99};

    /**
     * What was observed.
     *
     * @param sorted all values, ascending
     * @param missing how many observations ended without a value, 0 or more
     */
    public record Sample(String name, ImmutableDoubleArray sorted, int missing) {
        int count() {
            return sorted.length() + missing;
        }

        /**
         * The smallest value that a share of {@code quantile} (0 to 1) of all observations reaches, what is missing
         * included; not a number if too few have a value.
         */
        public double quantile(double quantile) {
            int rank = Math.max(1, (int) Math.ceil(quantile * count() - 1e-9));
            return rank <= sorted.length() ? sorted.get(rank - 1) : Double.NaN;
        }
    }

    /** A plot without samples. */
    public static CdfPlot of(String title, Axis x) {
        return new CdfPlot(title, x, ImmutableList.of());
    }

    /** The same with one sample more, in any order. */
    public CdfPlot sample(String name, double... values) {
        return sample(name, values, 0);
    }

    /** The same with one sample more, of which {@code missing} observations never got a value. */
    public CdfPlot sample(String name, double[] values, int missing) {
        if (missing < 0 || Doubles.asList(values).stream().anyMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException("what has no value is counted as missing, in \"" + name + "\"");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        Sample sample = new Sample(name, ImmutableDoubleArray.copyOf(sorted), missing);
        return new CdfPlot(
                title,
                x,
                ImmutableList.<Sample>builder().addAll(samples).add(sample).build());
    }

    LinePlot lines() {
        double end = samples.stream()
                .filter(sample -> !sample.sorted.isEmpty())
                .mapToDouble(sample -> sample.sorted.get(sample.sorted.length() - 1))
                .max()
                .orElse(1);
        LinePlot plot = LinePlot.of(title, x, Axis.share("share of observations at most so large"))
                .guide(0.5, "half")
                .guide(0.95, "95 %")
                .guide(1, "");
        for (Sample sample : samples) {
            plot = plot.with(curve(sample, end));
        }
        for (Sample sample : samples) {
            plot = marked(marked(plot, sample, 0.5, "median"), sample, 0.95, "95th percentile");
        }
        return plot;
    }

    /** The values behind the plot. */
    Table data() {
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        columns.add(Column.text(""), Column.number("observed"), Column.number("missing"));
        for (double quantile : QUANTILES) {
            columns.add(new Column("p" + Math.round(quantile * 100), x.unit(), Column.Alignment.END, x.style()));
        }
        ImmutableList.Builder<ImmutableList<Cell>> rows = ImmutableList.builder();
        for (Sample sample : samples) {
            ImmutableList.Builder<Cell> row = ImmutableList.builder();
            row.add(Cell.of(sample.name), Cell.of(sample.count()), Cell.of(sample.missing));
            for (double quantile : QUANTILES) {
                row.add(Cell.of(sample.quantile(quantile)));
            }
            rows.add(row.build());
        }
        return new Table("", columns.build(), rows.build());
    }

    private LinePlot.Series curve(Sample sample, double end) {
        int count = sample.sorted.length();
        ImmutableDoubleArray.Builder xs = ImmutableDoubleArray.builder();
        ImmutableDoubleArray.Builder ys = ImmutableDoubleArray.builder();
        if (count > 0) {
            xs.add(placed(sample.sorted.get(0)));
            ys.add(0);
            int steps = Math.min(count, STEPS_MAX);
            for (int step = 1; step <= steps; step++) {
                int rank = (int) ((long) count * step / steps);
                xs.add(placed(sample.sorted.get(rank - 1)));
                ys.add((double) rank / sample.count());
            }
            xs.add(end);
            ys.add((double) count / sample.count());
        }
        return new LinePlot.Series(sample.name, xs.build(), ys.build(), true);
    }

    private LinePlot marked(LinePlot plot, Sample sample, double quantile, String name) {
        double value = sample.quantile(quantile);
        return Double.isNaN(value)
                ? plot
                : plot.dot(sample.name, placed(value), quantile, name + " of " + sample.name + ": " + x.shown(value));
    }

    /** On a logarithmic axis zero has no place; it stands where the smallest value does. */
    private double placed(double value) {
        if (!x.isLog() || value > 0) {
            return value;
        }
        return samples.stream()
                .flatMapToDouble(sample -> sample.sorted.stream())
                .filter(other -> other > 0)
                .min()
                .orElse(1);
    }
}
