package praline.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.node.overlay.Role;
import praline.protocol.UserError;

/** Plans are only data, so they are tested by looking at them. */
class ClusterPlanTest {

    @TempDir
    Path folder;

    @Test
    void aPlanIsAFunctionOfItsSeed() {
        ClusterOptions options = drawn(200, 10, 3);
        assertEquals(ClusterPlan.draw(options), ClusterPlan.draw(options));
        assertTrue(!ClusterPlan.draw(options).equals(ClusterPlan.draw(drawn(200, 10, 4))));
    }

    @Test
    void aFlatPlanIsTheGraphThatTheLaboratoryDraws() {
        ClusterPlan plan = ClusterPlan.draw(new ClusterOptions(500, 0, null, 6, 1));
        Graph graph = new Topology.Kout(500, 3).graph(1);
        assertEquals(edges(graph), links(plan));
        assertEquals(graph.degreeMax(), plan.degreeMax());
        assertEquals(500, plan.count(Role.FLAT));
    }

    @Test
    void everyDrawnNetworkIsConnected() {
        for (int seed = 1; seed <= 200; seed++) {
            assertEquals(60, reached(ClusterPlan.draw(new ClusterOptions(60, 0, null, 2, seed))), "seed " + seed);
        }
    }

    @Test
    void aLeafHasOneSupernodeAndOthersToTurnTo() {
        ClusterPlan plan = ClusterPlan.draw(drawn(300, 5, 7));
        assertEquals(5, plan.count(Role.SUPERNODE));
        for (PlannedNode leaf : plan.nodes().subList(5, 300)) {
            assertEquals(Role.LEAF, leaf.role());
            assertEquals(3, Set.copyOf(leaf.seeds()).size(), () -> "of " + leaf);
            assertTrue(leaf.seeds().stream().allMatch(number -> number >= 1 && number <= 5));
        }
    }

    @Test
    void noSupernodeIsGivenMoreLeavesThanItHasSlots() {
        ClusterPlan plan = ClusterPlan.draw(drawn(303, 3, 1));
        var leaves = plan.nodes().stream()
                .filter(node -> node.role() == Role.LEAF)
                .collect(Collectors.groupingBy(leaf -> leaf.seeds().get(0), Collectors.counting()));
        assertEquals(Set.of(100L), Set.copyOf(leaves.values()));
    }

    @Test
    void aDirectoryHasASlotForEverybody() {
        ClusterPlan plan = ClusterPlan.draw(drawn(1_000, 1, 1));
        assertEquals(999, plan.count(Role.LEAF));
        assertEquals(999, plan.linkCount());
    }

    @Test
    void moreLeavesThanSlotsAreRefusedWithTheNumberThatIsEnough() {
        UserError error = assertThrows(UserError.class, () -> ClusterPlan.draw(drawn(404, 3, 1)));
        assertEquals(
                "401 leaves do not fit into the 300 slots of 3 supernodes; 4 supernodes are enough: --supernodes 3",
                error.getMessage());
        assertEquals(2, error.kind().exitCode());
        assertEquals(400, ClusterPlan.draw(drawn(404, 4, 1)).count(Role.LEAF));
    }

    @Test
    void whatIsNoClusterIsAUsageError() {
        for (ClusterOptions wrong : new ClusterOptions[] {
            drawn(0, 0, 1), drawn(5, 6, 1), drawn(5, -1, 1), new ClusterOptions(9, 0, null, 3, 1)
        }) {
            assertEquals(
                    2,
                    assertThrows(UserError.class, () -> ClusterPlan.draw(wrong))
                            .kind()
                            .exitCode());
        }
    }

    @Test
    void oneNodeIsAClusterToo() {
        assertEquals(0, ClusterPlan.draw(drawn(1, 0, 1)).linkCount());
        assertEquals(0, ClusterPlan.draw(drawn(1, 1, 1)).linkCount());
    }

