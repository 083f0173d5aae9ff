package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.IndexWatcher;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;

/** The index of a node that may lead some day: it is made when the first leaf comes. */
public final class LazyIndex implements LeafIndex {

    private final Supplier<? extends LeafIndex> making;
    private @Nullable LeafIndex made;
    private @Nullable IndexWatcher watcher;

    public LazyIndex(Supplier<? extends LeafIndex> making) {
        this.making = making;
    }

    @Override
    public void watch(IndexWatcher newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public int open() {
        return open(NO_NETWORK);
    }

    @Override
    public int open(long network) {
        if (made == null) {
            made = making.get();
            if (watcher != null) {
                made.watch(watcher);
            }
        }
        return made.open(network);
    }

    @Override
    public IndexStatus.Status apply(int leaf, IndexBatch batch, long now) {
        return index().apply(leaf, batch, now);
    }

    @Override
    public Held held(int leaf) {
        return index().held(leaf);
    }

    @Override
    public void close(int leaf) {
        index().close(leaf);
    }

    @Override
    public boolean purge() {
        return made != null && made.purge();
    }

    @Override
    public ImmutableList<Match> match(Question question, int recordsMax, int except) {
        return made == null ? ImmutableList.of() : made.match(question, recordsMax, except);
    }

    @Override
    public ImmutableList<Holder> holders(Sha1 infohash, int max) {
        return made == null ? ImmutableList.of() : made.holders(infohash, max);
    }

    @Override
    public int size() {
        return made == null ? 0 : made.size();
    }

    private LeafIndex index() {
        if (made == null) {
            throw new IllegalStateException("a leaf that was never opened");
        }
        return made;
    }
}
