package praline.protocol.gnutella;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;

/**
 * Which words somebody's files have: a set of slots, a power of two of them, into which words are hashed. It may say
 * too much, never too little (spec/gnutella.md section 9).
 */
@Immutable
public final class QrpTable {

    /** The size of the tables that we send: 2^16 slots (9.3). */
    public static final int OUR_BITS = 16;

    private static final int CHUNK_BITS = 6;

    private final int bits;

    @SuppressWarnings("Immutable") // never written after construction, never handed out
    private final long[] chunks;

    private QrpTable(int bits, long[] chunks) {
        this.bits = bits;
        this.chunks = chunks;
    }

    /** A table of 2^{@code bits} slots, all absent. */
    public static QrpTable empty(int bits) {
        return builder(bits).build();
    }

    /** Collects the slots of a table of 2^{@code bits} slots, 1..31. */
    public static Builder builder(int bits) {
        return new Builder(bits, new long[chunkCount(bits)]);
    }

    /** Log2 of the number of slots. */
    public int bits() {
        return bits;
    }

    public int slots() {
        return 1 << bits;
    }

    /** Whether a word with this {@link QrpHash} is among the words. */
    public boolean has(int hash) {
        return hasSlot(QrpHash.slot(hash, bits));
    }

    public boolean hasSlot(int slot) {
        return (chunks[slot >>> CHUNK_BITS] & 1L << slot) != 0;
    }

    /** How many slots are present. */
    public int count() {
        int count = 0;
        for (long chunk : chunks) {
            count += Long.bitCount(chunk);
        }
        return count;
    }

    /** 64 slots at once, the first of them in the lowest bit; a smaller table has one chunk. */
    public long chunk(int index) {
        return chunks[index];
    }

    public int chunkCount() {
        return chunks.length;
    }

    /** The same words in a table of 2^{@code newBits} slots: a slot becomes several, or several become one (9.4). */
    public QrpTable scaledTo(int newBits) {
        return newBits == bits ? this : builder(newBits).add(this).build();
    }

    /** A builder that begins with these slots. */
    public Builder toBuilder() {
        return new Builder(bits, chunks.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QrpTable that && bits == that.bits && Arrays.equals(chunks, that.chunks);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(chunks);
    }

    @Override
    public String toString() {
        return count() + " of " + slots() + " slots";
    }

    private static int chunkCount(int bits) {
        return bits <= CHUNK_BITS ? 1 : 1 << (bits - CHUNK_BITS);
    }

    /** A table in the making. */
    public static final class Builder {

        private final int bits;
        private final long[] chunks;

        private Builder(int bits, long[] chunks) {
            this.bits = bits;
            this.chunks = chunks;
        }

        /** Log2 of the number of slots. */
        public int bits() {
            return bits;
        }

        /** Adds the word with this {@link QrpHash}. */
        @CanIgnoreReturnValue
        public Builder addHash(int hash) {
            return addSlot(QrpHash.slot(hash, bits));
        }

        @CanIgnoreReturnValue
        public Builder addSlot(int slot) {
            chunks[slot >>> CHUNK_BITS] |= 1L << slot;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder removeSlot(int slot) {
            chunks[slot >>> CHUNK_BITS] &= ~(1L << slot);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder flipSlot(int slot) {
            chunks[slot >>> CHUNK_BITS] ^= 1L << slot;
            return this;
        }

        /** Adds all words of {@code table}, whatever its size. */
        @CanIgnoreReturnValue
        public Builder add(QrpTable table) {
            if (table.bits == bits) {
                for (int i = 0; i < chunks.length; i++) {
                    chunks[i] |= table.chunks[i];
                }
                return this;
            }
            for (int i = 0; i < table.chunks.length; i++) {
                for (long left = table.chunks[i]; left != 0; left &= left - 1) {
                    addScaled((i << CHUNK_BITS) + Long.numberOfTrailingZeros(left), table.bits);
                }
            }
            return this;
        }

        /** What was collected; the builder is not to be used any more. */
        public QrpTable build() {
            return new QrpTable(bits, chunks);
        }

        private void addScaled(int slot, int slotBits) {
            if (slotBits >= bits) {
                addSlot(slot >>> (slotBits - bits));
                return;
            }
            int first = slot << (bits - slotBits);
            int ratio = 1 << (bits - slotBits);
            for (int i = 0; i < ratio; i++) {
                addSlot(first + i);
            }
        }
    }
}
