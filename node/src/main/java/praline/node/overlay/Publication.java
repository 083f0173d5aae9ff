package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Guid;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;

/**
 * What a leaf still has to tell one supernode (spec/praline.md section 2): the rest of a snapshot, and the differences
 * that came since. It lives only while there is something to say; what remains of it afterwards are two numbers in the
 * link's state. It says what to send next; {@link Publishing} sends it.
 */
final class Publication {

    static final int RECORDS_PER_BATCH_MAX = 256;

    /** Payload of a batch (spec/hardening.md I1). */
    static final int BATCH_BYTES_MAX = 32 * 1024;

    /** Of it, what the records may take. */
    private static final int RECORD_BYTES_PER_BATCH_MAX = BATCH_BYTES_MAX - 19;

    /** Batches that go out at once, and the pace of those that follow. */
    private static final int BURST = 78;

    private static final int BATCHES_PER_SECOND = 7;
    private static final long BATCH = 1_000;
    /** Differences that wait behind a snapshot; with more, a new snapshot is shorter. */
    private static final int CHANGES_MAX = 10_000;

    private final SharedFiles files;
    private final List<IndexRecord> changes = new ArrayList<>(0);

    private int epoch;
    private int seq;
    private ImmutableList<? extends IndexRecord> snapshot = ImmutableList.of();
    private int sentOfSnapshot;
    private boolean inSnapshot;
    /** In thousandths of a batch, so that the pace is exact. */
    private long allowance = BURST * BATCH;

    private long allowanceAt;

    private Publication(SharedFiles files, int epoch, int seq, long now) {
        this.files = files;
        this.epoch = epoch;
        this.seq = seq;
        this.allowanceAt = now;
    }

    /** A full snapshot, which begins epoch {@code epoch}. */
    static Publication snapshot(SharedFiles files, int epoch, long now) {
        Publication publication = new Publication(files, epoch - 1, 0, now);
        publication.beginSnapshot();
        return publication;
    }

    /** Differences behind batch {@code seq} of epoch {@code epoch}. */
    static Publication differences(SharedFiles files, int epoch, int seq, long now) {
        return new Publication(files, epoch, seq, now);
    }

    int epoch() {
        return epoch;
    }

    /** Number of the last batch that was taken. */
    int seq() {
        return seq;
    }

    void changed(List<? extends IndexRecord> difference) {
        if (changes.size() + difference.size() > CHANGES_MAX) {
            beginSnapshot();
            return;
        }
        changes.addAll(difference);
    }

    boolean hasMore() {
        return inSnapshot || !changes.isEmpty();
    }

    /** When the pace allows the next batch. */
    long nextSend(long now) {
        refill(now);
        long missing = Math.max(0, BATCH - allowance);
        return now + (missing + BATCHES_PER_SECOND - 1) / BATCHES_PER_SECOND;
    }

    /** The next batch; only while {@link #hasMore}. The caller sends it or ends the link. */
    IndexBatch next(Guid guid, long now) {
        refill(now);
        allowance -= BATCH;
        seq++;
        if (!inSnapshot) {
            ImmutableList<IndexRecord> records = take(changes, 0);
            changes.subList(0, records.size()).clear();
            return new IndexBatch(guid, 1, 0, epoch, seq, false, false, records);
        }
        ImmutableList<IndexRecord> records = take(snapshot, sentOfSnapshot);
        boolean first = sentOfSnapshot == 0;
        sentOfSnapshot += records.size();
        boolean last = sentOfSnapshot == snapshot.size();
        if (last) {
            inSnapshot = false;
            snapshot = ImmutableList.of();
        }
        return new IndexBatch(guid, 1, 0, epoch, seq, first, last, records);
    }

    private void beginSnapshot() {
        epoch++;
        seq = 0;
        snapshot = files.published();
        sentOfSnapshot = 0;
        inSnapshot = true;
        changes.clear();
    }

    private static ImmutableList<IndexRecord> take(List<? extends IndexRecord> source, int from) {
        ImmutableList.Builder<IndexRecord> records = ImmutableList.builder();
        int bytes = 0;
        int to = Math.min(source.size(), from + RECORDS_PER_BATCH_MAX);
        for (int i = from; i < to; i++) {
            bytes += source.get(i).wireSize();
            if (bytes > RECORD_BYTES_PER_BATCH_MAX) {
                break;
            }
            records.add(source.get(i));
        }
        return records.build();
    }

    private void refill(long now) {
        allowance = Math.min(BURST * BATCH, allowance + (now - allowanceAt) * BATCHES_PER_SECOND);
        allowanceAt = now;
    }
}
