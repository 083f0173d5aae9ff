package praline.lab.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;

/**
 * Amounts side by side: a bar for each thing compared, made of named parts. Parts are stacked; on a logarithmic axis,
 * where stacked lengths would deceive, they stand below each other.
 *
 * @param axis of the values
 * @param parts what the bars are made of, one or more
 * @param bars each with a value for every part
 * @param isStacked whether the parts of a bar add up to something
 */
public record BarPlot(String title, Axis axis, ImmutableList<String> parts, ImmutableList<Bar> bars, boolean isStacked)
        implements Exhibit {

    /**
     * One of the things compared.
     *
     * @param values one for each part, zero or more; not a number where there is none
     * @param plusMinus half the width of the interval around their sum, not a number if there is none
     */
    public record Bar(String name, ImmutableList<Double> values, double plusMinus) {
        public Bar {
            for (double value : values) {
                if (value < 0 || Double.isInfinite(value)) {
                    throw new IllegalArgumentException("a bar has a length, \"" + name + "\" has " + value);
                }
            }
        }

        /** The sum of what there is; not a number if there is nothing. */
        double total() {
            return values.stream()
                    .filter(value -> !value.isNaN())
                    .reduce(Double::sum)
                    .orElse(Double.NaN);
        }
    }

    /** Throws {@link IllegalArgumentException} for a bar that has not one value for each part. */
    public BarPlot {
        for (Bar bar : bars) {
            if (bar.values.size() != parts.size()) {
                throw new IllegalArgumentException(
                        "the bar \"" + bar.name + "\" has " + bar.values.size() + " values for the parts " + parts);
            }
        }
    }

    /** A plot without bars; without {@code parts} each bar is one value. */
    public static BarPlot of(String title, Axis axis, String... parts) {
        ImmutableList<String> names = parts.length == 0 ? ImmutableList.of(axis.label()) : ImmutableList.copyOf(parts);
        return new BarPlot(title, axis, names, ImmutableList.of(), !axis.isLog());
    }

    /** The same with one bar more. */
    public BarPlot bar(String name, double... values) {
        return with(new Bar(name, ImmutableList.copyOf(Doubles.asList(values)), Double.NaN));
    }

    /** The same with one bar more, of one value known to {@code plusMinus}. */
    public BarPlot measured(String name, double value, double plusMinus) {
        return with(new Bar(name, ImmutableList.of(value), plusMinus));
    }

    /** The same with parts that do not add up, for example a median and a maximum. */
    public BarPlot sideBySide() {
        return new BarPlot(title, axis, parts, bars, false);
    }

    private BarPlot with(Bar bar) {
        ImmutableList<Bar> more =
                ImmutableList.<Bar>builder().addAll(bars).add(bar).build();
        return new BarPlot(title, axis, parts, more, isStacked);
    }

    /** The numbers behind the plot. */
    Table data() {
        boolean hasTotal = isStacked && parts.size() > 1;
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        columns.add(Column.text(""));
        for (String part : parts) {
            columns.add(new Column(part, axis.unit(), Column.Alignment.END, axis.style()));
        }
        if (hasTotal) {
            columns.add(new Column("total", axis.unit(), Column.Alignment.END, axis.style()));
        }
        ImmutableList.Builder<ImmutableList<Cell>> rows = ImmutableList.builder();
        for (Bar bar : bars) {
            ImmutableList.Builder<Cell> row = ImmutableList.builder();
            row.add(Cell.of(bar.name));
            boolean isMeasured = parts.size() == 1;
            bar.values.forEach(value -> row.add(isMeasured ? Cell.of(value, bar.plusMinus) : Cell.of(value)));
            if (hasTotal) {
                row.add(Cell.of(bar.total(), bar.plusMinus));
            }
            rows.add(row.build());
        }
        return new Table("", columns.build(), rows.build());
    }
}
