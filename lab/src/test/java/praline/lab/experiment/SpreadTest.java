package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quantiles and inequality, against values worked out by hand. */
class SpreadTest {

    @Test
    void quantilesAreValuesThatWereObserved() {
        double[] values =
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        assertThat(Spread.of(values)).isEqualTo(new Spread(200, 100.5, 100, 190, 198, 200));
    }

    @Test
    void oneValueIsEveryQuantile() {
        assertThat(Spread.of(new double[] {4})).isEqualTo(new Spread(1, 4, 4, 4, 4, 4));
    }

    @Test
    void noValueHasNoQuantiles() {
        assertThat(Spread.of(new double[0]).p50()).isNaN();
        assertThat(Spread.of(new double[0]).count()).isZero();
    }

    @Test
    void equalSharesAreNoInequality() {
        assertThat(Spread.gini(new double[] {3, 3, 3, 3})).isZero();
    }

    @Test
    void oneThatHasAllIsAsUnequalAsCanBe() {
        assertThat(Spread.gini(new double[] {0, 0, 0, 8})).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void nothingIsNotShared() {
        assertThat(Spread.gini(new double[] {0, 0})).isNaN();
    }
}
