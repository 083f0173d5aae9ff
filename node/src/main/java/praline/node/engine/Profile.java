package praline.node.engine;

/** How careful a node is with addresses and rates: which world it lives in (spec/hardening.md L5). */
public enum Profile {
    /** Strangers: every rule as written. */
    INTERNET,
    /** Private addresses are normal; rules per address are four times as wide. */
    LAN,
    /** One machine, loopback only: no rules per address or port, rates a hundred times as wide. */
    LAB,
    /** A given network in the laboratory: slots, TTL, rates and result caps are what the scenario says. */
    EXPERIMENT
}
