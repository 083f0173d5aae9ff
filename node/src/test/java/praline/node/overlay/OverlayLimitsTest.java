package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of the overlay's bounds (spec/hardening.md L1). */
class OverlayLimitsTest {

    @Test
    void eachLimitHasAKeyARangeThatHoldsItsValueAndAReason() {
        assertThat(OverlayLimits.specs()).hasSize(OverlayLimits.class.getRecordComponents().length);
        assertThat(OverlayLimits.specs()).allSatisfy(spec -> {
            assertThat(spec.key()).startsWith("limits.overlay.");
            assertThat(spec.standard()).isBetween(spec.min(), spec.max());
            assertThat(spec.reason()).isNotBlank();
            assertThat(spec.unit()).isNotBlank();
        });
    }

    @Test
    void supernodesFloodLessFarThanFlatPeers() {
        assertThat(OverlayLimits.of(Role.FLAT).ttlMax()).isEqualTo(7);
        assertThat(OverlayLimits.of(Role.SUPERNODE).ttlMax()).isEqualTo(4);
    }

    @Test
    void anExperimentLiftsCountsAndKeepsTimes() {
        OverlayLimits experiment = OverlayLimits.experiment();
        assertThat(experiment.ttlMax()).isEqualTo(255);
        assertThat(experiment.handshakeMillis()).isEqualTo(OverlayLimits.STANDARD.handshakeMillis());
    }

    @Test
    void aValueOutsideItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> OverlayLimits.with(Map.of("limits.overlay.ttlMax", 256L)))
                .hasMessageContaining("limits.overlay.ttlMax");
    }
}
