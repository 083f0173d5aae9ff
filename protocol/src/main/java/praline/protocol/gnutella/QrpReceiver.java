package praline.protocol.gnutella;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import praline.protocol.WireLimits;

/**
 * The receiving end of one link's query routing table: a RESET says its size, each complete sequence of PATCHes makes a
 * new table of the one before (spec/gnutella.md 9.5; spec/hardening.md W6). It holds a table only while a sequence
 * changes it; the caller keeps the complete ones.
 *
 * <p>A RESET costs the sender nothing, so a link may send one a minute, and a few at once when it is young: a servent
 * that reads its library while it joins begins anew more than once. Those beyond are ignored. The sequences that follow
 * an ignored one count as changes of the table that is there, which then says too much and never too little; if they
 * are for a table of another size they are passed over.
 */
public final class QrpReceiver implements AutoCloseable {

    /** RESETs that a link may send without a pause. */
    private static final int RESETS_AT_ONCE = 3;

    private final WireLimits.Qrp limits;
    private final long openedAt;

    /** Log2 of the slots that the last RESET announced; 0: none came. */
    private int bits;

    /** No sequence was completed since the last RESET: the table is empty. */
    private boolean isFresh;

    private boolean passesOver;
    private int resets;
    private @Nullable QrpSequence sequence;

    /** What a message led to. */
    public sealed interface Outcome {

        /** Nothing yet. */
        record Pending() implements Outcome {}

        /**
         * {@code table} counts from here on, in place of the one before.
         *
         * @param fill the share of its slots that are present, 0..1; of a folded table, about what it was before
         */
        record Complete(QrpTable table, double fill) implements Outcome {}

        /** The sender is to be told {@code reason} with Bye 413. */
        record Violation(String reason) implements Outcome {}
    }

    static final Outcome PENDING = new Outcome.Pending();

    /** @param now in milliseconds, as everywhere here */
    public QrpReceiver(WireLimits.Qrp limits, long now) {
        this.limits = limits;
        this.openedAt = now;
    }

    public Outcome onReset(QrpReset reset, long now) {
        if (Long.bitCount(reset.slots()) != 1 || reset.slots() < limits.slotsMin() || reset.slots() > limits.slots()) {
            return new Outcome.Violation("Invalid QRP table length " + reset.slots());
        }
        if (reset.infinity() == 0) {
            return new Outcome.Violation("Invalid QRP infinity 0");
        }
        close();
        int newBits = Long.numberOfTrailingZeros(reset.slots());
        if (resets >= RESETS_AT_ONCE + (now - openedAt) / limits.resetMillis()) {
            passesOver = newBits != bits;
            return PENDING;
        }
        resets++;
        bits = newBits;
        isFresh = true;
        passesOver = false;
        return PENDING;
    }

    /**
     * Takes a part of a sequence.
     *
     * @param current gives the last complete table; asked only when a sequence begins that changes it
     */
    public Outcome onPatch(QrpPatch patch, Supplier<QrpTable> current, long now) {
        if (bits == 0) {
            return new Outcome.Violation("QRP PATCH before RESET");
        }
        if (passesOver) {
            return PENDING;
        }
        if (sequence == null) {
            if (patch.number() != 1 || patch.count() == 0) {
                return outOfSequence(patch);
            }
            int width = patch.entryBits();
            if (width != 1 && width != 2 && width != 4 && width != 8) {
                return new Outcome.Violation("Invalid QRP entry bits " + width);
            }
            if (patch.compressor() > QrpPatch.ZLIB) {
                return new Outcome.Violation("Unknown QRP compressor " + patch.compressor());
            }
            sequence = new QrpSequence(patch, bits, start(current).toBuilder(), now);
        } else if (!sequence.isContinuedBy(patch)) {
            close();
            return outOfSequence(patch);
        }
        Outcome outcome = isLate(now) ? new Outcome.Violation("QRP sequence took too long") : sequence.take(patch);
        if (outcome != PENDING) {
            close();
            isFresh = false;
        }
        return outcome;
    }

    /** Whether a sequence has been under way for too long, so that the link is to be given up. */
    public boolean isLate(long now) {
        return now >= lateAt();
    }

    /** When that will be; {@link Long#MAX_VALUE} while none is under way. */
    public long lateAt() {
        return sequence == null ? Long.MAX_VALUE : sequence.beganAt() + limits.sequenceMillis() + 1;
    }

    /** Gives up the sequence that is under way, and its memory. */
    @Override
    public void close() {
        if (sequence != null) {
            sequence.close();
            sequence = null;
        }
    }

    private QrpTable start(Supplier<QrpTable> current) {
        int storedBits = Math.min(bits, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(limits.slotsStored()));
        return isFresh ? QrpTable.empty(storedBits) : current.get().scaledTo(storedBits);
    }

    private static Outcome outOfSequence(QrpPatch patch) {
        return new Outcome.Violation("Out-of-sequence QRP PATCH " + patch.number() + "/" + patch.count());
    }
}
