package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.protocol.gnutella.VendorCall.HopsFlow;

/** What is noted of the behaviour of one link. Most links behave and ask for nothing: they have none of it. */
final class Conduct {

    private static final long[] NO_TEXTS = {};

    /** Messages from too far. */
    int farQueries;

    /** Malformed messages. */
    int defects;

    /** When the last ping of theirs that asks for hosts was answered. */
    long hostsGivenAt = Long.MIN_VALUE / 2;

    /** The other end wants queries only that travelled less than this; {@link HopsFlow#ALL}: all. */
    int hopsFlow = HopsFlow.ALL;

    /** Whether we asked the other end for no queries. */
    boolean isHeldBack;

    /** Whether the other end announced routing tables that we cannot read; of interest until the handshake is done. */
    boolean routesTooNew;

    /** The query routing tables of the two ends. */
    @Nullable
    TableState tables;

    /** Points of misdeeds, which fade, and when the last one was. */
    int points;

    long blamedAt;

    /** Messages since there is something to note, and copies of queries that this link brought before. */
    int messages;

    int duplicates;

    /** Up to when the queries so far have used up what this link may ask, in microseconds. */
    long queriesUsedUntil;

    /** What a leaf asked of late: hashes in the upper halves, times in the lower ones. */
    long[] texts = NO_TEXTS;
}
