package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of the library's bounds (spec/hardening.md L1). */
class LibraryLimitsTest {

    @Test
    void eachLimitHasAKeyARangeThatHoldsItsValueAndAReason() {
        assertThat(LibraryLimits.specs())
                .hasSize(LibraryLimits.class.getRecordComponents().length)
                .allSatisfy(spec -> {
                    assertThat(spec.key()).startsWith("limits.library.");
                    assertThat(spec.standard()).isBetween(spec.min(), spec.max());
                    assertThat(spec.reason()).isNotBlank();
                    assertThat(spec.unit()).isNotBlank();
                });
    }
}
