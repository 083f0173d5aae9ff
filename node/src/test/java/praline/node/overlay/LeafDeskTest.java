package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.LinkPurpose;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.QueryHit;

/** What a supernode does with its leaves' publications, and answers in their name. */
class LeafDeskTest {

    private static final Sha1 TORRENT = new Sha1(1, 2, 3);

    private final Stage stage = new Stage(Role.SUPERNODE, Stage.LIMITS, new OneFileIndex());

    @Test
    void theLastBatchOfASnapshotIsAnsweredAndOthersAreNot() {
        HandLink leaf = stage.join(Role.LEAF);
        stage.engine.onMessage(leaf, batch(true, false));
        assertThat(leaf.take(IndexStatus.class)).isEmpty();
        stage.engine.onMessage(leaf, batch(false, true));
        assertThat(leaf.take(IndexStatus.class)).extracting(IndexStatus::status).containsExactly(IndexStatus.Status.OK);
    }

    @Test
    void aBatchThatCannotBeReadIsRefusedAsMalformed() {
        HandLink leaf = stage.join(Role.LEAF);
        stage.engine.onDefect(leaf, Defect.BAD_INDEX_BATCH);
        assertThat(leaf.take(IndexStatus.class))
                .extracting(IndexStatus::status)
                .containsExactly(IndexStatus.Status.REFUSED_MALFORMED);
    }

    @Test
    void leavesHearEveryTenMinutesWhatIsHeldForThem() {
        HandLink leaf = stage.join(Role.LEAF);
        for (int minute = 0; minute < 10; minute++) {
            stage.engine.onMessage(leaf, Stage.query(minute, 1, 0)); // keeps the link alive
            stage.advance(30_000);
            stage.engine.onMessage(leaf, Stage.query(100 + minute, 1, 0));
            stage.advance(30_000);
        }
        assertThat(leaf.take(IndexStatus.class)).hasSize(1);
    }

    @Test
    void aLeafIsAnsweredForWithItsObservedAddressItsPortAndItsGuid() {
        HandLink asker = stage.join(Role.LEAF);
        HandLink sharer = stage.join(Role.LEAF);
        stage.engine.onMessage(asker, Stage.query(1, 4, 0));

        List<QueryHit> hits = asker.take(QueryHit.class);
        assertThat(hits).as("the asker's own files do not count").hasSize(1);
        assertThat(hits.get(0).endpoint()).isEqualTo(sharer.remote().withPort(6346));
        assertThat(hits.get(0).servent()).isEqualTo(Stage.guid(3));
    }

    @Test
    void aLeafThatIsGoneIsInNoAnswer() {
        HandLink asker = stage.join(Role.LEAF);
        HandLink sharer = stage.join(Role.LEAF);
        stage.engine.onLinkClosed(sharer, CloseReason.RESET);

        stage.engine.onMessage(asker, Stage.query(1, 4, 0));

        assertThat(asker.take(QueryHit.class)).isEmpty();
    }

    @Test
    void aLeafNeedsAPushUntilItWasDialledWithSuccess() {
        HandLink asker = stage.join(Role.LEAF);
        stage.engine.onDialFailed(stage.host.takeDial().ticket(), DialFailure.REFUSED);
        HandLink sharer = stage.join(Role.LEAF);
        HandHost.Dial probe = stage.host.takeDial();
        assertThat(probe.purpose()).isEqualTo(LinkPurpose.PROBE);
        assertThat(probe.to()).isEqualTo(sharer.remote().withPort(6346));

        stage.engine.onMessage(asker, Stage.query(1, 4, 0));
        assertThat(pushBit(asker)).isEqualTo(1);
        HandLink probed = new HandLink(probe.to().toString());
        stage.engine.onLinkOpen(probed, probe.ticket());
        assertThat(probed.closed).isEqualTo(CloseReason.FINISHED);
        stage.engine.onMessage(asker, Stage.query(2, 4, 0));
        assertThat(pushBit(asker)).isZero();
    }

    @Test
    void theTrackerHearsOfLeavesThatCanBeDialledForAsLongAsTheyAreHere() {
        HandLink leaf = stage.join(Role.LEAF);
        HandHost.Dial probe = stage.host.takeDial();
        assertThat(stage.engine.holders(TORRENT, 10)).as("not dialled yet").isEmpty();

        stage.engine.onLinkOpen(new HandLink(probe.to().toString()), probe.ticket());
        assertThat(stage.engine.holders(TORRENT, 10))
                .containsExactly(new LeafSources.Source(leaf.remote().withPort(6346), false));

        stage.engine.onLinkClosed(leaf, CloseReason.RESET);
        assertThat(stage.engine.holders(TORRENT, 10)).isEmpty();
    }

    private static int pushBit(HandLink asker) {
        return asker.take(QueryHit.class).get(0).trailer().at(5) & 1;
    }

    private static IndexBatch batch(boolean first, boolean last) {
        return new IndexBatch(Stage.guid(1), 1, 0, 1, 1, first, last, ImmutableList.of());
    }
}
