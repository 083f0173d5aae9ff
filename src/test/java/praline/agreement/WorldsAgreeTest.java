package praline.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.lab.experiment.FloodTrial;
import praline.lab.experiment.LiveNetwork;
import praline.lab.experiment.NetworkNotes;
import praline.lab.experiment.SimulatedNetwork;
import praline.lab.experiment.TcpNetwork;
import praline.lab.sim.SimulationConfig;
import praline.node.library.FoundFile;
import praline.node.library.SharedFile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * The test that the laboratory's numbers stand on (ARCHITECTURE.md): one network, one set of files, one set of queries,
 * run by the same engines on real TCP and in virtual time. What does not depend on the order of arrival must be equal,
 * with no tolerance at all.
 */
class WorldsAgreeTest {

    private static final Logger LOG = LoggerFactory.getLogger(WorldsAgreeTest.class);

    private static final int QUERIES = 60;
    private static final long SEED = 1;

    @Test
    void aFlatFloodIsTheSameOnTcpAndInVirtualTime() {
        assertWorldsAgree(FloodTrial.flat(files(), QUERIES, SEED));
    }

    @Test
    void aFloodAmongSupernodesIsTheSameOnTcpAndInVirtualTime() {
        assertWorldsAgree(FloodTrial.led(files(), QUERIES, SEED));
    }

    private static void assertWorldsAgree(FloodTrial trial) {
        FloodTrial.Count virtual = simulated(trial, SimulationConfig.synchronous(SEED));
        FloodTrial.Count encoded =
                simulated(trial, SimulationConfig.synchronous(SEED).withThroughBytes());
        FloodTrial.Count real = onTcp(trial);
        LOG.info("{}, virtual time: {}", trial.network().name(), virtual);
        LOG.info("{}, with encoded bytes: {}", trial.network().name(), encoded);
        LOG.info("{}, on TCP: {}", trial.network().name(), real);

        assertThat(virtual.lines())
                .anySatisfy(line -> assertThat(line.delivered()).isNotEmpty());
        assertThat(encoded).isEqualTo(virtual);
        assertThat(real.lines()).containsExactlyElementsOf(virtual.lines());
        assertThat(virtual.hitsSent()).isEqualTo(virtual.hitLinks());
        assertThat(real.hitsSent()).isEqualTo(real.hitLinks());
    }

    private static FloodTrial.Count simulated(FloodTrial trial, SimulationConfig config) {
        NetworkNotes notes = new NetworkNotes(trial.network().nodeCount());
        try (LiveNetwork network = SimulatedNetwork.open(config, trial.network(), trial.content(), notes)) {
            return trial.play(network, notes);
        }
    }

    private static FloodTrial.Count onTcp(FloodTrial trial) {
        NetworkNotes notes = new NetworkNotes(trial.network().nodeCount());
        try (LiveNetwork network = TcpNetwork.open(trial.network(), trial.content(), notes)) {
            return trial.play(network, notes);
        }
    }

    /** A hundred files whose names share words. */
    private static List<SharedFile> files() {
        List<String> words =
                List.of("whale", "sea", "moon", "garden", "letter", "king", "winter", "song", "river", "stone");
        return IntStream.range(0, 100)
                .mapToObj(i -> words.get(i % 10) + " " + words.get(i / 10) + " part " + i + ".txt")
                .map(WorldsAgreeTest::file)
                .toList();
    }

    private static SharedFile file(String name) {
        Sha1 sha1 = Sha1.digestOf(name.getBytes(StandardCharsets.UTF_8));
        FoundFile found = new FoundFile(Path.of("/shared", name), 1_000 + name.length(), 0);
        return new SharedFile(found, Bytes.ofUtf8(name), sha1, sha1);
    }
}
