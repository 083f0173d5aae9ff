package praline.node.overlay;

/** What a node is in its network (ARCHITECTURE.md). */
public enum Role {
    /** An ordinary peer of a flat network: it floods by the rules of 0.4. */
    FLAT,
    /** Has joined one or more supernodes and lets them search for it. */
    LEAF,
    /** Holds the index of its leaves and talks to other supernodes. */
    SUPERNODE
}
