package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of the swarm's bounds (spec/hardening.md L1). */
class SwarmLimitsTest {

    @Test
    void eachLimitHasAKeyARangeThatHoldsItsValueAndAReason() {
        assertThat(SwarmLimits.specs()).hasSizeGreaterThan(30).allSatisfy(spec -> {
            assertThat(spec.key()).matches("limits\\.[a-z]+\\.[a-zA-Z]+");
            assertThat(spec.standard()).isBetween(spec.min(), spec.max());
            assertThat(spec.reason()).isNotBlank();
            assertThat(spec.unit()).isNotBlank();
        });
        assertThat(SwarmLimits.specs()).extracting(spec -> spec.key()).doesNotHaveDuplicates();
    }
}
