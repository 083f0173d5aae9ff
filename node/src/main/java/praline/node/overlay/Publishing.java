package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;

/** The leaf's side of index publication: one {@link Publication} per supernode that takes them, sent at its pace. */
final class Publishing {

    /** Wait for a link that is full. */
    private static final long FULL_PAUSE_MILLIS = 50;

    private final Context context;
    private final SharedFiles files;
    /** Each publication begins with a higher one (spec/praline.md section 2). */
    private long lastEpoch;

    Publishing(Context context, SharedFiles files) {
        this.context = context;
        this.files = files;
    }

    void onJoined(LinkState supernode) {
        Publication publication = new Publication(files, lastEpoch, context.host.now());
        lastEpoch = publication.epoch();
        supernode.publication = publication;
        pump(supernode);
    }

    void filesChanged(ImmutableList<? extends IndexRecord> changes) {
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState supernode = context.links.neighbour(i);
            if (supernode.publication != null) {
                supernode.publication.changed(changes);
                pump(supernode);
            }
        }
    }

    void onStatus(LinkState supernode, IndexStatus status) {
        context.counters.count(Direction.IN, status.type(), Cause.PUBLICATION, status.wireSize());
        Publication publication = supernode.publication;
        if (publication == null) {
            return;
        }
        if (status.status() == IndexStatus.Status.REFUSED_LIMIT) {
            context.listener.onPublicationRefused(supernode.peer.contact());
        }
        if (publication.onStatus(status, context.host.now())) {
            lastEpoch = Math.max(lastEpoch, publication.epoch());
            pump(supernode);
        }
    }

    /** Sends what is due to all supernodes. */
    void pumpAll() {
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState supernode = context.links.neighbour(i);
            if (supernode.publication != null) {
                pump(supernode);
            }
        }
    }

    private void pump(LinkState supernode) {
        Publication publication = supernode.publication;
        if (publication == null) {
            return;
        }
        long now = context.host.now();
        while (publication.hasMore()) {
            long due = publication.nextSend(now);
            if (due > now) {
                context.timers.setAtMost(OverlayTimer.PUBLISH, due);
                return;
            }
            if (supernode.link.room() < Publication.BATCH_BYTES_MAX) {
                context.timers.setAtMost(OverlayTimer.PUBLISH, now + FULL_PAUSE_MILLIS);
                return;
            }
            context.outbox.sendControl(supernode, publication.next(context.freshGuid(), now), Cause.PUBLICATION);
        }
    }
}
