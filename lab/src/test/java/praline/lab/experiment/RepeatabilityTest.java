package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.lab.sim.NetworkModel;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.SplitMix64;

/**
 * A run of the node's engines is a function of its seed: within a JVM, in another one, and through the bytes of
 * messages.
 */
class RepeatabilityTest {

    private static final int NODES = 300;
    private static final int TTL_OVER_ALL = 40;

    /** Prints a fingerprint, for the test that starts another JVM. */
    public static void main(String[] arguments) {
        System.out.println(fingerprint(delayed(7)));
    }

    @Test
    void aRunIsAFunctionOfItsSeed() {
        assertThat(fingerprint(delayed(7))).isEqualTo(fingerprint(delayed(7))).isNotEqualTo(fingerprint(delayed(8)));
    }

    @Test
    void theBytesOfMessagesLoseNothing() {
        assertThat(fingerprint(delayed(7).withThroughBytes())).isEqualTo(fingerprint(delayed(7)));
    }

    @Test
    void anotherJvmWithOtherHashesAndAnotherLanguageRunsTheSame() throws IOException, InterruptedException {
        String expected = Long.toString(fingerprint(delayed(7)));

        assertThat(inAnotherJvm()).isEqualTo(expected);
        assertThat(inAnotherJvm(
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-Xshare:off",
                        "-Duser.language=tr",
                        "-Duser.timezone=Asia/Kolkata"))
                .isEqualTo(expected);
    }

    @Test
    void theOrderOfOneInstantDoesNotMatterToAFloodThatCoversAll() {
        Graph graph = graph();
        SimulationConfig config = SimulationConfig.synchronous(7);

        assertThat(FloodProfile.measure(config.withPermutedTies(), graph, TTL_OVER_ALL, 10))
                .isEqualTo(FloodProfile.measure(config, graph, TTL_OVER_ALL, 10))
                .isEqualTo(new FloodProfile(10L * (2 * graph.edgeCount() - (NODES - 1)), 10L * (NODES - 1)));
    }

    private static Graph graph() {
        return new Topology.Kout(NODES, 2).graph(1);
    }

    private static SimulationConfig delayed(long seed) {
        return SimulationConfig.synchronous(seed).withNetwork(new NetworkModel.PerMessage(1, 100));
    }

    private static long fingerprint(SimulationConfig config) {
        GivenNetwork network = new GivenNetwork(config, graph(), node -> Role.FLAT, node -> OverlayObserver.NONE);
        SplitMix64 origins = SplitMix64.stream(config.seed(), 3);
        for (int query = 0; query < 20; query++) {
            network.ask(origins.below(NODES), new Search("nothing", null, 5, Search.Spread.FLOOD));
        }
        return network.simulation().fingerprint();
    }

    private static String inAnotherJvm(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classes, RepeatabilityTest.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed.strip();
    }
}
