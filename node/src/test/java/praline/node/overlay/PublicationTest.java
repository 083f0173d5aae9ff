package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.IndexStatus.Status;

/** What a leaf tells its supernode of its files (spec/praline.md section 2). */
class PublicationTest {

    @Test
    void aLeafWithoutFilesPublishesOneEmptySnapshot() {
        List<IndexBatch> batches = joinedLeafWith(0).supernode.take(IndexBatch.class);

        assertThat(batches).hasSize(1);
        IndexBatch batch = batches.get(0);
        assertThat(batch.first() && batch.last()).isTrue();
        assertThat(batch.records()).isEmpty();
        assertThat(batch.epoch()).isEqualTo(1);
        assertThat(batch.seq()).isEqualTo(1);
    }

    @Test
    void aSnapshotComesInBatchesOf256() {
        List<IndexBatch> batches = joinedLeafWith(600).supernode.take(IndexBatch.class);

        assertThat(batches).extracting(batch -> batch.records().size()).containsExactly(256, 256, 88);
        assertThat(batches).extracting(IndexBatch::seq).containsExactly(1L, 2L, 3L);
        assertThat(batches).extracting(IndexBatch::first).containsExactly(true, false, false);
        assertThat(batches).extracting(IndexBatch::last).containsExactly(false, false, true);
        assertThat(batches).allSatisfy(batch -> assertThat(batch.payloadSize()).isLessThanOrEqualTo(32 * 1024));
    }

    @Test
    void differencesFollowTheSnapshotWithoutItsMarks() {
        Leaf leaf = joinedLeafWith(1);
        leaf.supernode.sent.clear();

        leaf.stage.engine.filesChanged(ImmutableList.of(new IndexRecord.Remove(0)));

        IndexBatch batch = leaf.supernode.take(IndexBatch.class).get(0);
        assertThat(batch.first() || batch.last()).isFalse();
        assertThat(batch.seq()).isEqualTo(2);
    }

    @Test
    void aNewLinkBeginsWithANewEpoch() {
        Leaf leaf = joinedLeafWith(1);
        leaf.stage.engine.onLinkClosed(leaf.supernode, CloseReason.RESET);
        leaf.stage.advance(500);
        HandLink next = new HandLink("127.0.0.9:6346");
        leaf.join(next);

        assertThat(next.take(IndexBatch.class)).extracting(IndexBatch::epoch).containsExactly(2L);
    }

