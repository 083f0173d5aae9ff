package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;
import praline.protocol.WireLimits;

/** The table of the index's bounds (spec/hardening.md L1, L5, L6). */
class IndexLimitsTest {

    @Test
    void eachLimitHasAKeyARangeThatHoldsItsValueAndAReason() {
        ImmutableList<LimitSpec> specs = IndexLimits.specs();

        assertThat(specs)
                .hasSize(IndexLimits.class.getRecordComponents().length)
                .allSatisfy(spec -> {
                    assertThat(spec.key()).startsWith("limits.index.");
                    assertThat(spec.standard()).isBetween(spec.min(), spec.max());
                    assertThat(spec.reason()).isNotBlank();
                    assertThat(spec.unit()).isNotBlank();
                });
    }

    @Test
    void anExperimentLiftsRatesAndKeepsMemory() {
        IndexLimits experiment = IndexLimits.of(Profile.EXPERIMENT);

        assertThat(experiment.recordsPerSecond()).isEqualTo(Integer.MAX_VALUE);
        assertThat(experiment.farAnswer()).isEqualTo(Integer.MAX_VALUE);
        assertThat(experiment.recordsRead()).isEqualTo(1_000_000);
        assertThat(experiment.leafRecords()).isEqualTo(IndexLimits.STANDARD.leafRecords());
        assertThat(experiment.nodeBytes()).isEqualTo(IndexLimits.STANDARD.nodeBytes());
        assertThat(IndexLimits.of(Profile.LAB).recordsPerSecond()).isEqualTo(200_000);
        assertThat(IndexLimits.of(Profile.LAN)).isEqualTo(IndexLimits.STANDARD);
    }

    @Test
    void anIndexWorksAtBothEndsOfItsRanges() {
        for (IndexLimits limits : List.of(
                Limits.minimum(IndexLimits.Group.class).index(),
                Limits.maximum(IndexLimits.Group.class).index(),
                IndexLimits.with(Map.of("limits.index.word", 8L)))) {
            KeywordIndex index = new KeywordIndex(limits, WireLimits.STANDARD, 7);
            Publisher leaf = new Publisher(index).shares("something to find");

            assertThat(leaf.agrees()).isTrue();
            assertThat(Queries.names(index, Queries.words("something"))).hasSize(1);
            index.close(leaf.leaf);
            assertThat(index.purge()).isFalse();
        }
    }
}
