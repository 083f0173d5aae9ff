package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.LinkEngine;
import praline.protocol.Bytes;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** How queries go on and hits go back, with one engine and links played by hand. */
class QueriesTest {

    @Test
    void aQueryGoesToAllNeighboursButTheOneItCameFrom() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink left = stage.join(Role.FLAT);
        HandLink right = stage.join(Role.FLAT);

        stage.engine.onMessage(source, Stage.query(1, 5, 1));

        assertThat(source.take(Query.class)).isEmpty();
        for (HandLink neighbour : List.of(left, right)) {
            assertThat(neighbour.take(Query.class)).containsExactly(Stage.query(1, 4, 2));
        }
    }

    @Test
    void aQueryIsTakenOnceAndItsCopiesAreDuplicates() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);

        stage.engine.onMessage(source, Stage.query(1, 5, 0));
        stage.engine.onMessage(other, Stage.query(1, 5, 0));
        stage.engine.onMessage(source, Stage.query(1, 7, 0));

        assertThat(other.take(Query.class)).hasSize(1);
        assertThat(source.take(Query.class)).isEmpty();
        assertThat(stage.engine.counters().messages(Direction.IN, Cause.QUERY)).isEqualTo(1);
        assertThat(stage.engine.counters().messages(Direction.IN, Cause.DUPLICATE))
                .isEqualTo(2);
    }

    @Test
    void aSupernodePassesACopyThatMayTravelFartherOnOnceMore() {
        Stage stage = new Stage(Role.SUPERNODE);
        stage.matches = records(1);
        HandLink first = stage.join(Role.SUPERNODE);
        HandLink second = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);
        HandLink leaf = stage.join(Role.LEAF);

        stage.engine.onMessage(first, Stage.query(1, 2, 1));
        assertThat(other.take(Query.class)).containsExactly(Stage.query(1, 1, 2));
        second.sent.clear();
        first.sent.clear();
        stage.engine.onMessage(second, Stage.query(1, 3, 1));
        stage.engine.onMessage(second, Stage.query(1, 4, 1));
        stage.engine.onMessage(other, Stage.query(1, 4, 1));

        assertThat(other.take(Query.class)).as("once more, not again").containsExactly(Stage.query(1, 2, 2));
        assertThat(first.sent).as("never back, not answered again").isEmpty();
        assertThat(second.sent).isEmpty();
        assertThat(leaf.sent).isEmpty();
        stage.engine.onMessage(other, Stage.hit(Stage.query(1, 1, 0), 4, 0));
        assertThat(first.take(QueryHit.class))
                .as("hits go where the first copy came from")
                .hasSize(1);
    }

    @Test
    void whatCameWithItsLastHopMayStillGoOnTwice() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink source = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);

        for (int ttl = 1; ttl <= 4; ttl++) {
            stage.engine.onMessage(source, Stage.query(1, ttl, 0));
        }

        assertThat(other.take(Query.class)).containsExactly(Stage.query(1, 1, 1), Stage.query(1, 2, 1));
    }

    @Test
    void whatThisNodeAskedItselfIsNeverPassedOn() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink source = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);
        stage.engine.search(new Search("praline", null, 1, Search.Spread.FLOOD));
        Query own = other.take(Query.class).get(0);

        stage.engine.onMessage(source, own.withHops(3, 1));

        assertThat(other.take(Query.class)).isEmpty();
    }

    @Test
    void lookingAheadChangesNothing() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);
        HandLink stranger = new HandLink("127.0.0.9:40000");
        stage.engine.onLinkOpen(stranger, 0);

        for (int step = 0; step < LinkEngine.PREVIEW_STEPS; step++) {
            for (HandLink link : List.of(source, stranger)) {
                stage.engine.preview(link, Stage.query(1, 5, 1), step);
                stage.engine.preview(link, Handshake.greeting(Headers.NONE), step);
            }
        }

        assertThat(other.sent).isEmpty();
        stage.engine.onMessage(source, Stage.query(1, 5, 1));
        assertThat(other.take(Query.class)).containsExactly(Stage.query(1, 4, 2));
        assertThat(stage.engine.counters().messages(Direction.IN, Cause.QUERY)).isEqualTo(1);
    }

    @Test
    void aQueryWithItsLastHopIsAnsweredAndStaysHere() {
        Stage stage = new Stage(Role.FLAT);
        stage.matches = records(1);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);

        stage.engine.onMessage(source, Stage.query(1, 1, 3));

        assertThat(other.take(Query.class)).isEmpty();
        List<QueryHit> hits = source.take(QueryHit.class);
        assertThat(hits).hasSize(1);
        assertThat(hits.get(0).ttl()).isGreaterThanOrEqualTo(4);
        assertThat(hits.get(0).hops()).isZero();
    }

    @Test
    void aHitCarriesAtMostTenRecordsAndManyMakeSeveralHits() {
        Stage stage = new Stage(Role.FLAT);
        stage.matches = records(25);
        HandLink source = stage.join(Role.FLAT);

        stage.engine.onMessage(source, Stage.query(1, 1, 0));

        List<QueryHit> hits = source.take(QueryHit.class);
        assertThat(hits).extracting(hit -> hit.records().size()).containsExactly(10, 10, 5);
    }

    @Test
    void aHitGoesBackTheWayItsQueryCame() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink left = stage.join(Role.FLAT);
        HandLink right = stage.join(Role.FLAT);
        Query query = Stage.query(1, 5, 0);
        stage.engine.onMessage(source, query);

        stage.engine.onMessage(left, Stage.hit(query, 4, 2));

        assertThat(source.take(QueryHit.class)).containsExactly(Stage.hit(query, 3, 3));
        assertThat(right.take(QueryHit.class)).isEmpty();
    }

    @Test
    void aHitOffThePathIsDropped() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);
        Query query = Stage.query(1, 5, 0);
        stage.engine.onMessage(source, query);
        HandLink late = stage.join(Role.FLAT);
        Query worn = Stage.query(2, 1, 0);
        stage.engine.onMessage(source, worn);
        source.sent.clear();

        stage.engine.onMessage(source, Stage.hit(query, 4, 0)); // from where the query came
        stage.engine.onMessage(late, Stage.hit(query, 4, 0)); // joined after the query had passed
        stage.engine.onMessage(other, Stage.hit(worn, 4, 0)); // was never passed on
        stage.engine.onMessage(other, Stage.hit(Stage.query(9, 1, 0), 4, 0)); // no such query

        assertThat(source.take(QueryHit.class)).isEmpty();
        assertThat(stage.engine.limitHits().all())
                .containsEntry("dropped.hitOffPath", 3L)
                .containsEntry("dropped.hitWithoutRoute", 1L);
    }

    @Test
    void aLeafPassesNothingOnButAnswers() {
        Stage stage = new Stage(Role.LEAF);
        stage.matches = records(1);
        HandLink supernode = dialledSupernode(stage);
        supernode.sent.clear();

        stage.engine.onMessage(supernode, Stage.query(1, 3, 1));

        assertThat(supernode.take(QueryHit.class)).hasSize(1);
    }

    @Test
    void aLeafThatRelaysIsShownOut() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink leaf = stage.join(Role.LEAF);

        stage.engine.onMessage(leaf, Stage.query(1, 3, 1));

        assertThat(leaf.take(Bye.class)).extracting(Bye::code).containsExactly(414);
        assertThat(leaf.closed).isNotNull();
    }

    @Test
    void tenMessagesFromTooFarEndANearLink() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);

        for (int i = 0; i < 9; i++) {
            stage.engine.onMessage(source, Stage.query(i, 16, 0));
        }
        assertThat(source.closed).isNull();
        stage.engine.onMessage(source, Stage.query(9, 16, 0));

        assertThat(source.take(Bye.class)).extracting(Bye::code).containsExactly(403);
        assertThat(other.take(Query.class)).isEmpty();
    }

    @Test
    void supernodesFloodAmongThemselvesAndNotToLeaves() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink asker = stage.join(Role.LEAF);
        HandLink otherLeaf = stage.join(Role.LEAF);
        HandLink supernode = stage.join(Role.SUPERNODE);

        stage.engine.onMessage(asker, Stage.query(1, 4, 0));

        assertThat(supernode.take(Query.class)).containsExactly(Stage.query(1, 3, 1));
        assertThat(otherLeaf.take(Query.class)).isEmpty();
    }

    @Test
    void aFullLinkGetsHitsWhenItGetsNoQueriesAnyMore() {
        Stage stage = new Stage(Role.FLAT);
        stage.matches = records(1);
        HandLink source = stage.join(Role.FLAT);
        HandLink full = stage.join(Role.FLAT);
        full.room = 15 * 1024;

        stage.engine.onMessage(source, Stage.query(1, 5, 0));
        assertThat(full.take(Query.class)).isEmpty();
        stage.engine.onMessage(full, Stage.query(2, 1, 0));
        assertThat(full.take(QueryHit.class)).hasSize(1);
    }

    @Test
    void queriesFromFarAreDroppedBeforeQueriesFromNear() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink full = stage.join(Role.FLAT);
        full.room = 24 * 1024;

        stage.engine.onMessage(source, Stage.query(1, 3, 4));
        stage.engine.onMessage(source, Stage.query(2, 3, 0));

        assertThat(full.take(Query.class)).containsExactly(Stage.query(2, 2, 1));
    }

    @Test
    void aLinkThatCouldNotTakeTheAnswersHasItsQueriesDropped() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);
        source.room = 1024;

        stage.engine.onMessage(source, Stage.query(1, 5, 0));

        assertThat(other.take(Query.class)).isEmpty();
        assertThat(stage.engine.limitHits().all()).containsEntry("dropped.queryOfFullLink", 1L);
    }

    @Test
    void hitsOfAWellAnsweredQueryAreDroppedFirst() {
        Stage stage = new Stage(Role.FLAT);
        HandLink source = stage.join(Role.FLAT);
        HandLink responder = stage.join(Role.FLAT);
        Query popular = Stage.query(1, 5, 0);
        Query rare = Stage.query(2, 5, 0);
        stage.engine.onMessage(source, popular);
        stage.engine.onMessage(source, rare);
        for (int i = 0; i < 100; i++) {
            stage.engine.onMessage(responder, Stage.hit(popular, 5, 0));
        }
        assertThat(source.take(QueryHit.class)).hasSize(100);
        source.room = 10 * 1024;

        stage.engine.onMessage(responder, Stage.hit(popular, 5, 0));
        stage.engine.onMessage(responder, Stage.hit(rare, 5, 0));

        assertThat(source.take(QueryHit.class)).containsExactly(Stage.hit(rare, 4, 1));
    }

    private static HandLink dialledSupernode(Stage stage) {
        return JoiningTest.dialled(stage, Role.SUPERNODE, 9);
    }

    private static ImmutableList<HitRecord> records(int count) {
        ImmutableList.Builder<HitRecord> records = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            records.add(new HitRecord(i, 1, Bytes.ofUtf8("praline " + i), Bytes.EMPTY));
        }
        return records.build();
    }
}
