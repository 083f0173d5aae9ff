package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;

/**
 * Between our index publication and bytes (spec/praline.md section 2). Stricter than the rest of the codec: whatever
 * would not encode to the same bytes is refused, and all that is wrong with a batch is one defect, which the leaf is
 * told.
 */
final class IndexCodec {

    /** Vendor {@code PRLN}. */
    static final int PRLN = 0x50524C4E;

    static final int VERSION = 1;
    static final int BATCH = 1;
    static final int STATUS = 2;

    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int FIRST_BIT = 0x01;
    private static final int LAST_BIT = 0x02;
    private static final int INFOHASH_BIT = 0x01;
    private static final int PARTIAL_BIT = 0x02;

    private IndexCodec() {}

    static IndexBatch readBatch(Header header, PayloadReader in, WireLimits limits) throws Defective {
        try {
            long epoch = in.unsignedIntLe();
            long seq = in.unsignedIntLe();
            int flags = in.unsignedByte();
            int count = in.unsignedShortLe();
            if ((flags & ~(FIRST_BIT | LAST_BIT)) != 0 || count > limits.frame().batchRecords()) {
                throw in.defective(Defect.BAD_INDEX_BATCH);
            }
            ImmutableList.Builder<IndexRecord> records = ImmutableList.builder();
            for (int i = 0; i < count; i++) {
                records.add(readRecord(in, limits.frame().batchName()));
            }
            in.needEnd();
            boolean first = (flags & FIRST_BIT) != 0;
            boolean last = (flags & LAST_BIT) != 0;
            return new IndexBatch(header.guid(), header.ttl(), header.hops(), epoch, seq, first, last, records.build());
        } catch (Defective e) {
            throw new Defective(Defect.BAD_INDEX_BATCH, e.offset);
        }
    }

    static void writeBatch(IndexBatch batch, PayloadWriter out) {
        writeVendorHeader(BATCH, out);
        out.intLe(batch.epoch());
        out.intLe(batch.seq());
        out.oneByte((batch.first() ? FIRST_BIT : 0) | (batch.last() ? LAST_BIT : 0));
        out.shortLe(batch.records().size());
        for (IndexRecord record : batch.records()) {
            writeRecord(record, out);
        }
    }

    static IndexStatus readStatus(Header header, PayloadReader in) throws Defective {
        long epoch = in.unsignedIntLe();
        long seq = in.unsignedIntLe();
        IndexStatus.Status status =
                IndexStatus.Status.ofCode(in.unsignedByte()).orElseThrow(() -> in.defective(Defect.BAD_VALUE));
        long held = in.unsignedIntLe();
        long digest = in.longLe();
        in.needEnd();
        return new IndexStatus(header.guid(), header.ttl(), header.hops(), epoch, seq, status, held, digest);
    }

    static void writeStatus(IndexStatus status, PayloadWriter out) {
        writeVendorHeader(STATUS, out);
        out.intLe(status.epoch());
        out.intLe(status.seq());
        out.oneByte(status.status().code());
        out.intLe(status.held());
        out.longLe(status.digest());
    }

    /** The first 8 bytes of the SHA-1 of the encoded record: what {@link IndexStatus#digest()} is made of. */
    static long digestOf(IndexRecord.Add add) {
        ByteBuffer encoded = ByteBuffer.allocate(add.wireSize());
        writeRecord(add, new PayloadWriter(encoded));
        return Sha1.digestOf(encoded.array()).first();
    }

    private static void writeVendorHeader(int selector, PayloadWriter out) {
        out.intBe(PRLN);
        out.shortLe(selector);
        out.shortLe(VERSION);
    }

    private static IndexRecord readRecord(PayloadReader in, int nameSizeMax) throws Defective {
        int op = in.unsignedByte();
        long index = in.unsignedIntLe();
        return switch (op) {
            case ADD -> readAdd(index, in, nameSizeMax);
            case REMOVE -> new IndexRecord.Remove(index);
            default -> throw in.defective(Defect.BAD_VALUE);
        };
    }

    private static IndexRecord.Add readAdd(long index, PayloadReader in, int nameSizeMax) throws Defective {
        long size = in.longLe();
        Sha1 sha1 = in.sha1();
        int flags = in.unsignedByte();
        if (size < 0 || (flags & ~(INFOHASH_BIT | PARTIAL_BIT)) != 0) {
            throw in.defective(Defect.BAD_VALUE);
        }
        Sha1 infohash = (flags & INFOHASH_BIT) != 0 ? in.sha1() : null;
        int nameSize = in.unsignedShortLe();
        if (nameSize > nameSizeMax) {
            throw in.defective(Defect.BAD_VALUE);
        }
        Bytes name = in.bytes(nameSize);
        return new IndexRecord.Add(index, size, sha1, infohash, (flags & PARTIAL_BIT) != 0, name);
    }

    private static void writeRecord(IndexRecord record, PayloadWriter out) {
        if (record instanceof IndexRecord.Add add) {
            out.oneByte(ADD);
            out.intLe(add.index());
            out.longLe(add.size());
            out.sha1(add.sha1());
            out.oneByte((add.infohash() == null ? 0 : INFOHASH_BIT) | (add.partial() ? PARTIAL_BIT : 0));
            if (add.infohash() != null) {
                out.sha1(add.infohash());
            }
            out.shortLe(add.name().size());
            out.bytes(add.name());
        } else {
            out.oneByte(REMOVE);
            out.intLe(record.index());
        }
    }
}
