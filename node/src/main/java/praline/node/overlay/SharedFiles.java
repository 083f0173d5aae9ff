package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;

/** What this node shares, as the overlay asks it. Answers at once, from memory. */
public interface SharedFiles {

    /** A node that shares nothing. */
    SharedFiles NONE = new SharedFiles() {
        @Override
        public ImmutableList<HitRecord> match(Question question, int limit) {
            return ImmutableList.of();
        }

        @Override
        public ImmutableList<IndexRecord.Add> published() {
            return ImmutableList.of();
        }

        @Override
        public int fileCount() {
            return 0;
        }

        @Override
        public long kibibytes() {
            return 0;
        }
    };

    /**
     * The files that answer {@code question}, by hash or by all its words, at most {@code limit}, in order of their
     * index.
     */
    ImmutableList<HitRecord> match(Question question, int limit);

    /** All files, as a leaf tells its supernode, in order of their index. */
    ImmutableList<IndexRecord.Add> published();

    /** XOR over all of {@link #published} of their digests, as a supernode reports it (spec/praline.md section 2). */
    default long digest() {
        long digest = 0;
        for (IndexRecord.Add record : published()) {
            digest ^= record.digest();
        }
        return digest;
    }

    int fileCount();

    /** Size of all files together, in KiB. */
    long kibibytes();
}
