package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.protocol.Sha1;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;

/**
 * What a supernode knows of its leaves' files; the group leader brings it (ARCHITECTURE.md). Leaves have small numbers
 * that are used again.
 */
public interface LeafIndex {

    /** No leaf: {@link #match} leaves none out. */
    int NO_LEAF = -1;

    /** A network that does not matter. */
    long NO_NETWORK = -1;

    /** The records of one leaf that match. */
    record Match(int leaf, ImmutableList<HitRecord> records) {}

    /** A leaf that has a file with the infohash that was asked for; partial: and none that is whole. */
    record Holder(int leaf, boolean isPartial) {}

    /**
     * What is held for a leaf: the last batch applied, the number of records and their digest (spec/praline.md section
     * 2).
     */
    record Held(long epoch, long seq, int records, long digest) {}

    /** Tells {@code watcher} of all changes of words and contents. Once, and before anything is held. */
    void watch(IndexWatcher watcher);

    /** Begins a leaf without records and gives it a number, 0 or more. */
    int open();

    /**
     * The same, of a leaf in a network of which answers name few leaves for one content (spec/hardening.md I4).
     *
     * @param network any number, 0 or more, that the leaves of one network share; or {@link #NO_NETWORK}
     */
    default int open(long network) {
        return open();
    }

    /**
     * Applies a leaf's batch, whole or not at all.
     *
     * @param now the host's milliseconds, for the rate that a leaf may publish at (spec/hardening.md I1)
     */
    IndexStatus.Status apply(int leaf, IndexBatch batch, long now);

    Held held(int leaf);

    /** Takes a leaf's records out of every answer at once (I5). */
    void close(int leaf);

    /**
     * Gives back the memory of closed leaves and of what snapshots have replaced, a bounded step at a time. True: there
     * is more to do.
     */
    boolean purge();

    /**
     * The files that answer {@code question}, by hash or by all its words, by leaf. Who asks for a hash is told of a
     * sample of those who have it (I4).
     *
     * @param recordsMax how many records in all
     * @param except a leaf whose own files do not count, because it asks; or {@link #NO_LEAF}
     */
    ImmutableList<Match> match(Question question, int recordsMax, int except);

    /** The leaves, {@code max} at most, that have a file whose torrent has this infohash; each once. */
    ImmutableList<Holder> holders(Sha1 infohash, int max);

    /** Records of all leaves. */
    int size();
}
