package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Means and their intervals, against values worked out by hand. */
class EstimateTest {

    @Test
    void whatNeverVariesIsKnownExactly() {
        double[] observations = new double[40];
        Arrays.fill(observations, 7);

        assertThat(Estimate.of(observations)).isEqualTo(new Estimate(7, 0));
    }

    @Test
    void theIntervalComesFromTheMeansOfTenBatches() {
        double[] observations = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9};

        Estimate estimate = Estimate.of(observations);

        // Batch means are 0 to 9: their variance is 82.5 / 9, and t is 2.262.
        assertThat(estimate.mean()).isEqualTo(4.5);
        assertThat(estimate.ci95()).isCloseTo(2.262157 * Math.sqrt(82.5 / 9 / 10), within(1e-9));
    }

    @Test
    void undefinedObservationsAreLeftOut() {
        double[] observations = new double[40];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = i % 2 == 0 ? 3 : Double.NaN;
        }

        assertThat(Estimate.of(observations)).isEqualTo(new Estimate(3, 0));
    }

    @Test
    void nothingToAverageIsNotZero() {
        assertThat(Estimate.of(new double[] {Double.NaN, Double.NaN}).mean()).isNaN();
        assertThat(Estimate.of(new double[0]).ci95()).isNaN();
    }
}
