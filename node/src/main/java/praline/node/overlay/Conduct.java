package praline.node.overlay;

import org.jspecify.annotations.Nullable;

/** What is noted of the behaviour of one link. Most links behave and ask for nothing: they have none of it. */
final class Conduct {

    /** Queries of any number of hops are wanted. */
    static final int ALL_HOPS = 255;

    /** Messages from too far. */
    int farQueries;

    /** Malformed messages. */
    int defects;

    /** When the last ping of theirs that asks for hosts was answered. */
    long hostsGivenAt = Long.MIN_VALUE / 2;

    /** Only queries with fewer hops than this are wanted. */
    int hopsFlow = ALL_HOPS;

    /** The query routing tables of the two ends. */
    @Nullable
    TableState tables;
}
