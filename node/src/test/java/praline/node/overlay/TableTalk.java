package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpPatches;
import praline.protocol.gnutella.QrpReceiver;
import praline.protocol.gnutella.QrpReset;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.QrpWords;

/** The other end of a link that exchanges query routing tables with an engine on a {@link Stage}. */
final class TableTalk {

    /** A supernode that routes the last hop by tables. */
    static final Headers ROUTES_LAST_HOP = Headers.builder()
            .add("X-Query-Routing", "0.2")
            .add("X-Ultrapeer-Query-Routing", "0.1")
            .build();

    /** Any SHA-1 but an alphabet in order. */
    static final Sha1 CONTENT = new Sha1(0x1234_5678_9ABC_DEF1L, 0x0F1E_2D3C_4B5A_6978L, 0x7777_1111);

    private final Stage stage;
    private final HandLink link;
    private final QrpReceiver receiver = new QrpReceiver(WireLimits.STANDARD.qrp(), 0);

    /** Their view of the engine's table; null until it is complete for the first time. */
    @Nullable
    QrpTable received;

    TableTalk(Stage stage, HandLink link) {
        this.stage = stage;
        this.link = link;
    }

    /** A table of these names and one content. */
    static QrpTable table(String... names) {
        QrpTable.Builder table = QrpTable.builder(QrpTable.OUR_BITS);
        for (String name : names) {
            QrpWords.hashesOf(name, CONTENT, table::addHash);
        }
        return table.build();
    }

    static ImmutableList<IndexRecord.Add> files(String... names) {
        ImmutableList.Builder<IndexRecord.Add> files = ImmutableList.builder();
        for (String name : names) {
            files.add(new IndexRecord.Add(1 + name.length(), 100, CONTENT, CONTENT, false, Bytes.ofUtf8(name)));
        }
        return files.build();
    }

    /** Sends the engine a table of files with these names. */
    void send(String... names) {
        send(QrpTable.empty(QrpTable.OUR_BITS), table(names));
    }

    void send(QrpTable before, QrpTable after) {
        if (before.count() == 0) {
            stage.engine.onMessage(link, QrpPatches.reset(Guid.ZERO, after.bits()));
        }
        QrpPatches.between(before, after, Guid.ZERO).forEach(patch -> stage.engine.onMessage(link, patch));
    }

    /** Takes in what the engine sent of its table; says how many messages that were. */
    int receive() {
        List<OverlayFrame> tables = link.sent.stream()
                .filter(frame -> frame instanceof QrpReset || frame instanceof QrpPatch)
                .toList();
        link.sent.removeAll(tables);
        for (OverlayFrame frame : tables) {
            take((Message) frame);
        }
        return tables.size();
    }

    /** Takes in one message of the engine's table. */
    void take(Message message) {
        QrpTable known = received == null ? QrpTable.empty(QrpTable.OUR_BITS) : received;
        QrpReceiver.Outcome outcome = message instanceof QrpReset reset
                ? receiver.onReset(reset, stage.host.now)
                : receiver.onPatch((QrpPatch) message, () -> known, stage.host.now);
        if (outcome instanceof QrpReceiver.Outcome.Complete complete) {
            received = complete.table();
        } else if (outcome instanceof QrpReceiver.Outcome.Violation violation) {
            throw new AssertionError(violation.reason());
        }
    }
}
