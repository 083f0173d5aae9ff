package praline.lab.report;

import com.google.errorprone.annotations.Immutable;

/** One cell of a {@link Table}: a value and not its looks, because a page, a terminal and a file each show it anew. */
@Immutable
public sealed interface Cell {

    /** Words, ours or a stranger's; whoever shows them escapes them. */
    record Text(String text) implements Cell {}

    /** A number that was counted. */
    record Whole(long value) implements Cell {}

    /**
     * A number that was measured. Not a number is shown as absent.
     *
     * @param plusMinus half the width of its interval, not a number if it has none
     */
    record Real(double value, double plusMinus) implements Cell {
        boolean hasInterval() {
            return Double.isFinite(value) && Double.isFinite(plusMinus);
        }
    }

    /** Nothing was counted or measured, which is not zero. */
    record Absent() implements Cell {}

    /** A number that is shown in a style of its own, whatever its column's. */
    record Styled(Cell value, NumberStyle style) implements Cell {
        public Styled {
            if (!(value instanceof Whole || value instanceof Real || value instanceof Absent)) {
                throw new IllegalArgumentException("only a number has a style, this is " + value);
            }
        }
    }

    static Cell of(String text) {
        return new Text(text);
    }

    static Cell of(long value) {
        return new Whole(value);
    }

    static Cell of(double value) {
        return new Real(value, Double.NaN);
    }

    /** {@code value} with an interval of {@code plusMinus} to both sides. */
    static Cell of(double value, double plusMinus) {
        return new Real(value, plusMinus);
    }

    static Cell absent() {
        return new Absent();
    }

    /** The same number in {@code style}: for tables whose rows, not columns, have a unit. */
    default Cell as(NumberStyle style) {
        return new Styled(this, style);
    }

    /** This cell without its style. */
    default Cell plain() {
        return this instanceof Styled styled ? styled.value : this;
    }

    /** What a person reads, not escaped yet; {@code inherited} is the style of the column. */
    default String shown(NumberStyle inherited) {
        NumberStyle style = this instanceof Styled styled ? styled.style : inherited;
        Cell cell = plain();
        if (cell instanceof Text text) {
            return text.text;
        }
        if (cell instanceof Whole whole) {
            return style == NumberStyle.NUMBER ? Numbers.of(whole.value) : Numbers.of((double) whole.value, style);
        }
        return cell instanceof Real real ? Numbers.of(real.value, real.plusMinus, style) : Numbers.ABSENT;
    }
}
