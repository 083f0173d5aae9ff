package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** Axes: round numbers, few of them, and every value inside. */
class ScaleTest {

    @Test
    void ticksAreRoundNumbersInTheUnitThatSuits() {
        assertThat(labels(Scale.of(Axis.of("n"), 0, 412, true)))
                .containsExactly("0", "100", "200", "300", "400", "500");
        assertThat(labels(Scale.of(Axis.of("n"), 3, 1_234_567, false))).containsExactly("0", "500,000", "1,000,000");
        assertThat(labels(Scale.of(Axis.share("n"), 0.2, 1, true))).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(Scale.of(Axis.of("n"), 0, 0.7, true))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8");
        assertThat(labels(Scale.of(Axis.bytes("n"), 0, 7_310, true))).containsExactly("0", "2", "4", "6", "8");
        assertThat(Scale.of(Axis.bytes("traffic"), 0, 7_310, true).title()).isEqualTo("traffic (kB)");
    }

    @Test
    void aLogarithmicAxisCountsInPowersOfTen() {
        assertThat(labels(Scale.of(Axis.millis("t").log(), 0.3, 4_200, true)))
                .containsExactly("0.1 ms", "1 ms", "10 ms", "100 ms", "1 s", "10 s");
        assertThat(labels(Scale.of(Axis.of("n").log(), 3, 40, false))).containsExactly("2", "5", "10", "20", "50");
        assertThat(Scale.of(Axis.of("n", "per second").log(), 1, 10, true).title())
                .isEqualTo("n (per second, logarithmic)");
    }

    @Test
    void everyRangeHasTicksInOrderAndRoomForItsEnds() {
        Seeds.check(5_000, random -> {
            double min = Math.pow(10, random.nextDouble(-6, 12));
            double max = min * Math.pow(10, random.nextDouble(0, 9));
            NumberStyle style = NumberStyle.values()[random.nextInt(NumberStyle.values().length)];
            Scale scale = Scale.of(new Axis("n", "", style, random.nextBoolean()), min, max, random.nextBoolean());

            ImmutableList<Scale.Tick> ticks = scale.ticks();

            assertThat(ticks).hasSizeBetween(1, 12);
            assertThat(ticks).isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
            assertThat(labels(scale)).doesNotHaveDuplicates();
            assertThat(scale.at(min)).isBetween(0.0, scale.at(max));
            assertThat(scale.at(max)).isBetween(max > 10 * min ? 0.5 : 0.0, 1.0);
        });
    }

    @Test
    void aRangeWithoutExtentIsAnAxisToo() {
        for (double value : new double[] {-3, 0, 1, 100}) {
            assertThat(Scale.of(Axis.of("n"), value, value, true).ticks()).hasSizeGreaterThan(1);
            assertThat(Scale.of(Axis.of("n").log(), value, value, true).ticks()).hasSizeGreaterThan(1);
        }
    }

    private static ImmutableList<String> labels(Scale scale) {
        return scale.ticks().stream().map(Scale.Tick::label).collect(ImmutableList.toImmutableList());
    }
}
