package praline.lab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.protocol.SplitMix64;

/** The shapes that spec/experiments.md section 3 gives: shares of popularity, and how much peers share. */
class WorkloadTest {

    private static final int PEERS = 2_000;

    @Test
    void theMostPopularObjectsHaveTheSharesOfTheTable() {
        double[] exponents = {0.63, 0.82, 1.0, 1.2};
        double[] percents = {0.160, 0.321, 0.530, 0.751};
        double[] tenths = {0.411, 0.591, 0.765, 0.903};
        for (int i = 0; i < exponents.length; i++) {
            Zipf zipf = new Zipf(10_000, exponents[i]);
            assertThat(zipf.share(100)).isCloseTo(percents[i], within(0.0006));
            assertThat(zipf.share(1_000)).isCloseTo(tenths[i], within(0.0006));
        }
    }

    @Test
    void drawsFollowTheShares() {
        Zipf zipf = new Zipf(10_000, 0.82);
        SplitMix64 random = new SplitMix64(1);
        int draws = 100_000;
        long popular =
                IntStream.range(0, draws).filter(i -> zipf.draw(random) < 100).count();
        assertThat((double) popular / draws).isCloseTo(0.321, within(0.01));
        assertThat(IntStream.range(0, 1_000).map(i -> zipf.draw(random, 500, 502)))
                .contains(500, 501)
                .allMatch(rank -> rank == 500 || rank == 501);
    }

    @Test
    void aFewPeersShareMostAndAQuarterOrMoreNothing() {
        Workload workload = Workload.draw(PEERS, 1);
        int[] shared = new int[PEERS];
        for (int object = 0; object < workload.objectCount(); object++) {
            ImmutableIntArray holders = workload.holders(object);
            assertThat(holders.stream().distinct().count()).isEqualTo(holders.length());
            holders.forEach(holder -> shared[holder]++);
        }
        int all = IntStream.of(shared).sum();
        int[] sorted = IntStream.of(shared).sorted().toArray();
        int ofTop = IntStream.range(PEERS - PEERS * 7 / 100, PEERS)
                .map(i -> sorted[i])
                .sum();

        assertThat((double) all / PEERS).as("mean 355, a tenth of it").isCloseTo(35.5, within(5.0));
        assertThat((double) ofTop / all).as("the top 7 %").isCloseTo(0.77, within(0.04));
        assertThat(IntStream.of(shared).filter(count -> count == 0).count()).isGreaterThan(PEERS / 4 - 50);
        assertThat(workload.holders(0).length())
                .isGreaterThan(10 * workload.holders(workload.objectCount() / 2).length());
    }

    @Test
    void itIsAFunctionOfItsSeed() {
        assertThat(Workload.draw(100, 3).holders(0))
                .isEqualTo(Workload.draw(100, 3).holders(0));
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(Workload.draw(100, 3)::holders)
                        .toList())
                .isNotEqualTo(IntStream.range(0, 1_000)
                        .mapToObj(Workload.draw(100, 4)::holders)
                        .toList());
    }
}
