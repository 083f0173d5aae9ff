package praline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Holds the generator to the numbers that {@code spec/experiments.md} section 0 prints, so that runs compare across
 * programs.
 */
class SplitMix64Test {

    @Test
    void streamOneOneStartsAsTheSpecificationSays() {
        SplitMix64 random = SplitMix64.stream(1, 1);

        assertThat(random.nextLong()).isEqualTo(0x3b9858bc1e28f643L);
        assertThat(random.nextLong()).isEqualTo(0x0024bbf5091ef839L);
        assertThat(random.nextLong()).isEqualTo(0xb0bef9e8fd6222fbL);
    }

    @Test
    void boundedDrawsAreThoseOfTheSpecification() {
        SplitMix64 random = SplitMix64.stream(1, 3);

        assertThat(IntStream.range(0, 5).map(i -> random.below(10_000))).containsExactly(4260, 5803, 3795, 3287, 6450);
    }

    @Test
    void unitStaysBelowOne() {
        SplitMix64 random = new SplitMix64(7);

        assertThat(IntStream.range(0, 10_000).mapToDouble(i -> random.unit())).allMatch(unit -> unit >= 0 && unit < 1);
    }

    @Test
    void enginesOfOneNodeAndNodesOfOneEngineDrawDifferently() {
        long first = SplitMix64.engineStream(1, 5, 0).nextLong();

        assertThat(SplitMix64.engineStream(1, 5, 1).nextLong()).isNotEqualTo(first);
        assertThat(SplitMix64.engineStream(1, 6, 0).nextLong()).isNotEqualTo(first);
        assertThat(SplitMix64.engineStream(1, 5, 0).nextLong()).isEqualTo(first);
    }

    @Test
    void peekingDrawsNothing() {
        SplitMix64 random = SplitMix64.stream(1, 1);

        assertThat(random.peek()).isEqualTo(0x3b9858bc1e28f643L);
        assertThat(random.nextLong()).isEqualTo(0x3b9858bc1e28f643L);
    }

    @Test
    void anEmptyRangeIsRefused() {
        SplitMix64 random = new SplitMix64(1);

        assertThatThrownBy(() -> random.below(0)).hasMessageContaining("is 0");
    }
}
