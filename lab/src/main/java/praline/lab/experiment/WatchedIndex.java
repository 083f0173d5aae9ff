package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.function.IntConsumer;
import praline.node.overlay.IndexWatcher;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;

/** A leader's index that says how many records it holds whenever that may have changed. */
final class WatchedIndex implements LeafIndex {

    private final LeafIndex index;
    private final IntConsumer watcher;

    WatchedIndex(LeafIndex index, IntConsumer watcher) {
        this.index = index;
        this.watcher = watcher;
    }

    @Override
    public void watch(IndexWatcher wordsWatcher) {
        index.watch(wordsWatcher);
    }

    @Override
    public int open() {
        return index.open();
    }

    @Override
    public IndexStatus.Status apply(int leaf, IndexBatch batch, long now) {
        IndexStatus.Status status = index.apply(leaf, batch, now);
        watcher.accept(index.size());
        return status;
    }

    @Override
    public Held held(int leaf) {
        return index.held(leaf);
    }

    @Override
    public void close(int leaf) {
        index.close(leaf);
        watcher.accept(index.size());
    }

    @Override
    public boolean purge() {
        return index.purge();
    }

    @Override
    public ImmutableList<Match> match(Question question, int recordsMax, int except) {
        return index.match(question, recordsMax, except);
    }

    @Override
    public ImmutableList<Holder> holders(Sha1 infohash, int max) {
        return index.holders(infohash, max);
    }

    @Override
    public int size() {
        return index.size();
    }
}
