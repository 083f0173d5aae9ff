package praline.node.overlay;

/** What is noted of the behaviour of one link. Most links behave and ask for nothing: they have none of it. */
final class Conduct {

    /** Messages from too far. */
    int farQueries;

    /** Malformed messages. */
    int defects;

    /** When the last ping of theirs that asks for hosts was answered. */
    long hostsGivenAt = Long.MIN_VALUE / 2;
}
