package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import praline.lab.sim.NetworkModel;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;

/**
 * Unequal delays change how far a flood gets, since the copy that comes first may have the smaller TTL
 * (spec/experiments.md E1b).
 */
class DelayVarianceTest {

    @Test
    void unequalDelaysCostAFloodOfDegreeFourAFifthOfItsMessages() {
        Graph graph = new Topology.Kout(10_000, 2).graph(1);
        SimulationConfig equal = SimulationConfig.synchronous(1);

        FloodProfile even = FloodProfile.measure(equal, graph, 7, 200);
        FloodProfile uneven =
                FloodProfile.measure(equal.withNetwork(new NetworkModel.PerMessage(1, 100)), graph, 7, 200);

        assertThat((double) uneven.messages() / even.messages()).isCloseTo(0.81, within(0.02));
        assertThat((double) uneven.reached() / even.reached()).isCloseTo(0.88, within(0.02));
    }
}
