package praline.protocol.gnutella;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import praline.protocol.gnutella.QrpReceiver.Outcome;

/**
 * One sequence of PATCHes on its way into a table. Its bytes are worked off as they come, a few KiB at a time, and
 * inflating ends with the first byte beyond the table, so that neither a long sequence nor a bomb takes memory
 * (spec/hardening.md W6).
 *
 * <p>A table that is larger than we keep is folded: several of its slots become one, which is present when one of them
 * is. What is kept does not tell which, so such a slot becomes absent only when all that it stands for do at once.
 */
final class QrpSequence implements AutoCloseable {

    private static final int STEP = 4_096;

    private final int count;
    private final int entryBits;
    private final int slots;
    /** How many slots become one, as a power of two. */
    private final int fold;

    private final QrpTable.Builder table;
    private final @Nullable Inflater inflater;
    private final long beganAt;
    private int lastNumber;
    private int slot;
    /** Entries in a row, up to this one, that say absent. */
    private int absentRun;

    /** @param first says the shape of the sequence; it is still to be taken */
    QrpSequence(QrpPatch first, int bits, QrpTable.Builder table, long now) {
        this.count = first.count();
        this.entryBits = first.entryBits();
        this.slots = 1 << bits;
        this.fold = bits - table.bits();
        this.table = table;
        this.inflater = first.compressor() == QrpPatch.ZLIB ? new Inflater() : null;
        this.beganAt = now;
    }

    long beganAt() {
        return beganAt;
    }

    boolean isContinuedBy(QrpPatch patch) {
        boolean isDeflated = patch.compressor() == QrpPatch.ZLIB;
        return patch.number() == lastNumber + 1
                && patch.count() == count
                && patch.entryBits() == entryBits
                && patch.compressor() <= QrpPatch.ZLIB
                && isDeflated == (inflater != null);
    }

    Outcome take(QrpPatch patch) {
        lastNumber = patch.number();
        byte[] data = patch.data().toArray();
        boolean isSound = inflater == null || data.length == 0 || inflate(inflater, data);
        if (!isSound) {
            return new Outcome.Violation("QRP PATCH decompression failed");
        }
        if (inflater == null) {
            apply(data, data.length);
        }
        if (slot > slots) {
            return new Outcome.Violation("QRP " + entryBits + "-bit patch overflowed table");
        }
        if (lastNumber < count) {
            return isOver() ? new Outcome.Violation("QRP PATCH decompression failed") : QrpReceiver.PENDING;
        }
        return slot < slots
                ? new Outcome.Violation("Incomplete " + entryBits + "-bit QRP patch")
                : complete(table.build());
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }

    /** A slot that stands for several is absent only if all of them are. */
    private Outcome complete(QrpTable done) {
        double absent = 1 - (double) done.count() / done.slots();
        return new Outcome.Complete(done, 1 - Math.pow(absent, 1.0 / (1 << fold)));
    }

    /** The stream has ended, and parts are still to come. */
    private boolean isOver() {
        return inflater != null && inflater.finished();
    }

    private boolean inflate(Inflater stream, byte[] data) {
        byte[] step = new byte[STEP];
        stream.setInput(data);
        try {
            while (slot <= slots && !stream.finished() && !stream.needsDictionary()) {
                int produced = stream.inflate(step, 0, Math.min(STEP, bytesLeft() + 1));
                if (produced == 0) {
                    break;
                }
                apply(step, produced);
            }
        } catch (DataFormatException e) {
            return false;
        }
        return !stream.needsDictionary() && !(stream.finished() && stream.getRemaining() > 0);
    }

    /** What the entries of the slots that are left take. */
    private int bytesLeft() {
        return (slots - slot) * entryBits / Byte.SIZE;
    }

    /** Takes entries off {@code bytes}, the first in the upper bits, until the table is overfull. */
    private void apply(byte[] bytes, int size) {
        int perByte = Byte.SIZE / entryBits;
        for (int i = 0; i < size; i++) {
            if (slot >= slots) {
                slot = slots + 1;
                return;
            }
            if (bytes[i] == 0) {
                absentRun = 0;
                slot += perByte;
                continue;
            }
            for (int entry = 0; entry < perByte; entry++) {
                // The sign of an entry is its own upper bit.
                int value = (bytes[i] << (Integer.SIZE - Byte.SIZE + entry * entryBits)) >> (Integer.SIZE - entryBits);
                apply(value);
                slot++;
            }
        }
    }

    private void apply(int value) {
        int stored = slot >>> fold;
        if (entryBits == 1) {
            flip(value, stored);
            return;
        }
        absentRun = value > 0 ? absentRun + 1 : 0;
        boolean isLastOfFold = (slot + 1) >>> fold != stored;
        if (value < 0) {
            table.addSlot(stored);
        } else if (isLastOfFold && absentRun >= 1 << fold) {
            table.removeSlot(stored);
        }
    }

    private void flip(int value, int stored) {
        if (value == 0) {
            return;
        }
        if (fold == 0) {
            table.flipSlot(stored);
        } else {
            table.addSlot(stored);
        }
    }
}
