package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import praline.node.NodeConfig;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.node.overlay.SearchMode;
import praline.protocol.Endpoint;

/**
 * How the nodes of one cluster are set up, wherever they run. What a plan gives is kept as it is: a flat peer or
 * supernode has the links that the plan says and looks for no others, a leaf keeps up one supernode.
 */
final class NodeSetup {

    private static final String LEAVES_MAX = "limits.overlay.leavesMax";
    private static final String KEPT_FOR_ORPHANS = "limits.hosts.orphanSlotsPercent";
    private static final String NEIGHBOURS_MAX = "limits.overlay.neighboursMax";

    /** That a leaf keeps up when nobody planned any for it. */
    private static final int SUPERNODES_OF_A_LEAF = 3;

    private final ClusterOptions options;
    private final ClusterPlan plan;
    private final ClusterFiles files;

    NodeSetup(ClusterOptions options, ClusterPlan plan, ClusterFiles files) {
        this.options = options;
        this.plan = plan;
        this.files = files;
    }

    /** A given network may have nodes with any number of links, which no profile but this one allows (L5). */
    Profile profile() {
        return options.topology() == null ? Profile.LAB : Profile.EXPERIMENT;
    }

    /**
     * A directory's leaf slots are the network's size (L5), and nobody has fewer slots than the plan gives it links: it
     * gives leaves to all of them.
     */
    ImmutableMap<String, Long> limits() {
        ImmutableMap.Builder<String, Long> limits = ImmutableMap.builder();
        if (!options.areRolesChosen()) {
            limits.put(KEPT_FOR_ORPHANS, 0L);
        }
        if (options.supernodes() == 1) {
            limits.put(LEAVES_MAX, (long) plan.nodes().size());
        }
        if (plan.degreeMax() > OverlayLimits.STANDARD.neighboursMax()) {
            limits.put(NEIGHBOURS_MAX, (long) plan.degreeMax());
        }
        return limits.buildOrThrow();
    }

    SearchMode mode() {
        return options.mode();
    }

    static int linksWanted(PlannedNode node) {
        if (node.policy() == RolePolicy.AUTO) {
            return SUPERNODES_OF_A_LEAF;
        }
        return node.role() == Role.LEAF ? 1 : 0;
    }

    static ImmutableList<Endpoint> seeds(PlannedNode node, int port) {
        return node.seeds().stream()
                .map(seed -> PlannedNode.address(seed, port))
                .collect(ImmutableList.toImmutableList());
    }

    /** Every node has chance of its own. */
    long seedOf(PlannedNode node) {
        return options.seed() * ClusterOptions.NODES_MAX + node.number();
    }

    /** For a node in this JVM. It is told its seeds later, when all nodes listen. */
    NodeConfig configure(PlannedNode node, int port) {
        return NodeConfig.builder(node.role(), node.address(port))
                .policy(node.policy())
                .profile(profile())
                .mode(options.mode())
                .limits(limits())
                .linksWanted(linksWanted(node))
                .shares(ImmutableList.of(files.shareFolder(node.number())))
                .downloads(files.downloadFolder(node.number()))
                .seed(seedOf(node))
                .build();
    }
}