    @Test
    void anotherDigestBringsANewSnapshotOnceAMinute() {
        Leaf leaf = joinedLeafWith(3);
        leaf.supernode.sent.clear();

        leaf.stage.engine.onMessage(leaf.supernode, status(Status.OK, 1, 1, 3, leaf.digest()));
        assertThat(leaf.supernode.take(IndexBatch.class)).isEmpty();
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.OK, 1, 1, 3, leaf.digest() + 1));
        assertThat(leaf.supernode.take(IndexBatch.class))
                .extracting(IndexBatch::epoch)
                .containsExactly(2L);
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.RESYNC, 2, 1, 0, 0));
        assertThat(leaf.supernode.take(IndexBatch.class)).as("too soon").isEmpty();

        leaf.supernode.sent.clear();
        leaf.stage.advanceTalking(59_999, leaf.supernode);
        assertThat(leaf.supernode.take(IndexBatch.class)).as("still too soon").isEmpty();
        leaf.stage.advance(1);
        assertThat(leaf.supernode.take(IndexBatch.class))
                .as("put off, not forgotten")
                .extracting(IndexBatch::epoch)
                .containsExactly(3L);
    }

    @Test
    void aStatusThatAgreesMakesANewSnapshotNeedless() {
        Leaf leaf = joinedLeafWith(3);
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.RESYNC, 1, 1, 0, 0));
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.RESYNC, 1, 1, 0, 0));
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.OK, 2, 1, 3, leaf.digest()));
        leaf.supernode.sent.clear();

        leaf.stage.advanceTalking(100_000, leaf.supernode);

        assertThat(leaf.supernode.take(IndexBatch.class)).isEmpty();
    }

    @Test
    void aSupernodeThatRefusesIsLeftAloneForAMinuteAndThenForTwo() {
        Leaf leaf = joinedLeafWith(3);
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.REFUSED_LIMIT, 1, 0, 0, 0));
        leaf.stage.engine.onMessage(leaf.supernode, status(Status.RESYNC, 1, 0, 0, 0));
        assertThat(leaf.stage.events).containsOnlyOnce("publication refused");
        leaf.supernode.sent.clear();

        leaf.stage.engine.filesChanged(ImmutableList.of(new IndexRecord.Remove(0)));
        leaf.stage.advanceTalking(59_999, leaf.supernode);
        assertThat(leaf.supernode.take(IndexBatch.class)).isEmpty();
        leaf.stage.advance(1);
        assertThat(leaf.supernode.take(IndexBatch.class))
                .extracting(IndexBatch::epoch)
                .containsExactly(2L);

        leaf.stage.engine.onMessage(leaf.supernode, status(Status.REFUSED_LIMIT, 1, 0, 0, 0));
        leaf.supernode.sent.clear();
        leaf.stage.advanceTalking(119_999, leaf.supernode);
        assertThat(leaf.supernode.take(IndexBatch.class)).isEmpty();
        leaf.stage.advance(1);
        assertThat(leaf.supernode.take(IndexBatch.class)).hasSize(1);
    }

    @Test
    void changesKeepTheSamePaceAsTheSnapshotBeforeThem() {
        Leaf leaf = joinedLeafWith(0);
        leaf.supernode.sent.clear();
        for (int i = 0; i < 200; i++) {
            leaf.stage.engine.filesChanged(ImmutableList.of(new IndexRecord.Remove(i)));
        }
        assertThat(leaf.supernode.take(IndexBatch.class)).hasSize(77);

        leaf.stage.advance(1_000);
        assertThat(leaf.supernode.take(IndexBatch.class))
                .as("one batch has all")
                .hasSize(1);
    }

    @Test
    void whatChangesBeforeTheFirstBatchFindsRoomIsToldToo() {
        Leaf leaf = new Leaf(1);
        leaf.supernode.room = 1_000;
        leaf.join();
        leaf.stage.engine.filesChanged(ImmutableList.of(new IndexRecord.Remove(0)));

        leaf.supernode.room = 98_304;
        leaf.stage.advance(50);

        assertThat(leaf.supernode.take(IndexBatch.class).get(1).records())
                .hasToString(ImmutableList.of(new IndexRecord.Remove(0)).toString());
    }

    /** As a scan finds them, at a pace that a supernode takes on the internet. */
    @Test
    void ofAHundredThousandFilesThatAppearInSlicesEachIsToldOnce() {
        Leaf leaf = joinedLeafWith(0);
        ImmutableList<IndexRecord.Add> all = records(100_000);
        for (int from = 0; from < all.size(); from += 100) {
            leaf.stage.published = all.subList(0, from + 100);
            leaf.stage.engine.filesChanged(all.subList(from, from + 100));
            leaf.stage.advance(3);
        }
        leaf.stage.advanceTalking(60_000, leaf.supernode);

        List<IndexBatch> batches = leaf.supernode.take(IndexBatch.class);
        assertThat(batches).extracting(IndexBatch::epoch).containsOnly(1L);
        assertThat(batches.stream().mapToLong(batch -> batch.records().size()).sum())
                .isEqualTo(100_000);
    }

    @Test
    void theFirst78BatchesGoAtOnceAndThenSevenASecond() {
        Leaf leaf = joinedLeafWith(256 * 90);
        int sent = leaf.supernode.take(IndexBatch.class).size();
        assertThat(sent).isEqualTo(78);

        leaf.stage.advance(1_000);
        assertThat(leaf.supernode.take(IndexBatch.class)).hasSize(7);
        leaf.stage.advance(10_000);
        assertThat(leaf.supernode.take(IndexBatch.class)).hasSize(5);
    }

    @Test
    void aFullLinkIsWaitedFor() {
        Leaf leaf = new Leaf(300);
        leaf.supernode.room = 1_000;
        leaf.join();
        assertThat(leaf.supernode.take(IndexBatch.class)).isEmpty();

        leaf.supernode.room = 98_304;
        leaf.stage.advance(50);
        assertThat(leaf.supernode.take(IndexBatch.class)).hasSize(2);
    }

    private static Leaf joinedLeafWith(int files) {
        Leaf leaf = new Leaf(files);
        leaf.join();
        return leaf;
    }

    private static ImmutableList<IndexRecord.Add> records(int count) {
        ImmutableList.Builder<IndexRecord.Add> records = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            Bytes name = Bytes.ofUtf8("file " + i + ".txt");
            records.add(new IndexRecord.Add(i, 10, new Sha1(i, 0, 0), null, false, name));
        }
        return records.build();
    }

    private static IndexStatus status(Status status, long epoch, long seq, long held, long digest) {
        return new IndexStatus(Stage.guid(1), 1, 0, epoch, seq, status, held, digest);
    }

    /** A leaf with so many files, and the supernode that it dials. */
    private static final class Leaf {
        final Stage stage = new Stage(Role.LEAF);
        final HandLink supernode = new HandLink("127.0.0.9:6346");

        Leaf(int files) {
            stage.published = records(files);
        }

        void join() {
            stage.engine.connect(supernode.remote());
            join(supernode);
        }

        void join(HandLink link) {
            stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
            stage.engine.onMessage(
                    link, praline.protocol.gnutella.Handshake.answer(200, "OK", Stage.headers(Role.SUPERNODE, 9)));
        }

        long digest() {
            long digest = 0;
            for (IndexRecord.Add record : stage.published) {
                digest ^= record.digest();
            }
            return digest;
        }
    }
}
