package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;

/** An index in which each leaf has one file that answers everything. */
final class OneFileIndex implements LeafIndex {

    /** Who wants to hear of words; the test tells it of some. */
    @Nullable
    IndexWatcher watcher;

    private int leaves;

    @Override
    public void watch(IndexWatcher wordsWatcher) {
        watcher = wordsWatcher;
    }

    @Override
    public int open() {
        return leaves++;
    }

    @Override
    public IndexStatus.Status apply(int leaf, IndexBatch batch, long now) {
        return IndexStatus.Status.OK;
    }

    @Override
    public Held held(int leaf) {
        return new Held(1, 1, 1, 0);
    }

    @Override
    public void close(int leaf) {
        leaves--;
    }

    @Override
    public boolean purge() {
        return false;
    }

    @Override
    public ImmutableList<Match> match(Question question, int recordsMax, int except) {
        ImmutableList.Builder<Match> matches = ImmutableList.builder();
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (leaf != except) {
                HitRecord file = new HitRecord(1, 1, Bytes.ofUtf8("praline.txt"), Bytes.EMPTY);
                matches.add(new Match(leaf, ImmutableList.of(file)));
            }
        }
        return matches.build();
    }

    @Override
    public ImmutableList<Holder> holders(Sha1 infohash, int max) {
        return IntStream.range(0, Math.min(leaves, max))
                .mapToObj(leaf -> new Holder(leaf, false))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public int size() {
        return leaves;
    }
}
