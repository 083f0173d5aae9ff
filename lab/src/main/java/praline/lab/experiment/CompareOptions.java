package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.SearchMode;
import praline.protocol.UserError;

/**
 * What the user of the comparison chooses.
 *
 * @param nodes in each of the networks
 * @param supernodes of them that lead, in the networks that have leaders
 * @param modes in which leaders find their leaves' files: a network for each
 * @param queries in each phase: as many again while a leader is killed
 * @param seed of every decision that chance makes
 * @param world where it runs
 * @param share a folder of files to spread over the nodes; null: the corpus that comes with the program
 * @param allowedLimits keys of the limits that may act without making the comparison fail (spec/hardening.md L4)
 */
public record CompareOptions(
        int nodes,
        int supernodes,
        ImmutableSet<SearchMode> modes,
        int queries,
        long seed,
        World world,
        @Nullable Path share,
        ImmutableSet<String> allowedLimits) {

    /** What {@code praline compare} does when nothing is said. */
    public static final CompareOptions DEFAULT = new CompareOptions(
            60, 6, ImmutableSet.copyOf(SearchMode.values()), 200, 1, World.TCP, null, ImmutableSet.of());

    /** Links that each node of the flat network draws: a mean degree of 4. */
    static final int LINKS = 2;

    /** Links that each supernode draws to others. */
    static final int SUPERNODE_LINKS = 3;

    /** How far a query may travel. */
    public static final int TTL = 7;

    private static final int NODES_MAX = 1_000_000;
    /** Batches of the confidence intervals hold two queries at least. */
    private static final int QUERIES_MIN = 2 * Estimate.BATCHES;

    private static final int QUERIES_MAX = 100_000;

    /**
     * Checks that there is such a comparison.
     *
     * @throws UserError if there is none
     */
    public CompareOptions {
        require(supernodes >= 2, "there must be 2 supernodes at least, so that one can die", "--supernodes");
        require(!modes.isEmpty(), "leaders find files in one way at least", "--mode");
        require(nodes <= NODES_MAX, "there may be " + NODES_MAX + " nodes at most", "--nodes");
        require(nodes >= supernodes + 2, "there must be 2 nodes at least that lead nobody", "--nodes");
        require(queries >= QUERIES_MIN, "there must be " + QUERIES_MIN + " queries at least", "--queries");
        require(queries <= QUERIES_MAX, "there may be " + QUERIES_MAX + " queries at most", "--queries");
    }

    public CompareOptions withWorld(World other) {
        return new CompareOptions(nodes, supernodes, modes, queries, seed, other, share, allowedLimits);
    }

    public CompareOptions withSize(int newNodes, int newSupernodes, int newQueries) {
        return new CompareOptions(newNodes, newSupernodes, modes, newQueries, seed, world, share, allowedLimits);
    }

    public CompareOptions withSeed(long other) {
        return new CompareOptions(nodes, supernodes, modes, queries, other, world, share, allowedLimits);
    }

    public CompareOptions withModes(ImmutableSet<SearchMode> others) {
        return new CompareOptions(nodes, supernodes, others, queries, seed, world, share, allowedLimits);
    }

    /** The ways that are compared, in their order. */
    ImmutableList<Way> ways() {
        return Arrays.stream(Way.values())
                .filter(way -> way.mode().map(modes::contains).orElse(true))
                .collect(ImmutableList.toImmutableList());
    }

    /** The command that does the same again. */
    public String command() {
        StringBuilder command = new StringBuilder("praline compare");
        command.append(" --nodes ").append(nodes).append(" --supernodes ").append(supernodes);
        if (!modes.equals(DEFAULT.modes)) {
            command.append(" --mode ");
            command.append(modes.stream().map(SearchMode::id).collect(Collectors.joining(",")));
        }
        command.append(" --queries ").append(queries).append(" --seed ").append(seed);
        command.append(" --on ").append(world.id());
        if (share != null) {
            command.append(" --share ").append(quoted(share.toString()));
        }
        return command.toString();
    }

    private static String quoted(String path) {
        return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static void require(boolean condition, String what, String where) {
        if (!condition) {
            throw new UserError(UserError.Kind.USAGE, what, where);
        }
    }
}
