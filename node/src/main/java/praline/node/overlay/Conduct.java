package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.protocol.gnutella.VendorCall.HopsFlow;

/** What is noted of the behaviour of one link. Most links behave and ask for nothing: they have none of it. */
final class Conduct {

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
}
