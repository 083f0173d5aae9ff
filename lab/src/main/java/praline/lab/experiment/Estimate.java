package praline.lab.experiment;

/**
 * A mean and how far the truth may be from it.
 *
 * @param mean NaN when there was nothing to average
 * @param ci95 half the width of the 95 % interval; NaN when it cannot be told
 */
public record Estimate(double mean, double ci95) {

    /** Queries follow each other into so many batches (spec/experiments.md section 1). */
    static final int BATCHES = 10;

    /** Student's t for 95 %, two-sided, with one degree of freedom less than batches. */
    private static final double T_9 = 2.262157;

    private static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN);

    /**
     * The mean of what was observed, in order, with an interval by the means of ten batches: neighbouring observations
     * may depend on each other, batches hardly do. NaN stands for an observation that is undefined, and is left out.
     */
    static Estimate of(double[] observations) {
        double mean = mean(observations, 0, observations.length);
        if (Double.isNaN(mean)) {
            return UNKNOWN;
        }
        double[] batches = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            batches[batch] = mean(observations, start(observations, batch), start(observations, batch + 1));
        }
        return new Estimate(mean, T_9 * deviation(batches) / StrictMath.sqrt(BATCHES));
    }

    private static int start(double[] observations, int batch) {
        return (int) ((long) observations.length * batch / BATCHES);
    }

    /** NaN when nothing is defined between {@code from} and {@code to}. */
    private static double mean(double[] observations, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(observations[i])) {
                sum += observations[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Of a sample; NaN when one of the values is. */
    private static double deviation(double[] values) {
        double mean = mean(values, 0, values.length);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return StrictMath.sqrt(squares / (values.length - 1));
    }
}
