package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Crawls;
import praline.lab.topology.EdgeListFile;
import praline.lab.topology.Graph;
import praline.lab.topology.GraphFileException;
import praline.lab.topology.Topology;

/**
 * The golden tables of spec/experiments.md E1 and E4, run by the node's engine in virtual time: seed 1, 200 origins,
 * tolerance 0. Graphs run beside each other, each simulation on one thread.
 */
@Execution(ExecutionMode.CONCURRENT)
class GoldenFloodTest {

    private static final int ORIGINS = 200;
    private static final SimulationConfig CONFIG = SimulationConfig.synchronous(1);

    @ParameterizedTest(name = "{0}, TTL {1}")
    @CsvFileSource(resources = "golden-floods.csv", delimiter = ';', numLinesToSkip = 1)
    void floodsAreThoseOfTheGoldenTable(String graph, int ttl, long messages, long reached) throws Exception {
        assertThat(FloodProfile.measure(CONFIG, graph(graph), ttl, ORIGINS))
                .isEqualTo(new FloodProfile(messages, reached));
    }

    @Tag("nightly")
    @ParameterizedTest(name = "{0}, TTL {1}")
    @CsvFileSource(resources = "golden-floods-nightly.csv", delimiter = ';', numLinesToSkip = 1)
    void longFloodsAreThoseOfTheGoldenTable(String graph, int ttl, long messages, long reached) throws Exception {
        assertThat(FloodProfile.measure(CONFIG, graph(graph), ttl, ORIGINS))
                .isEqualTo(new FloodProfile(messages, reached));
    }

    @ParameterizedTest(name = "{0} links of a supernode drawn, TTL {1}")
    @CsvSource({
        "15, 1,     200,    200,    6324",
        "15, 2,    6184,   6184,  179982",
        "15, 3,  182301, 120754, 1871006",
        "15, 4, 3536219, 200000, 2000000",
        "15, 5, 5800400, 200000, 2000000",
        " 3, 1,     200,    200,    6324",
        " 3, 2,    1385,   1385,   41576",
        " 3, 3,    7824,   7687,  221249",
        " 3, 4,   42301,  38319,  931063",
        " 3, 5,  207526, 131842, 1900529"
    })
    void leavesReachAmongSupernodesWhatTheGoldenTableSays(
            int links, int ttl, long messages, long supernodes, long leaves) {
        Topology.TwoTier topology = new Topology.TwoTier(1_000, links, 10_000, 3);

        assertThat(TwoTierReach.measure(CONFIG, topology, ttl, ORIGINS))
                .isEqualTo(new TwoTierReach(messages, supernodes, leaves));
    }

    /** The graph of a table's column; of crawls, and of what may fall apart, the largest component. */
    private static Graph graph(String name) throws GraphFileException {
        List<String> words = Splitter.on(' ').splitToList(name);
        if (words.get(0).equals("crawl")) {
            return EdgeListFile.read(Crawls.file(words.get(1))).largestComponent();
        }
        int first = Integer.parseInt(words.get(1));
        int second = Integer.parseInt(words.get(2));
        Topology topology = switch (words.get(0)) {
            case "kout" -> new Topology.Kout(first, second);
            case "gnm" -> new Topology.Gnm(first, second);
            case "plrg" -> new Topology.Plrg(first, second, 0.8);
            case "grid" -> new Topology.Grid(first, second);
            default -> throw new IllegalArgumentException("no such graph: " + name);
        };
        return topology.graph(1).largestComponent();
    }
}
