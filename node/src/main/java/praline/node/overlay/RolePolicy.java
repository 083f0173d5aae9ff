package praline.node.overlay;

/** Whether a node of a two-tier network stays what it was started as (ARCHITECTURE.md). */
public enum RolePolicy {
    /** It stays. */
    FIXED,
    /** It leads when leaders are missing and it is able, and steps back when it is not needed. */
    AUTO
}
