package praline.lab.experiment;

import java.util.Arrays;

/**
 * How values are spread.
 *
 * @param count of the values; with none, everything else is NaN
 * @param p50 the least value that half of them do not exceed; p95 and p99 likewise
 */
public record Spread(int count, double mean, double p50, double p95, double p99, double max) {

    static Spread of(double[] values) {
        if (values.length == 0) {
            return new Spread(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = Arrays.stream(sorted).sum();
        return new Spread(
                sorted.length,
                sum / sorted.length,
                quantile(sorted, 50),
                quantile(sorted, 95),
                quantile(sorted, 99),
                sorted[sorted.length - 1]);
    }

    /**
     * How unequal values are: 0 when all are the same, near 1 when one has everything (the Gini coefficient). NaN when
     * there is nothing to share out.
     */
    static double gini(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            weighted += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
        }
        return sum == 0 ? Double.NaN : weighted / (sorted.length * sum);
    }

    /** By the nearest rank. */
    private static double quantile(double[] sorted, int percent) {
        int rank = (int) (((long) percent * sorted.length + 99) / 100);
        return sorted[Math.max(rank, 1) - 1];
    }
}
