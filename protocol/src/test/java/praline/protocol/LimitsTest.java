package praline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The mechanism is tested with the limits of the wire; every record of limits is tested in the same words as the first.
 */
class LimitsTest {

    @Test
    void everyLimitOfTheWireHasARangeAUnitAndAReason() {
        assertThat(WireLimits.specs()).hasSizeGreaterThan(20).allSatisfy(spec -> {
            assertThat(spec.key()).matches("limits\\.[a-z]+\\.[a-zA-Z]+");
            assertThat(spec.min()).isPositive().isLessThanOrEqualTo(spec.standard());
            assertThat(spec.max()).isGreaterThanOrEqualTo(spec.standard());
            assertThat(spec.unit()).isNotBlank();
            assertThat(spec.reason()).isNotBlank().doesNotContain("\n");
        });
        assertThat(WireLimits.specs()).extracting(LimitSpec::key).doesNotHaveDuplicates();
    }

    @Test
    void standardMinimumAndMaximumFillEveryComponent() {
        assertThat(WireLimits.STANDARD.frame().query()).isEqualTo(1_024);
        assertThat(Limits.minimum(WireLimits.class).frame().query()).isEqualTo(256);
        assertThat(Limits.maximum(WireLimits.class).frame().query()).isEqualTo(65_536);
    }

    @Test
    void anOverrideChangesItsLimitAndNoOther() {
        WireLimits limits = Limits.with(WireLimits.class, Map.of("limits.frame.query", 512L, "limits.other.one", 7L));

        assertThat(limits.frame().query()).isEqualTo(512);
        assertThat(limits.frame().payload())
                .isEqualTo(WireLimits.STANDARD.frame().payload());
        assertThat(limits.http()).isEqualTo(WireLimits.STANDARD.http());
    }

    @Test
    void anOverrideOutsideItsRangeIsRefusedWithKeyAndRange() {
        assertThatThrownBy(() -> Limits.with(WireLimits.class, Map.of("limits.frame.query", 7L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limits.frame.query lies in 256..65536 bytes, but is 7");
    }

    record Bare(Group group) {
        record Group(int unexplained) {}
    }

    @Test
    void aComponentWithoutItsLimitIsABug() {
        assertThatThrownBy(() -> Limits.specsOf(Bare.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limits.group.unexplained");
    }
}
