package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import praline.lab.experiment.PlannedQuery.Phase;

/** The stream of questions that every network is asked. */
class QueryStreamTest {

    private static final int LEADERS = 6;
    private static final int NODES = 60;
    private static final int COUNT = 4_000;
    private static final double RATE = 5;

    private final Content content = Content.spread(TestFiles.of(100), NODES, 3);
    private final ImmutableList<PlannedQuery> queries = stream(3).draw(Phase.STEADY, 0, 1_000, COUNT);

    @Test
    void theSameSeedAsksTheSame() {
        assertThat(stream(3).draw(Phase.STEADY, 0, 1_000, COUNT)).isEqualTo(queries);
        assertThat(stream(4).draw(Phase.STEADY, 0, 1_000, COUNT)).isNotEqualTo(queries);
    }

    @Test
    void timesFollowAPoissonStream() {
        double[] gaps = new double[COUNT - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = queries.get(i + 1).at() - queries.get(i).at();
        }
        Spread spread = Spread.of(gaps);

        // Of an exponential distribution the median is ln 2 and the 95th percentile 3 times the mean.
        assertThat(queries.get(0).at()).isGreaterThan(1_000);
        assertThat(spread.mean()).isCloseTo(1_000 / RATE, within(10.0));
        assertThat(spread.p50() / spread.mean()).isCloseTo(Math.log(2), within(0.05));
        assertThat(spread.p95() / spread.mean()).isCloseTo(Math.log(20), within(0.2));
    }

    @Test
    void whoAsksLeadsNobodyAndHasNothingThatMatches() {
        assertThat(queries).allSatisfy(query -> {
            assertThat(query.origin()).isBetween(LEADERS, NODES - 1);
            assertThat(query.holders()).doesNotContain(query.origin());
        });
    }

    @Test
    void aThirdAsksByHashAndATenthForNothing() {
        long byHash = queries.stream().filter(PlannedQuery::isHashQuery).count();
        long forNothing =
                queries.stream().filter(query -> query.holders().isEmpty()).count();

        assertThat(byHash / (double) COUNT).isCloseTo(1 / 3.0, within(0.03));
        assertThat(forNothing / (double) COUNT).isCloseTo(0.1, within(0.02));
    }

    private QueryStream stream(long seed) {
        return new QueryStream(content, LEADERS, NODES, 7, RATE, seed);
    }
}
