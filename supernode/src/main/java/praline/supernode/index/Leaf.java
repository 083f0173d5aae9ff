package praline.supernode.index;

import praline.protocol.gnutella.IndexBatch;

/** How far the publication of one leaf has come (spec/praline.md section 2), and what is held of it. */
final class Leaf {

    /** Even an empty batch is work. */
    private static final int BATCH_COST_MIN = 8;

    private final IndexLimits limits;
    private final long network;
    private LeafRecords records;
    private boolean hasBegun;
    private long epoch;
    private long seq;
    private double allowance;
    private long allowanceAt;

    /** @param network see {@link praline.node.overlay.LeafIndex#open(long)} */
    Leaf(LeafRecords records, long network, IndexLimits limits) {
        this.records = records;
        this.network = network;
        this.limits = limits;
        this.allowance = this.limits.recordsAtOnce();
        this.allowanceAt = Long.MIN_VALUE;
    }

    long network() {
        return network;
    }

    LeafRecords records() {
        return records;
    }

    /** Begins anew; what was held belongs to the caller. */
    void replaceRecords(LeafRecords fresh) {
        records = fresh;
    }

    long epoch() {
        return epoch;
    }

    long seq() {
        return seq;
    }

    /**
     * Whether the batch is the one that comes next: the first of an epoch with a snapshot, or the next of the epoch
     * under way.
     */
    boolean follows(IndexBatch batch) {
        if (batch.first()) {
            return batch.seq() == 1 && !(hasBegun && batch.epoch() == epoch);
        }
        return hasBegun && batch.epoch() == epoch && batch.seq() == seq + 1;
    }

    /**
     * Charges the batch to the leaf's rate. False: it comes too soon, and nothing was charged (spec/hardening.md I1).
     */
    boolean mayPublish(IndexBatch batch, long now) {
        if (allowanceAt != Long.MIN_VALUE) {
            double earned = (now - allowanceAt) * (limits.recordsPerSecond() / 1_000.0);
            allowance = Math.min(limits.recordsAtOnce(), allowance + earned);
        }
        allowanceAt = now;
        int cost = Math.max(BATCH_COST_MIN, batch.records().size());
        if (cost > allowance) {
            return false;
        }
        allowance -= cost;
        return true;
    }

    void onApplied(IndexBatch batch) {
        hasBegun = true;
        epoch = batch.epoch();
        seq = batch.seq();
    }
}