    @Test
    void aGivenTopologyIsTakenAsItIs() throws IOException {
        Path file = file("# a triangle and a pair\n0 1\n1 2\n2 0\n7 9\n");
        ClusterPlan plan =
                ClusterPlan.draw(new ClusterOptions(ClusterOptions.AS_MANY_AS_IN_THE_TOPOLOGY, 0, file, 4, 1));
        assertEquals(5, plan.nodes().size());
        assertEquals(4, plan.linkCount());
        assertEquals(2, plan.degreeMax());
        UserError error = assertThrows(UserError.class, () -> ClusterPlan.draw(new ClusterOptions(6, 0, file, 4, 1)));
        assertEquals("the topology has 5 nodes, not 6: --nodes 6", error.getMessage());
    }

    @Test
    void aTopologyWithGarbageNamesTheLine() throws IOException {
        Path file = file("0 1\n1 2\nhello\u001b[2J 7\n");
        UserError error = assertThrows(UserError.class, () -> ClusterPlan.draw(new ClusterOptions(0, 0, file, 4, 1)));
        assertEquals(5, error.kind().exitCode());
        assertTrue(error.getMessage().contains(file + ", line 3: expected two node numbers"), error.getMessage());
    }

    @Test
    void addressesAreDistinctAndLookLikeHosts() {
        assertEquals("127.1.0.1:6346", PlannedNode.address(1, 6346).toString());
        assertEquals("127.1.0.250:6346", PlannedNode.address(250, 6346).toString());
        assertEquals("127.1.1.1:6346", PlannedNode.address(251, 6346).toString());
        assertEquals("127.2.0.1:6346", PlannedNode.address(64_001, 6346).toString());
        assertEquals("127.2.143.250:6346", PlannedNode.address(100_000, 6346).toString());
    }

    @Test
    void aClusterThatNeedsMoreFilesThanAreAllowedIsRefused() {
        ClusterPlan plan = ClusterPlan.draw(drawn(1_000, 0, 1));
        assertEquals(2 * 1_000 + 2 * 2_000 + 64, FileDescriptors.neededBy(plan));
        FileDescriptors.check(plan, 7_600);
        UserError error = assertThrows(UserError.class, () -> FileDescriptors.check(plan, 7_500));
        assertEquals(
                "this cluster needs 6064 open files in one process, but of the 7500 allowed here only 6000 are for it;"
                        + " ask for fewer nodes, or raise: ulimit -n",
                error.getMessage());
    }

    private static ClusterOptions drawn(int nodes, int supernodes, long seed) {
        return new ClusterOptions(nodes, supernodes, null, 4, seed);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("edges.txt"), text);
    }

    private static Set<String> edges(Graph graph) {
        Set<String> edges = new HashSet<>();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            edges.add((graph.source(edge) + 1) + ">" + (graph.target(edge) + 1));
        }
        return edges;
    }

    private static Set<String> links(ClusterPlan plan) {
        return plan.nodes().stream()
                .flatMap(node -> node.seeds().stream().map(seed -> node.number() + ">" + seed))
                .collect(Collectors.toSet());
    }

    /** How many nodes the first one is connected with, itself counted. */
    @Test
    void nodesThatChooseTheirRolesBeginAsLeavesThatKnowTheFirstFew() {
        ClusterPlan plan = ClusterPlan.draw(new ClusterOptions(50, ClusterOptions.AS_THEY_CHOOSE, null, 4, 1));

        assertEquals(50, plan.count(Role.LEAF));
        assertEquals(List.of(), plan.nodes().get(0).seeds());
        assertEquals(List.of(1, 2, 3), plan.nodes().get(49).seeds());
    }

    private static int reached(ClusterPlan plan) {
        Set<String> links = links(plan);
        Set<Integer> seen = new HashSet<>(Set.of(1));
        Deque<Integer> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            int node = next.poll();
            for (PlannedNode other : plan.nodes()) {
                boolean linked =
                        links.contains(node + ">" + other.number()) || links.contains(other.number() + ">" + node);
                if (linked && seen.add(other.number())) {
                    next.add(other.number());
                }
            }
        }
        return seen.size();
    }
}
