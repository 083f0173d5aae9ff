package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import praline.protocol.Guid;

/**
 * Publishes changes of a leaf's files to its supernode. Vendor message {@code PRLN} 1, version 1 (spec/praline.md
 * section 2).
 *
 * <pre>vendor header (8) | epoch (4, LE) | seq (4, LE) | flags (1) | count (2, LE) | records</pre>
 *
 * @param epoch begins anew with each snapshot, 0..2^32-1
 * @param seq counts the batches of an epoch from 1
 * @param first whether this batch begins a full snapshot
 * @param last whether this batch ends it
 * @param records at most 256
 */
public record IndexBatch(
        Guid guid,
        int ttl,
        int hops,
        long epoch,
        long seq,
        boolean first,
        boolean last,
        ImmutableList<IndexRecord> records)
        implements Message {

    private static final int FIXED_SIZE = Vendor.HEADER_SIZE + 4 + 4 + 1 + 2;

    @Override
    public MessageType type() {
        return MessageType.VENDOR;
    }

    @Override
    public int payloadSize() {
        int size = FIXED_SIZE;
        for (IndexRecord record : records) {
            size += record.wireSize();
        }
        return size;
    }
}
