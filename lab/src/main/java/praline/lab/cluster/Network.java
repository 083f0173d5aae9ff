package praline.lab.cluster;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import praline.lab.topology.EdgeListFile;
import praline.lab.topology.Graph;
import praline.lab.topology.GraphFileException;
import praline.lab.topology.Topology;
import praline.protocol.UserError;

/** Links among nodes 1 to {@code size}; the node that a link belongs to is the one that dials. */
record Network(int size, ImmutableListMultimap<Integer, Integer> dialledBy) {

    /**
     * The graph kout(size, degree / 2) of spec/experiments.md section 0. Should it fall into parts, one link more joins
     * each of them to the first.
     */
    static Network drawn(int size, int degree, long seed) {
        int links = Math.min(degree / 2, size - 1);
        if (links == 0) {
            return new Network(size, ImmutableListMultimap.of());
        }
        Graph graph = new Topology.Kout(size, links).graph(seed);
        ListMultimap<Integer, Integer> dials = dialsOf(graph);
        int[] parts = partsOf(graph);
        for (int node = 1; node < size; node++) {
            if (parts[node] == node) {
                dials.put(node + 1, 1);
            }
        }
        return new Network(size, ImmutableListMultimap.copyOf(dials));
    }

    /** What the file says, as it says it. */
    static Network read(Path file) {
        try {
            Graph graph = EdgeListFile.read(file);
            return new Network(graph.nodeCount(), ImmutableListMultimap.copyOf(dialsOf(graph)));
        } catch (GraphFileException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT, "the topology cannot be used", String.valueOf(e.getMessage()));
        }
    }

    int linkCount() {
        return dialledBy.size();
    }

    int degreeMax() {
        int[] degrees = new int[size + 1];
        dialledBy.forEach((source, target) -> {
            degrees[source]++;
            degrees[target]++;
        });
        return Arrays.stream(degrees).max().orElse(0);
    }

    private static ListMultimap<Integer, Integer> dialsOf(Graph graph) {
        ListMultimap<Integer, Integer> dials =
                MultimapBuilder.linkedHashKeys().arrayListValues().build();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            dials.put(graph.source(edge) + 1, graph.target(edge) + 1);
        }
        return dials;
    }

    /** For each node, from 0, the lowest node that it is connected with. */
    private static int[] partsOf(Graph graph) {
        int[] part = new int[graph.nodeCount()];
        Arrays.setAll(part, node -> node);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                int lower = Math.min(part[graph.source(edge)], part[graph.target(edge)]);
                changed |= part[graph.source(edge)] != lower || part[graph.target(edge)] != lower;
                part[graph.source(edge)] = lower;
                part[graph.target(edge)] = lower;
            }
        }
        return part;
    }
}
