package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpReceiver;
import praline.protocol.gnutella.QrpTable;

/** What one link has to do with query routing tables; most links have nothing. */
final class TableState {

    static final int NO_COLUMN = -1;

    /** Takes their table; null until they send one. */
    @Nullable
    QrpReceiver receiver;

    /** Where their last complete table stands among those of {@link LinkTables}. */
    int column = NO_COLUMN;

    /** The share of its slots that are present, 0..1. */
    double fill;

    /** In which second queries were passed to a leaf whose table is nearly full, and how many. */
    long second;

    int queriesInSecond;

    /** Our table as they have it when {@link #outgoing} is through; null when they got none. */
    @Nullable
    QrpTable sent;

    /** The sequence that is under way to them. */
    ImmutableList<QrpPatch> outgoing = ImmutableList.of();

    int outgoingNext;

    /** Which state of our table that is; 0: none. */
    int sentVersion;

    /** When the last sequence to them began. */
    long sentAt;

    boolean isSending() {
        return outgoingNext < outgoing.size();
    }
}
