package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.lab.sim.SimulationConfig;

/** A flood that covers every path, against what graph theory says of it (spec/experiments.md section 2). */
class FloodTrialTest {

    private static final int QUERIES = 20;

    @Test
    void aFullFloodCrossesEveryLinkTwiceButThoseOfItsTree() {
        FloodTrial trial = FloodTrial.flat(TestFiles.of(100), QUERIES, 5);
        int edges = trial.network().edgeCount();
        int others = trial.network().nodeCount() - 1;

        FloodTrial.Count count = play(trial);

        assertThat(count.lines()).hasSize(QUERIES).allSatisfy(line -> {
            assertThat(line.sent()).isEqualTo(2L * edges - others);
            assertThat(line.duplicates()).isEqualTo(2L * edges - 2L * others);
            assertThat(line.reached()).isEqualTo(others);
        });
    }

    @Test
    void aFloodAmongSupernodesFindsWhatAllNodesHold() {
        FloodTrial trial = FloodTrial.led(TestFiles.of(100), QUERIES, 5);

        FloodTrial.Count count = play(trial);

        assertThat(count.lines()).hasSize(QUERIES).allSatisfy(line -> {
            PlannedQuery query = trial.queries().get(line.query());
            assertThat(line.delivered().stream()
                            .map(record -> Integer.parseInt(record.substring(0, record.indexOf(' '))))
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(query.holders());
        });
        assertThat(count.hitsSent()).isEqualTo(count.hitLinks());
    }

    private static FloodTrial.Count play(FloodTrial trial) {
        NetworkNotes notes = new NetworkNotes(trial.network().nodeCount());
        try (LiveNetwork network =
                SimulatedNetwork.open(SimulationConfig.synchronous(5), trial.network(), trial.content(), notes)) {
            return trial.play(network, notes);
        }
    }
}
