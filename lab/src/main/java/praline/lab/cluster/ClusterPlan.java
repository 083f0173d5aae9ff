package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.protocol.SplitMix64;
import praline.protocol.UserError;

/**
 * Who is who in a cluster: roles, and who dials whom. Flat peers, or supernodes among themselves, are linked as the
 * given topology says, or as the laboratory would draw it from the same seed. Each leaf is given one supernode, and
 * others to turn to when that one dies.
 *
 * @param nodes by number; supernodes first
 * @param linkCount links that open when the cluster starts
 * @param degreeMax most links that a flat peer, or a supernode to its like, has then
 */
public record ClusterPlan(ImmutableList<PlannedNode> nodes, int linkCount, int degreeMax) {

    /** Supernodes that a leaf knows besides its own. */
    private static final int SPARE_SUPERNODES = 2;

    /** Nodes that all others know when nobody says who leads. */
    private static final int KNOWN_TO_ALL = 3;

    /** The stream of chance for what goes where (spec/experiments.md section 0). */
    private static final int PLACEMENT_STREAM = 2;

    /** Draws the plan of {@code asked}. Throws {@link UserError} for what cannot be. */
    public static ClusterPlan draw(ClusterOptions asked) {
        if (asked.areRolesChosen()) {
            asked.check();
            return chosenByNodes(asked.nodes());
        }
        if (asked.topology() == null) {
            asked.check();
            int size = asked.isFlat() ? asked.nodes() : asked.supernodes();
            return of(asked, Network.drawn(size, asked.degree(), asked.seed()));
        }
        Network given = Network.read(asked.topology());
        boolean isSized = asked.isFlat() && asked.nodes() == ClusterOptions.AS_MANY_AS_IN_THE_TOPOLOGY;
        ClusterOptions options = isSized ? asked.withNodes(given.size()) : asked;
        options.check();
        int size = options.isFlat() ? options.nodes() : options.supernodes();
        if (size != given.size()) {
            throw new UserError(
                    UserError.Kind.USAGE,
                    "the topology has " + given.size() + " nodes, not " + size,
                    (options.isFlat() ? "--nodes " : "--supernodes ") + size);
        }
        return of(options, given);
    }

    public int count(Role role) {
        return (int) nodes.stream().filter(node -> node.role() == role).count();
    }

    /** All begin as leaves and know the first few; each will have about as many links as a leaf wants. */
    private static ClusterPlan chosenByNodes(int count) {
        ImmutableList<PlannedNode> nodes = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new PlannedNode(number, Role.LEAF, RolePolicy.AUTO, firstBut(number)))
                .collect(ImmutableList.toImmutableList());
        return new ClusterPlan(nodes, count * (1 + SPARE_SUPERNODES), 0);
    }

    private static ImmutableList<Integer> firstBut(int number) {
        return IntStream.rangeClosed(1, KNOWN_TO_ALL)
                .filter(known -> known < number)
                .boxed()
                .collect(ImmutableList.toImmutableList());
    }

    private static ClusterPlan of(ClusterOptions options, Network core) {
        Role role = options.isFlat() ? Role.FLAT : Role.SUPERNODE;
        ImmutableList.Builder<PlannedNode> nodes = ImmutableList.builder();
        for (int number = 1; number <= core.size(); number++) {
            nodes.add(new PlannedNode(number, role, core.dialledBy().get(number)));
        }
        int[] leaders = leadersOf(options, options.nodes() - core.size());
        for (int leaf = 0; leaf < leaders.length; leaf++) {
            nodes.add(new PlannedNode(
                    core.size() + leaf + 1, Role.LEAF, supernodesFor(leaf, leaders[leaf], options.supernodes())));
        }
        return new ClusterPlan(nodes.build(), core.linkCount() + leaders.length, core.degreeMax());
    }

    /**
     * For each leaf the number of its supernode, as twotier of spec/experiments.md section 0 draws it; drawn again when
     * that one's slots are taken.
     */
    private static int[] leadersOf(ClusterOptions options, int leafCount) {
        SplitMix64 random = SplitMix64.stream(options.seed(), PLACEMENT_STREAM);
        int slots = options.supernodes() == 1 ? leafCount : ClusterOptions.LEAVES_MAX;
        int[] taken = new int[options.supernodes()];
        return IntStream.range(0, leafCount)
                .map(leaf -> {
                    int leader = random.below(taken.length);
                    while (taken[leader] == slots) {
                        leader = random.below(taken.length);
                    }
                    taken[leader]++;
                    return leader + 1;
                })
                .toArray();
    }

    /** The leaf's own supernode first; the spares differ from leaf to leaf, so that a dead one's leaves spread. */
    private static ImmutableList<Integer> supernodesFor(int leaf, int leader, int supernodes) {
        ImmutableList.Builder<Integer> numbers = ImmutableList.builder();
        numbers.add(leader);
        int spares = Math.min(SPARE_SUPERNODES, supernodes - 1);
        for (int spare = 0; spare < spares; spare++) {
            int step = 1 + (leaf + spare) % (supernodes - 1);
            numbers.add((leader - 1 + step) % supernodes + 1);
        }
        return numbers.build();
    }
}
