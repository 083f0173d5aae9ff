package praline.node.engine;

/** Which protocol a link is opened for; both ends speak it from the first byte. */
public enum LinkPurpose {
    OVERLAY,
    TRANSFER,
    SWARM,
    /** Only to learn that somebody listens there: nothing is sent (spec/hardening.md I2). */
    PROBE
}
