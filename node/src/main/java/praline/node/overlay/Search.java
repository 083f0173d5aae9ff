package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;

/**
 * What the user looks for, and how.
 *
 * @param words the search text; empty when only the hash counts
 * @param sha1 the content looked for, when it is known
 * @param ttl how far the query may travel, 1..255; of an expanding ring, the last ring
 * @param spread how the query travels
 */
public record Search(String words, @Nullable Sha1 sha1, int ttl, Spread spread) {

    private static final int FLAT_TTL = 7;
    private static final int SUPERNODE_TTL = 4;

    /** How far a search reaches by itself when a node of this role asks (spec/praline.md section 3). */
    public static int farthest(Role role) {
        return role == Role.FLAT ? FLAT_TTL : SUPERNODE_TTL;
    }

    /** Looks for a content by its hash alone, as far as a node of this role asks. */
    public static Search forContent(Sha1 sha1, Role role) {
        return new Search("", sha1, farthest(role), Spread.FLOOD);
    }

    /** Ways to ask a flat network. */
    public enum Spread {
        /** One query with the whole TTL. */
        FLOOD,
        /** Rings of TTL 1, 2, 3 … until there is a hit, each with a GUID of its own (spec/experiments.md E2). */
        EXPANDING_RING
    }
}
