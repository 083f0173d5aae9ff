package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;

/**
 * The leaf's side of index publication (spec/praline.md section 2): a snapshot to each supernode that joins,
 * differences afterwards, and a new snapshot when a supernode holds something else than we share.
 */
final class Publishing {

    /** Wait for a link that is full. */
    private static final long FULL_PAUSE_MILLIS = 50;

    private static final long RESYNC_PAUSE_MILLIS = 60_000;

    private final Context context;
    private final SharedFiles files;
    /** Each snapshot begins a higher one. */
    private int lastEpoch;

    private long resyncNotBefore = Long.MIN_VALUE / 2;

    Publishing(Context context, SharedFiles files) {
        this.context = context;
        this.files = files;
    }

    void onJoined(LinkState supernode) {
        beginSnapshot(supernode);
    }

    void filesChanged(ImmutableList<? extends IndexRecord> changes) {
        long now = context.host.now();
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState supernode = context.links.neighbour(i);
            if (supernode.publishedEpoch == 0) {
                continue;
            }
            if (supernode.publication == null) {
                supernode.publication =
                        Publication.differences(files, supernode.publishedEpoch, supernode.publishedSeq, now);
            }
            supernode.publication.changed(changes);
            pump(supernode);
        }
    }

    void onStatus(LinkState supernode, IndexStatus status) {
        context.counters.count(Direction.IN, status.type(), Cause.PUBLICATION, status.wireSize());
        if (supernode.publishedEpoch == 0) {
            return;
        }
        if (status.status() == IndexStatus.Status.REFUSED_LIMIT) {
            context.listener.onPublicationRefused(supernode.peer().contact());
        }
        long now = context.host.now();
        if (holdsSomethingElse(supernode, status) && now >= resyncNotBefore) {
            resyncNotBefore = now + RESYNC_PAUSE_MILLIS;
            beginSnapshot(supernode);
        }
    }

    /** Sends what is due to all supernodes. */
    void pumpAll() {
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            pump(context.links.neighbour(i));
        }
    }

    private void beginSnapshot(LinkState supernode) {
        supernode.publication = Publication.snapshot(files, lastEpoch + 1, context.host.now());
        pump(supernode);
    }

    private boolean holdsSomethingElse(LinkState supernode, IndexStatus status) {
        boolean isCurrent = supernode.publication == null
                && status.epoch() == supernode.publishedEpoch
                && status.seq() == supernode.publishedSeq;
        return switch (status.status()) {
            case RESYNC -> true;
            case OK -> isCurrent && !matchesOurs(status);
            case REFUSED_LIMIT, REFUSED_MALFORMED -> false;
        };
    }

    private boolean matchesOurs(IndexStatus status) {
        return status.digest() == files.digest()
                && status.held() == files.published().size();
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
            supernode.publishedEpoch = publication.epoch();
            supernode.publishedSeq = publication.seq();
            lastEpoch = Math.max(lastEpoch, publication.epoch());
        }
        supernode.publication = null;
    }
}
