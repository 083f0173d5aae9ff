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

    private final Context context;
    private final SharedFiles files;
    /** Each snapshot begins a higher one. */
    private int lastEpoch;

    Publishing(Context context, SharedFiles files) {
        this.context = context;
        this.files = files;
    }

    void onJoined(LinkState supernode) {
        beginSnapshot(supernode);
    }

    void filesChanged(ImmutableList<? extends IndexRecord> changes) {
        for (int i = 0; i < context.links.neighbourCount(); i++) {
            LinkState supernode = context.links.neighbour(i);
            if (supernode.publication != null || supernode.publishedEpoch != 0) {
                publicationTo(supernode).changed(changes);
                pump(supernode);
            }
        }
    }

    void onStatus(LinkState supernode, IndexStatus status) {
        context.counters.count(Direction.IN, status.type(), Cause.PUBLICATION, status.wireSize());
        if (supernode.publishedEpoch == 0) {
            return;
        }
        long now = context.host.now();
        switch (status.status()) {
            case OK -> compare(supernode, status, now);
            case RESYNC -> publicationTo(supernode).resync(status.epoch() == supernode.publishedEpoch, now);
            case REFUSED_LIMIT -> {
                context.listener.onPublicationRefused(supernode.peer().contact());
                publicationTo(supernode).onRefused(now);
            }
            case REFUSED_MALFORMED -> publicationTo(supernode).onRefused(now);
        }
        pump(supernode);
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

    private Publication publicationTo(LinkState supernode) {
        if (supernode.publication == null) {
            supernode.publication = Publication.differences(
                    files, supernode.publishedEpoch, supernode.publishedSeq, context.host.now());
        }
        return supernode.publication;
    }

    /** What is on its way decides nothing: only a supernode that has everything is compared. */
    private void compare(LinkState supernode, IndexStatus status, long now) {
        Publication publication = supernode.publication;
        boolean isCurrent = (publication == null || !publication.hasMore())
                && status.epoch() == supernode.publishedEpoch
                && status.seq() == supernode.publishedSeq;
        if (isCurrent && !matchesOurs(status)) {
            publicationTo(supernode).resync(true, now);
        } else if (isCurrent && publication != null) {
            publication.onAgreed();
        }
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
        while (!publication.isOver(now)) {
            long due = publication.nextTurn(now);
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
