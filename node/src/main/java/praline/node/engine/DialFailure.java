package praline.node.engine;

/** Why a dial led to no link. */
public enum DialFailure {
    REFUSED,
    TIMED_OUT,
    UNREACHABLE,
    /** The profile forbids the address (spec/hardening.md L5, C11). */
    FORBIDDEN,
    /** Too many dials are under way (C4). */
    OVER_LIMIT
}
