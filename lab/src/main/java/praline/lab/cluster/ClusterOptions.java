package praline.lab.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.SearchMode;
import praline.protocol.UserError;

/**
 * What the user asks of a cluster.
 *
 * @param nodes all nodes together, 1 or more; {@link #AS_MANY_AS_IN_THE_TOPOLOGY} for a flat network that is given
 * @param supernodes how many of them lead, 0 or more; 0: a flat network; {@link #AS_THEY_CHOOSE}: the nodes find
 *     leaders among themselves
 * @param topology a list of edges that says who is linked to whom in a flat network, or among the supernodes; null:
 *     drawn
 * @param degree links of a node on the average in a drawn network; even, 2 or more
 * @param seed of everything that is drawn
 * @param mode how supernodes find their leaves' files; a flat network has no choice
 */
public record ClusterOptions(
        int nodes, int supernodes, @Nullable Path topology, int degree, long seed, SearchMode mode) {

    /** No number of nodes was asked for. */
    public static final int AS_MANY_AS_IN_THE_TOPOLOGY = 0;

    /** Nobody says who leads. */
    public static final int AS_THEY_CHOOSE = Integer.MIN_VALUE;

    /** Leaf slots of a supernode (spec/hardening.md C3); a directory, which leads alone, has one for every node. */
    public static final int LEAVES_MAX = 100;

    /** More than file descriptors allow on most machines, and the address scheme has room for them. */
    static final int NODES_MAX = 100_000;

    /** Of a network whose supernodes, if there are any, have an index. */
    public ClusterOptions(int nodes, int supernodes, @Nullable Path topology, int degree, long seed) {
        this(nodes, supernodes, topology, degree, seed, SearchMode.INDEX);
    }

    public boolean isFlat() {
        return supernodes == 0;
    }

    /** Whether the nodes find leaders among themselves. */
    public boolean areRolesChosen() {
        return supernodes == AS_THEY_CHOOSE;
    }

    ClusterOptions withNodes(int count) {
        return new ClusterOptions(count, supernodes, topology, degree, seed, mode);
    }

    /** Throws the line that the user reads when this cannot be a cluster. */
    void check() {
        if (nodes < 1 || nodes > NODES_MAX) {
            throw usage("a cluster has 1 to " + NODES_MAX + " nodes", "--nodes " + nodes);
        }
        if (areRolesChosen() && topology != null) {
            throw usage("nodes that choose their roles choose their neighbours, too", "--topology " + topology);
        }
        if (!areRolesChosen() && (supernodes < 0 || supernodes > nodes)) {
            throw usage("supernodes are counted among the " + nodes + " nodes", "--supernodes " + supernodes);
        }
        if (degree < 2 || degree % 2 != 0) {
            throw usage("the degree is an even number, 2 or more", "--degree " + degree);
        }
        int leaves = nodes - supernodes;
        if (supernodes > 1 && leaves > supernodes * LEAVES_MAX) {
            int enough = (nodes + LEAVES_MAX) / (LEAVES_MAX + 1);
            throw usage(
                    leaves + " leaves do not fit into the " + supernodes * LEAVES_MAX + " slots of " + supernodes
                            + " supernodes; " + enough + " supernodes are enough",
                    "--supernodes " + supernodes);
        }
    }

    private static UserError usage(String what, String where) {
        return new UserError(UserError.Kind.USAGE, what, where);
    }
}
