package praline.lab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The words above a {@link LinePlot} that say what its markers and spans are. They stand in rows, so that none covers
 * another and no marker's line runs through the words of another; those that find no room are shown when pointed at.
 */
final class Annotations {

    private static final double TITLE_HEIGHT = 26;
    private static final double ROW_HEIGHT = 16;
    private static final int ROWS_MAX = 4;

    /** Words at a place; {@code row} is counted from the top, {@link #ROWS_MAX} if there is none. */
    private record Note(double x, String label, boolean isMarker, boolean isLeft, int row) {}

    private final List<Note> notes = new ArrayList<>();
    private final int rowCount;

    Annotations(LinePlot plot, DoubleUnaryOperator placeX, double right) {
        List<Note> wanted = new ArrayList<>();
        plot.spans().forEach(span -> wanted.add(wanted(span.from(), span.label(), false, placeX, right)));
        plot.markers().forEach(marker -> wanted.add(wanted(marker.x(), marker.label(), true, placeX, right)));
        wanted.sort(Comparator.comparingDouble(Note::x));
        double[] ends = new double[ROWS_MAX];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        for (Note note : wanted) {
            notes.add(placed(note, ends));
        }
        rowCount = notes.stream()
                .mapToInt(note -> note.row < ROWS_MAX ? note.row + 1 : 0)
                .max()
                .orElse(0);
    }

    double height() {
        return rowCount * ROW_HEIGHT;
    }

    void draw(Svg svg, double bottom) {
        for (Note note : notes) {
            boolean hasWords = note.row < ROWS_MAX;
            double y = TITLE_HEIGHT + Math.min(note.row, rowCount) * ROW_HEIGHT;
            if (note.isMarker) {
                svg.path(
                        "M" + Markup.number(note.x) + " " + Markup.number(y) + "V" + Markup.number(bottom),
                        "marker",
                        note.label);
            }
            if (hasWords) {
                double x = note.isLeft ? note.x - 5 : note.x + 5;
                svg.label(x, y + 11, note.label, note.isLeft ? "end note" : "note");
            }
        }
    }

    private static Note wanted(double value, String label, boolean isMarker, DoubleUnaryOperator placeX, double right) {
        double x = placeX.applyAsDouble(value);
        return new Note(x, label, isMarker, x + 5 + Svg.widthOf(label) > right + 10, 0);
    }

    /** In the first row below which all words have ended before this place. */
    private static Note placed(Note note, double[] ends) {
        double width = Svg.widthOf(note.label) + 5;
        double from = note.isLeft ? note.x - width : note.x;
        int row = ends.length;
        while (row > 0 && ends[row - 1] < from) {
            row--;
        }
        if (row < ends.length) {
            ends[row] = (note.isLeft ? note.x : note.x + width) + 8;
        }
        return new Note(note.x, note.label, note.isMarker, note.isLeft, row);
    }
}
