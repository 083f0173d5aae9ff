package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Topology;

/** The golden flood table of spec/experiments.md E1, run by the node's engine in virtual time; tolerance 0. */
class FloodProfileTest {

    @ParameterizedTest
    @CsvSource({"1,832,832", "2,3719,3713", "3,13551,13504", "4,46765,46322", "5,157792,152678", "6,517339,464866"})
    void floodsOfKout2AreThoseOfTheGoldenTable(int ttl, long messages, long reached) {
        assertThat(FloodProfile.measure(
                        SimulationConfig.synchronous(1), new Topology.Kout(10_000, 2).graph(1), ttl, 200))
                .isEqualTo(new FloodProfile(messages, reached));
    }
}
