package praline.node.overlay;

/** What a neighbour may do wrong, and how much that weighs (spec/hardening.md C14). */
enum Misdeed {
    /** A message that is none. */
    MALFORMED(10, Context.BYE_BAD_MESSAGES, "Too many malformed messages"),
    /** A hit that is none; a relay that looks less closely than we do may pass one on in good faith (W7). */
    MALFORMED_HIT(1, Context.BYE_BAD_MESSAGES, "Too many malformed hits"),
    /** A message that its sender has no business to send here. */
    UNEXPECTED(5, Context.BYE_SECURITY, "Too many unexpected messages"),
    /** A hit for a query that was never sent there. */
    OFF_PATH_HIT(2, Context.BYE_SECURITY, "Too many hits for queries that were not asked"),
    /** A query that the same link brought before. */
    DUPLICATE(1, Context.BYE_DUPLICATES, "Too many duplicates");

    final int points;
    final int byeCode;
    final String reason;

    Misdeed(int points, int byeCode, String reason) {
        this.points = points;
        this.byeCode = byeCode;
        this.reason = reason;
    }
}
