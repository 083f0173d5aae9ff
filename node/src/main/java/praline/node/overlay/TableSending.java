package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters.Cause;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpPatches;
import praline.protocol.gnutella.QrpTable;

/**
 * Sends this node's table to those who route by it: a RESET and all of it first, then what changed, at most once a
 * minute, and each sequence only when the one before has gone out (spec/gnutella.md 9.3).
 */
final class TableSending {

    /** Messages that go out at once, and the pause after them: as many a second as gtk-gnutella sends. */
    private static final int MESSAGES_AT_ONCE = 4;

    private static final long PACE_MILLIS = 250;

    /** Queries and hits come first: a link with less room than this waits. */
    private static final int ROOM_NEEDED = 32 * 1024;

    private static final long STEP_MILLIS = 1;

    private final Context context;
    private final OwnTable own;

    /** Counts the changes of what the table says. */
    private int version = 1;

    private int tableVersion;
    private QrpTable table = OwnTable.EMPTY;

    /** The last sequence that was made, for neighbours have the same before as a rule. */
    private @Nullable QrpTable madeFrom;

    private @Nullable QrpTable madeTo;
    private ImmutableList<QrpPatch> made = ImmutableList.of();

    TableSending(Context context) {
        this.context = context;
        this.own = new OwnTable(context.files, this::changed);
    }

    /** What the table says of the index and of the files. */
    OwnTable own() {
        return own;
    }

    /** The table may say something else from here on. */
    void changed() {
        version++;
        context.timers.setAtMost(OverlayTimer.TABLES, context.host.now());
    }

    /**
     * Sends what is due, and says when there is more to send.
     *
     * @param leaves whose tables are a part of ours; null if there are none
     */
    long send(long now, @Nullable LeafTables leaves) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState link = context.links.neighbour(i);
            if (isWanted(context.config, link.peer())) {
                next = Math.min(next, send(link, now, leaves));
            }
        }
        madeFrom = null;
        madeTo = null;
        made = ImmutableList.of();
        return next;
    }

    /**
     * Whether the other end routes by our table. A leaf's goes to supernodes to which it does not publish its files; a
     * supernode's to supernodes that route the last hop by it. In a network that the laboratory gives, the mode decides
     * where nothing is said of the other end.
     */
    static boolean isWanted(OverlayConfig config, PeerFacts peer) {
        if (peer.role() != Role.SUPERNODE || config.role() == Role.FLAT) {
            return false;
        }
        Abilities abilities = peer.abilities();
        if (!config.maintained() && abilities.equals(Abilities.NONE)) {
            return config.mode() == SearchMode.QUERY_ROUTING;
        }
        boolean isPublishedTo = config.publishes() && peer.takesIndex();
        return config.role() == Role.LEAF ? abilities.routesQueries() && !isPublishedTo : abilities.routesLastHop();
    }

    private long send(LinkState link, long now, @Nullable LeafTables leaves) {
        TableState state = link.tableState();
        if (state.isSending()) {
            return pump(link, state, now);
        }
        if (state.sentVersion == version) {
            return Long.MAX_VALUE;
        }
        long due = dueAt(state);
        if (due > now) {
            return due;
        }
        if (!own.readFiles()) {
            return now + STEP_MILLIS;
        }
        begin(link, state, current(leaves), now);
        return pump(link, state, now);
    }

    /** A table that said nothing, as that of a node whose files are just being read, is replaced at once. */
    private long dueAt(TableState state) {
        boolean isFirst = state.sent == null || state.sent.count() == 0;
        return isFirst ? Long.MIN_VALUE : state.sentAt + context.config.limits().tablePauseMillis();
    }

    private void begin(LinkState link, TableState state, QrpTable current, long now) {
        state.sentVersion = version;
        QrpTable before = state.sent;
        if (before == null) {
            before = OwnTable.EMPTY;
            context.outbox.sendControl(
                    link, QrpPatches.reset(context.freshGuid(), QrpTable.OUR_BITS), Cause.ROUTING_TABLE);
        } else if (before.equals(current)) {
            return;
        }
        state.outgoing = between(before, current);
        state.outgoingNext = 0;
        state.sent = current;
        state.sentAt = now;
    }

    private long pump(LinkState link, TableState state, long now) {
        for (int i = 0; i < MESSAGES_AT_ONCE && state.isSending(); i++) {
            if (link.link.room() < ROOM_NEEDED) {
                return now + PACE_MILLIS;
            }
            QrpPatch patch = state.outgoing.get(state.outgoingNext++);
            context.outbox.sendControl(link, patch, Cause.ROUTING_TABLE);
        }
        if (state.isSending()) {
            return now + PACE_MILLIS;
        }
        state.outgoing = ImmutableList.of();
        state.outgoingNext = 0;
        return state.sentVersion == version ? Long.MAX_VALUE : Math.max(now + STEP_MILLIS, dueAt(state));
    }

    private QrpTable current(@Nullable LeafTables leaves) {
        if (tableVersion != version) {
            tableVersion = version;
            QrpTable next = own.with(leaves);
            table = next.equals(table) ? table : next;
        }
        return table;
    }

    private ImmutableList<QrpPatch> between(QrpTable before, QrpTable after) {
        if (!Objects.equals(madeFrom, before) || !Objects.equals(madeTo, after)) {
            madeFrom = before;
            madeTo = after;
            made = QrpPatches.between(before, after, context.freshGuid());
        }
        return made;
    }
}
