package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of the transfer's bounds (spec/hardening.md L1). */
class TransferLimitsTest {

    @Test
    void eachLimitHasAKeyARangeThatHoldsItsValueAndAReason() {
        assertThat(TransferLimits.specs()).hasSize(38).allSatisfy(spec -> {
            assertThat(spec.key()).matches("limits\\.(upload|download|push|alternates)\\.[a-zA-Z]+");
            assertThat(spec.standard()).isBetween(spec.min(), spec.max());
            assertThat(spec.reason()).isNotBlank();
            assertThat(spec.unit()).isNotBlank();
        });
    }

    @Test
    void theDiskQueueOfAllDownloadsIsBounded() {
        TransferLimits.Download limits = TransferLimits.STANDARD.download();

        assertThat((long) limits.active() * limits.windowBytes()).isEqualTo(64L << 20);
    }
}
