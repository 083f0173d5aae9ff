package praline.lab.experiment;

import java.util.Optional;
import praline.lab.topology.Topology;
import praline.node.overlay.Role;
import praline.node.overlay.SearchMode;

/**
 * A way to search that the comparison knows: who links to whom, what each node is, and how leaders find their leaves'
 * files. Node 0 is where a way is weakest, if it is weak anywhere; it is the one that gets killed. One more way to
 * search is one more constant here.
 */
public enum Way {
    /** Every node is equal and floods to all its neighbours. */
    FLAT("flat", "Flat flooding", "by flooding", "every node passes each question on to all its neighbours") {
        @Override
        Topology topology(CompareOptions options) {
            return new Topology.Kout(options.nodes(), CompareOptions.LINKS);
        }

        @Override
        Role role(CompareOptions options, int node) {
            return Role.FLAT;
        }
    },
    /** Few nodes lead: they hold the index of their leaves and flood among themselves. */
    SUPERNODES(
            "supernodes",
            "Supernodes",
            "with supernodes",
            "a few leaders hold the index of their leaves and ask only each other") {
        @Override
        Topology topology(CompareOptions options) {
            return twoTier(options);
        }

        @Override
        Role role(CompareOptions options, int node) {
            return node < options.supernodes() ? Role.SUPERNODE : Role.LEAF;
        }

        @Override
        public Optional<SearchMode> mode() {
            return Optional.of(SearchMode.INDEX);
        }
    },
    /** The same few nodes lead, but know words instead of files, and ask each other one by one. */
    QUERY_ROUTING(
            "qrp",
            "Supernodes, query routing",
            "with query routing",
            "the same leaders have only tables of words, pass a question down to the leaves that may answer it, and ask"
                    + " each other one by one until there are enough results") {
        @Override
        Topology topology(CompareOptions options) {
            return twoTier(options);
        }

        @Override
        Role role(CompareOptions options, int node) {
            return SUPERNODES.role(options, node);
        }

        @Override
        public Optional<SearchMode> mode() {
            return Optional.of(SearchMode.QUERY_ROUTING);
        }
    },
    /** One node knows everything: a supernode without neighbours that everybody is a leaf of. */
    DIRECTORY("directory", "One directory", "with one directory", "one leader holds the index of everybody") {
        @Override
        Topology topology(CompareOptions options) {
            return new Topology.Star(options.nodes());
        }

        @Override
        Role role(CompareOptions options, int node) {
            return node == 0 ? Role.SUPERNODE : Role.LEAF;
        }
    };

    private final String id;
    private final String label;
    private final String manner;
    private final String rule;

    Way(String id, String label, String manner, String rule) {
        this.id = id;
        this.label = label;
        this.manner = manner;
        this.rule = rule;
    }

    /** How result files name it. */
    public String id() {
        return id;
    }

    /** How people read it. */
    public String label() {
        return label;
    }

    /** How something was done this way, as the end of a sentence. */
    public String manner() {
        return manner;
    }

    /** How it searches, in half a sentence. */
    public String rule() {
        return rule;
    }

    /** How leaders find their leaves' files, of the ways that differ in it; empty: users have no choice. */
    public Optional<SearchMode> mode() {
        return Optional.empty();
    }

    abstract Topology topology(CompareOptions options);

    abstract Role role(CompareOptions options, int node);

    /** The network in which {@code options} are searched this way; a pure function. */
    NetworkPlan plan(CompareOptions options) {
        NetworkPlan plan = NetworkPlan.of(topology(options), options.seed(), node -> role(options, node));
        return this == QUERY_ROUTING ? plan.routingQueries(options.world().querying()) : plan;
    }

    private static Topology twoTier(CompareOptions options) {
        int leaders = options.supernodes();
        int links = Math.min(CompareOptions.SUPERNODE_LINKS, leaders - 1);
        return new Topology.TwoTier(leaders, links, options.nodes() - leaders, 1);
    }
}
