package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.node.overlay.LeafIndex;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus.Status;

/** A leaf in a test: what it shares, and how it tells the index, as spec/praline.md section 2 says. */
final class Publisher {

    private static final int BATCH_RECORDS = 256;

    final LeafIndex index;
    final int leaf;
    final Map<Long, IndexRecord.Add> files = new LinkedHashMap<>();
    long epoch;
    long seq;
    long now;

    Publisher(LeafIndex index) {
        this(index, LeafIndex.NO_NETWORK);
    }

    Publisher(LeafIndex index, long network) {
        this.index = index;
        this.leaf = index.open(network);
    }

    static IndexRecord.Add file(long index, String name) {
        return file(index, name, "content of " + name);
    }

    static IndexRecord.Add file(long index, String name, String content) {
        return new IndexRecord.Add(index, content.length(), sha1(content), null, false, Bytes.ofUtf8(name));
    }

    /** A file with the torrent that follows from its content, as a test says it does. */
    static IndexRecord.Add torrent(long index, String content, boolean isPartial) {
        Bytes name = Bytes.ofUtf8(content);
        return new IndexRecord.Add(index, 5, sha1(content), infohash(content), isPartial, name);
    }

    static Sha1 infohash(String content) {
        return sha1("torrent of " + content);
    }

    static Sha1 sha1(String content) {
        return Sha1.digestOf(Bytes.ofUtf8(content).toArray());
    }

    /** Shares these files, numbered from 1, and tells all of them. */
    Publisher shares(String... names) {
        for (String name : names) {
            files.put(files.size() + 1L, file(files.size() + 1L, name));
        }
        tellAll();
        return this;
    }

    /** A snapshot of everything, in as many batches as it takes; the status of the last one, or of a refusal. */
    Status tellAll() {
        epoch++;
        seq = 0;
        List<List<IndexRecord.Add>> parts = Lists.partition(List.copyOf(files.values()), BATCH_RECORDS);
        if (parts.isEmpty()) {
            return send(true, true, ImmutableList.of());
        }
        Status status = Status.OK;
        for (int i = 0; i < parts.size() && status == Status.OK; i++) {
            status = send(i == 0, i == parts.size() - 1, ImmutableList.copyOf(parts.get(i)));
        }
        return status;
    }

    /** Changes its files and tells just that. */
    Status tell(IndexRecord... changes) {
        for (IndexRecord change : changes) {
            apply(change);
        }
        return send(false, false, ImmutableList.copyOf(changes));
    }

    /** Changes its files, and the batch that says so is lost. */
    void forgetToTell(IndexRecord... changes) {
        for (IndexRecord change : changes) {
            apply(change);
        }
        seq++;
    }

    Status send(boolean first, boolean last, ImmutableList<IndexRecord> records) {
        seq++;
        return index.apply(leaf, new IndexBatch(Guid.ZERO, 1, 0, epoch, seq, first, last, records), now);
    }

    /** Whether the index holds what is shared here, by count and digest. */
    boolean agrees() {
        LeafIndex.Held held = index.held(leaf);
        long digest = 0;
        for (IndexRecord.Add file : files.values()) {
            digest ^= file.digest();
        }
        return held.records() == files.size() && held.digest() == digest;
    }

    private void apply(IndexRecord change) {
        if (change instanceof IndexRecord.Add add) {
            files.put(add.index(), add);
        } else {
            files.remove(change.index());
        }
    }
}
