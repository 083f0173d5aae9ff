package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import praline.lab.report.TextTable;
import praline.lab.topology.Topology;

/** The ordering that spec/experiments.md E5 expects: popular things cost little, rare ones as much as a flood. */
class DynamicQueryStudyTest {

    private static final System.Logger LOG = System.getLogger(DynamicQueryStudyTest.class.getName());
    private static final int TTL = 4;

    @Test
    void popularThingsCostLittleAndRareOnesAsMuchAsAFlood() {
        check(DynamicQueryStudy.measure(new Topology.TwoTier(100, 8, 1_000, 3), TTL, 10, 1));
    }

    @Tag("nightly")
    @Test
    void theSameHoldsAtFullSize() {
        check(DynamicQueryStudy.measure(new Topology.TwoTier(1_000, 15, 10_000, 3), TTL, 200, 1));
    }

    private static void check(DynamicQueryStudy study) {
        LOG.log(System.Logger.Level.INFO, "\n" + TextTable.render(study.table(), 160));
        List<DynamicQueryStudy.Decile> deciles = study.deciles();
        DynamicQueryStudy.Decile popular = deciles.get(0);
        DynamicQueryStudy.Decile rare = deciles.get(deciles.size() - 1);

        assertThat(popular.costRatio()).isLessThan(0.1);
        assertThat(rare.costRatio()).isBetween(0.75, 1.25);
        assertThat(deciles.subList(0, 5))
                .as("the rarer, the dearer")
                .extracting(DynamicQueryStudy.Decile::costRatio)
                .isSorted();
        assertThat(deciles)
                .allSatisfy(decile -> assertThat(decile.dynamic().success())
                        .isGreaterThan(0.95 * decile.flood().success()));
        assertThat(rare.dynamic().firstSeconds())
                .as("rare things are longer in coming, and longer than a flood")
                .isGreaterThan(popular.dynamic().firstSeconds())
                .isGreaterThan(rare.flood().firstSeconds());
    }
}
