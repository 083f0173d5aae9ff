package praline.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.testing.Seeds;

/** Holds the generators to the golden digests and counts of spec/experiments.md sections 0 and 1. */
class TopologyTest {

    @Test
    void koutIsDrawnAsTheSpecificationSays() {
        assertThat(new Topology.Kout(10_000, 2).graph(1).sha256()).startsWith("067aaad9546d08ba");
        assertThat(new Topology.Kout(10_000, 3).graph(1).sha256()).startsWith("7b5956627952ead1");
        assertThat(new Topology.Kout(10_000, 15).graph(1).sha256()).startsWith("bc2c01e90d2711cd");
    }

    @Test
    void gnmIsDrawnAsTheSpecificationSays() {
        assertThat(new Topology.Gnm(10_000, 20_000).graph(1).sha256()).startsWith("aa9d231baa8bc219");
        assertThat(new Topology.Gnm(10_000, 50_000).graph(1).sha256()).startsWith("02fbb4d604bfba1e");
    }

    @Test
    void largestComponentsHaveThePublishedSizes() {
        assertShape(new Topology.Gnm(10_000, 20_000).graph(1).largestComponent(), 9_795, 19_996, 12);
        assertShape(new Topology.Plrg(10_000, 1_746, 0.8).graph(1).largestComponent(), 9_262, 19_530, 1_113);
        assertShape(new Topology.Grid(100, 100).graph(1).largestComponent(), 10_000, 19_800, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "04,10876,39994,10876",
        "05,8846,31839,8842",
        "06,8717,31525,8717",
        "08,6301,20777,6299",
        "09,8114,26013,8104",
        "24,26518,65369,26498",
        "25,22687,54705,22663",
        "30,36682,88328,36646",
        "31,62586,147892,62561"
    })
    void crawlsAreWholeAndHaveTheirPublishedCounts(String day, int nodes, int edges, int component) throws Exception {
        Graph graph = EdgeListFile.read(Crawls.file(day));

        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(graph.largestComponent().nodeCount()).isEqualTo(component);
    }

    @Test
    void neighboursStandInTheOrderOfTheirEdges() {
        GraphBuilder builder = new GraphBuilder(4);
        builder.add(2, 3);
        builder.add(0, 2);
        builder.add(2, 1);

        Graph graph = builder.build();

        assertThat(graph.degree(2)).isEqualTo(3);
        assertThat(graph.neighbour(2, 0)).isEqualTo(3);
        assertThat(graph.neighbour(2, 1)).isZero();
        assertThat(graph.neighbour(2, 2)).isEqualTo(1);
    }

    @Test
    void everyLeafHasItsParentsAmongTheUltrapeers() {
        Topology.TwoTier topology = new Topology.TwoTier(1_000, 3, 10_000, 3);

        Graph graph = topology.graph(1);

        assertThat(graph.edgeCount()).isEqualTo(1_000 * 3 + 10_000 * 3);
        for (int leaf = 1_000; leaf < graph.nodeCount(); leaf++) {
            assertThat(graph.degree(leaf)).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(graph.neighbour(leaf, i)).isLessThan(1_000);
            }
        }
    }

    @Test
    void everyNodeOfAStarNamesItsCentre() {
        Graph graph = new Topology.Star(5).graph(1);

        assertShape(graph, 5, 4, 4);
        assertThat(graph.degree(0)).isEqualTo(4);
        assertThat(graph.source(3)).isEqualTo(4);
        assertThat(graph.target(3)).isZero();
    }

    @Test
    void noGeneratorMakesLoopsOrRepeatedEdges() {
        Seeds.check(200, random -> {
            int nodes = random.nextInt(3, 60);
            int links = random.nextInt(1, nodes);
            Graph graph = new Topology.Kout(nodes, links).graph(random.nextLong());
            boolean[][] seen = new boolean[nodes][nodes];
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                int low = Math.min(graph.source(edge), graph.target(edge));
                int high = Math.max(graph.source(edge), graph.target(edge));
                assertThat(low).isLessThan(high);
                assertThat(seen[low][high]).isFalse();
                seen[low][high] = true;
            }
        });
    }

    @Test
    void theLargestComponentKeepsTheOrderOfItsNodes() {
        GraphBuilder builder = new GraphBuilder(6);
        builder.add(5, 3);
        builder.add(0, 1);
        builder.add(4, 5);

        Graph component = builder.build().largestComponent();

        assertShape(component, 3, 2, 2);
        assertThat(component.source(0)).isEqualTo(2);
        assertThat(component.target(0)).isZero();
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> new Topology.Kout(3, 3)).hasMessageContaining("3 nodes are too few");
        assertThatThrownBy(() -> new Topology.Gnm(4, 6)).hasMessageContaining("6 edges are too many");
        assertThatThrownBy(() -> new Topology.TwoTier(2, 1, 5, 3)).hasMessageContaining("3 parents, but 2");
    }

    private static void assertShape(Graph graph, int nodes, int edges, int degreeMax) {
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(graph.degreeMax()).isEqualTo(degreeMax);
    }
}
