package praline.lab.report;

import java.util.function.DoubleUnaryOperator;

/**
 * The course of one line in SVG's words. Of the many points that fall into one column of pixels only the first, the
 * lowest, the highest and the last are kept: the picture is the same, and the page stays small.
 */
final class LinePath {

    /** Lines with fewer points are drawn point by point. */
    private static final int EXACT_MAX = 1_500;

    private final LinePlot.Series series;
    private final Scale xs;
    private final Scale ys;
    private final StringBuilder data = new StringBuilder();
    private boolean isDown;

    LinePath(LinePlot.Series series, Scale xs, Scale ys) {
        this.series = series;
        this.xs = xs;
        this.ys = ys;
    }

    String data(DoubleUnaryOperator placeX, DoubleUnaryOperator placeY) {
        int count = series.xs().length();
        int i = 0;
        while (i < count) {
            int end = i + 1;
            if (count > EXACT_MAX && isDrawn(i)) {
                long column = Math.round(placeX.applyAsDouble(series.xs().get(i)));
                while (end < count
                        && isDrawn(end)
                        && Math.round(placeX.applyAsDouble(series.xs().get(end))) == column) {
                    end++;
                }
            }
            column(i, end, placeX, placeY);
            i = end;
        }
        return data.toString();
    }

    private boolean isDrawn(int i) {
        return xs.has(series.xs().get(i)) && ys.has(series.ys().get(i));
    }

    private void column(int from, int to, DoubleUnaryOperator placeX, DoubleUnaryOperator placeY) {
        if (!isDrawn(from)) {
            isDown = false;
            return;
        }
        int lowest = from;
        int highest = from;
        for (int i = from; i < to; i++) {
            lowest = series.ys().get(i) < series.ys().get(lowest) ? i : lowest;
            highest = series.ys().get(i) > series.ys().get(highest) ? i : highest;
        }
        int before = -1;
        for (int i : new int[] {from, Math.min(lowest, highest), Math.max(lowest, highest), to - 1}) {
            if (i != before) {
                point(
                        placeX.applyAsDouble(series.xs().get(i)),
                        placeY.applyAsDouble(series.ys().get(i)));
                before = i;
            }
        }
    }

    private void point(double x, double y) {
        String atX = Markup.number(x);
        String atY = Markup.number(y);
        if (!isDown) {
            data.append('M').append(atX).append(' ').append(atY);
            isDown = true;
        } else if (series.isStepped()) {
            data.append('H').append(atX).append('V').append(atY);
        } else {
            data.append('L').append(atX).append(' ').append(atY);
        }
    }
}
