package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** Searches of the node's own user: whom they ask, when they ask again, and which hits reach the user. */
class AskingTest {

    private static final Search FLOOD = new Search("praline", null, 7, Search.Spread.FLOOD);
    private static final Search RINGS = new Search("praline", null, 3, Search.Spread.EXPANDING_RING);

    @Test
    void aFlatPeerAsksAllItsNeighboursWithTheWholeTtl() {
        Stage stage = new Stage(Role.FLAT);
        HandLink left = stage.join(Role.FLAT);
        HandLink right = stage.join(Role.FLAT);

        stage.engine.search(FLOOD);

        Query query = left.take(Query.class).get(0);
        assertThat(query.ttl()).isEqualTo(7);
        assertThat(query.hops()).isZero();
        assertThat(query.text().utf8()).isEqualTo("praline");
        assertThat(right.take(Query.class)).containsExactly(query);
    }

    @Test
    void aHitReachesTheUserAndACopyOfTheQueryIsADuplicate() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        HandLink other = stage.join(Role.FLAT);
        stage.engine.search(FLOOD);
        Query query = link.take(Query.class).get(0);
        other.sent.clear();

        stage.engine.onMessage(link, query.withHops(5, 2));
        QueryHit hit = Stage.hit(query, 3, 2);
        stage.engine.onMessage(link, hit);

        assertThat(other.sent).isEmpty();
        assertThat(stage.heard).containsExactly(hit);
    }

    @Test
    void hitsOfAnEndedSearchAreDropped() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        long search = stage.engine.search(FLOOD);
        Query query = link.take(Query.class).get(0);

        stage.engine.endSearch(search);
        stage.engine.onMessage(link, Stage.hit(query, 3, 2));

        assertThat(stage.heard).isEmpty();
    }

    @Test
    void aRingGrowsWhenTheLastHasBeenQuietForTwiceItsHopTimes() {
        Stage stage = new Stage(Role.FLAT); // a hop takes 100 ms here
        HandLink link = stage.join(Role.FLAT);
        stage.engine.search(RINGS);
        Query first = link.take(Query.class).get(0);
        assertThat(first.ttl()).isEqualTo(1);

        stage.advance(199);
        assertThat(link.take(Query.class)).isEmpty();
        stage.advance(1);
        Query second = link.take(Query.class).get(0);
        assertThat(second.ttl()).isEqualTo(2);
        assertThat(second.guid()).isNotEqualTo(first.guid());
        stage.advance(400);
        assertThat(link.take(Query.class)).extracting(Query::ttl).containsExactly(3);
        stage.advance(600);
        assertThat(link.take(Query.class)).isEmpty();
        assertThat(stage.events).contains("quiet 1");
    }

    @Test
    void aRingThatBroughtAHitIsTheLast() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        stage.engine.search(RINGS);
        Query first = link.take(Query.class).get(0);

        stage.engine.onMessage(link, Stage.hit(first, 3, 0));
        stage.advance(10_000);

        assertThat(link.take(Query.class)).isEmpty();
        assertThat(stage.events).contains("quiet 1");
    }

    @Test
    void aLeafAsksOneSupernodeAndAnotherWhenNoAnswerComes() {
        Stage stage = new Stage(Role.LEAF);
        HandLink first = JoiningTest.dialled(stage, Role.SUPERNODE, 9);
        HandLink second = acceptAnother(stage);
        second.room = 1_000_000;

        stage.engine.search(FLOOD);
        assertThat(second.take(Query.class)).hasSize(1);
        assertThat(first.take(Query.class)).isEmpty();
        stage.advance(5_000);
        assertThat(first.take(Query.class)).hasSize(1);
    }

    @Test
    void aLeafAsksAnotherSupernodeAtOnceWhenTheFirstDies() {
        Stage stage = new Stage(Role.LEAF);
        HandLink first = JoiningTest.dialled(stage, Role.SUPERNODE, 9);
        HandLink second = acceptAnother(stage);
        second.room = 1_000_000;
        stage.engine.search(FLOOD);

        stage.engine.onLinkClosed(second, CloseReason.RESET);
        stage.advance(0);

        assertThat(first.take(Query.class)).hasSize(1);
    }

    @Test
    void aSearchWithoutNeighboursWaitsForTheFirst() {
        Stage stage = new Stage(Role.FLAT);
        stage.engine.search(FLOOD);

        HandLink link = stage.join(Role.FLAT);
        stage.advance(1_000);

        assertThat(link.take(Query.class)).hasSize(1);
    }

    @Test
    void aHashQueryWithoutWordsSaysSoAndCarriesTheUrn() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        Sha1 sha1 = new Sha1(1, 2, 3);

        stage.engine.search(new Search("", sha1, 7, Search.Spread.FLOOD));

        Query query = link.take(Query.class).get(0);
        assertThat(query.text().utf8()).isEqualTo("\\");
        assertThat(query.extensions().utf8()).isEqualTo("urn:sha1:" + sha1.base32());
    }

    @Test
    void aLeafWithoutAnAnswerKeepsAskingSupernodesThatAreNew() {
        Stage stage = new Stage(Role.LEAF);
        HandLink only = JoiningTest.dialled(stage, Role.SUPERNODE, 9);
        stage.engine.search(FLOOD);
        assertThat(only.take(Query.class)).hasSize(1);
        stage.advance(60_000);
        assertThat(only.take(Query.class)).as("asked once").isEmpty();

        HandLink fresh = acceptAnother(stage);
        stage.advance(5_000);

        assertThat(fresh.take(Query.class)).hasSize(1);
    }

    @Test
    void aSupernodeLooksIntoItsOwnIndexOnceAndAfterTheCall() {
        Stage stage = new Stage(Role.SUPERNODE, OverlayLimits.STANDARD, new OneFileIndex());
        stage.join(Role.LEAF);

        stage.engine.search(FLOOD);
        assertThat(stage.heard).as("answers are later events").isEmpty();
        stage.advance(30_000);

        assertThat(stage.heard).hasSize(1);
        assertThat(stage.heard.get(0).servent()).isEqualTo(Stage.guid(2));
    }

    /** A second supernode: a leaf that wants one keeps another that it was told to connect to while it had none. */
    private static HandLink acceptAnother(Stage stage) {
        List<HandHost.Dial> before = List.copyOf(stage.host.dials);
        HandLink link = new HandLink("127.0.0.10:6346");
        stage.engine.adopt(link, Role.SUPERNODE);
        assertThat(stage.host.dials).isEqualTo(before);
        return link;
    }
}
