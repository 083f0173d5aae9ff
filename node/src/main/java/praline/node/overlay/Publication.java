package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Guid;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;

/**
 * What a leaf still has to tell one supernode (spec/praline.md section 2): the rest of a snapshot, and the differences
 * that came since. It lives while there is something to say, and until the pace allows a full burst again; what remains
 * of it afterwards are two numbers in the link's state. It says what to send next; {@link Publishing} sends it.
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
    private static final long FULL_ALLOWANCE = BURST * BATCH;

    /** Differences that wait in any case; with more of them than files, a new snapshot is shorter. */
    private static final int CHANGES_MAX = 10_000;

    /** A supernode is told everything anew at most once in so long (spec/hardening.md I6). */
    private static final long RESYNC_PAUSE_MILLIS = 60_000;

    /** One that refuses is left alone for longer each time, up to this. */
    private static final long REFUSED_PAUSE_MILLIS_MAX = 600_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final SharedFiles files;
    private final List<IndexRecord> changes = new ArrayList<>(0);

    private int epoch;
    private int seq;
    private ImmutableList<? extends IndexRecord> snapshot = ImmutableList.of();
    private int sentOfSnapshot;
    private boolean inSnapshot;
    /** In thousandths of a batch, so that the pace is exact. */
    private long allowance = FULL_ALLOWANCE;

    private long allowanceAt;
    /** When everything is told anew, and before when it must not be. */
    private long startOverAt = NEVER;

    private long startOverNotBefore = Long.MIN_VALUE / 2;
    /** The supernode takes nothing until everything is told anew. */
    private boolean isHalted;

    private int refusals;

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

    /** What is shared has changed, and {@code files} says so already. */
    void changed(List<? extends IndexRecord> difference) {
        if (isHalted) {
            return;
        }
        if (changes.size() + difference.size() > Math.max(CHANGES_MAX, files.fileCount())) {
            beginSnapshot();
            return;
        }
        changes.addAll(difference);
    }

    /**
     * The supernode holds something else than is shared, so that everything must be told anew, as soon as that is
     * allowed.
     *
     * @param halts nothing of what is on its way will be taken; otherwise it goes on, and may settle the matter
     */
    void resync(boolean halts, long now) {
        if (!isHalted) {
            startOverAt = Math.min(startOverAt, Math.max(now, startOverNotBefore));
            halt(halts);
        }
    }

    /** The supernode refuses to take this much or so fast: it is tried again later, and each time later than before. */
    void onRefused(long now) {
        if (!isHalted) {
            startOverAt = now + Math.min(REFUSED_PAUSE_MILLIS_MAX, RESYNC_PAUSE_MILLIS << Math.min(refusals, 4));
            refusals++;
            halt(true);
        }
    }

    /** The supernode holds what is shared. */
    void onAgreed() {
        startOverAt = NEVER;
        isHalted = false;
        refusals = 0;
    }

    /** Whether there are batches to send, if the pace allows. */
    boolean hasMore() {
        return !isHalted && (inSnapshot || !changes.isEmpty());
    }

    /** Whether nothing is left to do, and the next publication may begin with a full burst. */
    boolean isOver(long now) {
        refill(now);
        return !hasMore() && startOverAt == NEVER && restedAt(now) <= now;
    }

    /** When the next batch is due, or {@link #isOver} is to be asked again. */
    long nextTurn(long now) {
        refill(now);
        if (startOverAt <= now) {
            startOver(now);
        }
        if (hasMore()) {
            return Math.min(startOverAt, now + millisUntil(BATCH));
        }
        return startOverAt == NEVER ? restedAt(now) : startOverAt;
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

    private void startOver(long now) {
        startOverAt = NEVER;
        startOverNotBefore = now + RESYNC_PAUSE_MILLIS;
        isHalted = false;
        beginSnapshot();
    }

    private void halt(boolean halts) {
        if (halts) {
            isHalted = true;
            snapshot = ImmutableList.of();
            inSnapshot = false;
            changes.clear();
        }
    }

    private long restedAt(long now) {
        return Math.max(startOverNotBefore, now + millisUntil(FULL_ALLOWANCE));
    }

    private long millisUntil(long wanted) {
        return (Math.max(0, wanted - allowance) + BATCHES_PER_SECOND - 1) / BATCHES_PER_SECOND;
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
        allowance = Math.min(FULL_ALLOWANCE, allowance + (now - allowanceAt) * BATCHES_PER_SECOND);
        allowanceAt = now;
    }
}
