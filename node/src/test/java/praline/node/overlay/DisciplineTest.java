package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** What neighbours may not do, how much of it they may, and what becomes of those that go on. */
class DisciplineTest {

    private static final long FIRST_BAN_MILLIS = 300_000;

    @Test
    void whoSendsNonsenseOverAndOverIsBannedAndMayComeBackLater() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink bad = stage.join(Role.SUPERNODE);
        misbehave(stage, bad);

        assertThat(bad.take(Bye.class)).extracting(Bye::code).containsExactly(400);
        assertThat(statusFor(stage, 2)).isEqualTo(550);
        assertThat(statusFor(stage, 3))
                .as("in a laboratory it is a servent, not an address")
                .isEqualTo(200);
        stage.advance(FIRST_BAN_MILLIS - 1_000);
        assertThat(statusFor(stage, 2)).isEqualTo(550);
        stage.advance(FIRST_BAN_MILLIS / 2 + 2_000);
        assertThat(statusFor(stage, 2)).as("chance adds half at most").isEqualTo(200);
    }

    @Test
    void aRelapseIsPunishedTwiceAsLong() {
        Stage stage = new Stage(Role.SUPERNODE);
        misbehave(stage, stage.join(Role.SUPERNODE));
        stage.advance(2 * FIRST_BAN_MILLIS);
        HandLink again = new HandLink("127.0.0.2:40000");
        stage.engine.onLinkOpen(again, 0);
        stage.engine.onMessage(again, Handshake.greeting(Stage.headers(Role.SUPERNODE, 2)));
        stage.engine.onMessage(again, Handshake.answer(200, "OK", Headers.NONE));
        misbehave(stage, again);

        stage.advance(2 * FIRST_BAN_MILLIS - 1_000);
        assertThat(statusFor(stage, 2)).isEqualTo(550);
    }

    @Test
    void misdeedsFadeSoThatRareOnesNeverAddUp() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink clumsy = stage.join(Role.SUPERNODE);
        for (int i = 0; i < 15; i++) {
            stage.engine.onDefect(clumsy, Defect.TRUNCATED);
            stage.host.now += 600_000;
        }
        assertThat(clumsy.closed).isNull();
    }

    @Test
    void hitsThatNobodyAskedForAddUp() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink asker = stage.join(Role.SUPERNODE);
        Query query = Stage.query(1, 3, 0);
        stage.engine.onMessage(asker, query);
        HandLink late = stage.join(Role.SUPERNODE);

        for (int i = 0; i < 49; i++) {
            stage.engine.onMessage(late, Stage.hit(query, 3, 0));
        }
        assertThat(late.closed).isNull();
        stage.engine.onMessage(late, Stage.hit(query, 3, 0));
        assertThat(late.take(Bye.class)).extracting(Bye::code).containsExactly(412);
    }

    @Test
    void duplicatesOfOneLinkAddUpAndCopiesThatTravelFartherDoNot() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink repeating = stage.join(Role.SUPERNODE);
        HandLink probing = stage.join(Role.SUPERNODE);
        for (int i = 0; i < 110; i++) {
            stage.engine.onMessage(repeating, Stage.query(1, 3, 0));
            stage.engine.onMessage(probing, Stage.query(1_000 + i, 1, 0));
            stage.engine.onMessage(probing, Stage.query(1_000 + i, 3, 0));
        }
        assertThat(repeating.take(Bye.class)).extracting(Bye::code).containsExactly(401);
        assertThat(probing.closed).isNull();
    }

    @Test
    void theOnlyLinkMayRepeatItself() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink only = stage.join(Role.SUPERNODE);
        for (int i = 0; i < 500; i++) {
            stage.engine.onMessage(only, Stage.query(1, 3, 0));
        }
        assertThat(only.closed).isNull();
    }

    @Test
    void aMessageForNeighboursOnlyThatWasPassedOnIsBlamed() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink bad = stage.join(Role.SUPERNODE);
        for (int i = 0; i < 20; i++) {
            stage.engine.onMessage(bad, new Bye(Stage.guid(1), 4, 1, 200, Bytes.EMPTY));
        }
        assertThat(bad.closed).isEqualTo(CloseReason.BYE);
        assertThat(bad.take(Bye.class)).extracting(Bye::code).containsExactly(412);
    }

    @Test
    void aLeafAsksOnceASecondAndTenAtOnceAndWhatIsTooMuchIsDropped() {
        Stage stage = strict();
        HandLink leaf = stage.join(Role.LEAF);
        stage.matches = ImmutableList.of(new HitRecord(1, 1, Bytes.ofUtf8("a.txt"), Bytes.EMPTY));

        assertThat(answeredOf(stage, leaf, 0, 30)).isEqualTo(10);
        stage.advance(3_000);
        assertThat(answeredOf(stage, leaf, 100, 30)).isEqualTo(3);
        assertThat(leaf.closed).isNull();
    }

    @Test
    void aNeighbourBringsTwentyASecond() {
        Stage stage = strict();
        HandLink neighbour = stage.join(Role.SUPERNODE);
        stage.matches = ImmutableList.of(new HitRecord(1, 1, Bytes.ofUtf8("a.txt"), Bytes.EMPTY));

        assertThat(answeredOf(stage, neighbour, 0, 500)).isEqualTo(200);
        stage.advance(1_000);
        assertThat(answeredOf(stage, neighbour, 1_000, 500)).isEqualTo(20);
    }

    @Test
    void aLeafThatAsksTheSameWithinAMinuteIsNotHeard() {
        Stage stage = strict();
        HandLink leaf = stage.join(Role.LEAF);
        stage.matches = ImmutableList.of(new HitRecord(1, 1, Bytes.ofUtf8("a.txt"), Bytes.EMPTY));

        assertThat(answers(stage, leaf, text(1, "bassoon"))).isEqualTo(1);
        assertThat(answers(stage, leaf, text(2, "bassoon"))).isZero();
        assertThat(answers(stage, leaf, text(3, "oboe"))).isEqualTo(1);
        stage.advance(30_000);
        assertThat(answers(stage, leaf, text(4, "bassoon"))).isZero();
        stage.advance(30_000);
        assertThat(answers(stage, leaf, text(5, "bassoon"))).isEqualTo(1);
    }

    @Test
    void whatAsksForNothingOrForTooMuchIsNotPassedOn() {
        assertThat(QueryRules.isWorthRelaying(text(1, "a b c"))).isFalse();
        assertThat(QueryRules.isWorthRelaying(text(1, "* . ?"))).isFalse();
        assertThat(QueryRules.isWorthRelaying(text(1, ""))).isFalse();
        assertThat(QueryRules.isWorthRelaying(text(1, "ab"))).isTrue();
        assertThat(QueryRules.isWorthRelaying(text(1, "日"))).isTrue();
        assertThat(QueryRules.isWorthRelaying(text(1, "one two three four five six seven eight nine ten")))
                .isTrue();
        assertThat(QueryRules.isWorthRelaying(text(1, "one two three four five six seven eight nine ten eleven")))
                .isFalse();
        assertThat(QueryRules.isWorthRelaying(text(1, "ab".repeat(100)))).isTrue();
        assertThat(QueryRules.isWorthRelaying(text(1, "ab".repeat(101)))).isFalse();
        Bytes urn = Bytes.ofUtf8(Urn.sha1(Sha1.digestOf(new byte[] {1})).toString());
        assertThat(QueryRules.isWorthRelaying(new Query(Stage.guid(1), 3, 0, 0x8000, Bytes.ofUtf8("\\"), urn)))
                .as("a hash is a wish, too")
                .isTrue();
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink from = stage.join(Role.SUPERNODE);
        HandLink to = stage.join(Role.SUPERNODE);
        stage.engine.onMessage(from, text(1, "a"));
        stage.engine.onMessage(from, text(2, "ab"));
        assertThat(to.take(Query.class)).extracting(Query::guid).containsExactly(Stage.guid(2));
    }

    @Test
    void oneQueryIsPassedBackAThousandRecordsAndNoMore() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        Query query = Stage.query(1, 3, 0);
        stage.engine.onMessage(asker, query);

        for (int i = 0; i < 150; i++) {
            stage.engine.onMessage(answerer, hitOf(query, 10, 200 + i));
        }
        assertThat(asker.take(QueryHit.class)).hasSize(100);
    }

    @Test
    void aSearchTakesAThousandRecordsAHundredOfOneServent() {
        Stage stage = new Stage(Role.FLAT);
        HandLink neighbour = stage.join(Role.FLAT);
        stage.engine.search(new Search("praline", null, 7, Search.Spread.FLOOD));
        Query query = neighbour.take(Query.class).get(0);

        for (int i = 0; i < 30; i++) {
            stage.engine.onMessage(neighbour, hitOf(query, 10, 200));
        }
        assertThat(stage.heard).hasSize(10);
        for (int i = 0; i < 200; i++) {
            stage.engine.onMessage(neighbour, hitOf(query, 10, 300 + i));
        }
        assertThat(stage.heard).hasSize(100);
    }

    @Test
    void anotherBodyUnderAKnownGuidIsCounted() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink one = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);
        stage.engine.onMessage(one, text(1, "bassoon"));
        stage.engine.onMessage(other, text(1, "bassoon"));
        assertThat(differing(stage)).isNull();
        stage.engine.onMessage(other, text(1, "oboe"));
        assertThat(differing(stage)).isEqualTo(1);
    }

    private static Long differing(Stage stage) {
        return stage.engine.limitHits().all().get("dropped.guidSameBodyDiffers");
    }

    private static void misbehave(Stage stage, HandLink link) {
        for (int i = 0; i < 10; i++) {
            assertThat(link.closed).isNull();
            stage.engine.onDefect(link, Defect.TRUNCATED);
        }
        assertThat(link.closed).isEqualTo(CloseReason.BYE);
    }

    private static int statusFor(Stage stage, int number) {
        HandLink link = new HandLink("127.0.0." + number + ":40009");
        stage.engine.onLinkOpen(link, 0);
        stage.engine.onMessage(link, Handshake.greeting(Stage.headers(Role.SUPERNODE, number)));
        int status = ((Handshake) link.sent.get(0)).status();
        stage.engine.onLinkClosed(link, CloseReason.RESET);
        return status;
    }

    private static Stage strict() {
        return new Stage(Role.SUPERNODE, OverlayLimits.with(Map.of()), null);
    }

    private static int answeredOf(Stage stage, HandLink link, int first, int count) {
        int answered = 0;
        for (int i = first; i < first + count; i++) {
            answered += answers(stage, link, text(i, "word" + i));
        }
        return answered;
    }

    private static int answers(Stage stage, HandLink link, Query query) {
        link.sent.clear();
        stage.engine.onMessage(link, query);
        List<QueryHit> hits = link.take(QueryHit.class);
        return hits.size();
    }

    private static Query text(int number, String words) {
        return new Query(Stage.guid(number), 3, 0, 0x8000, Bytes.ofUtf8(words), Bytes.EMPTY);
    }

    private static QueryHit hitOf(Query query, int records, int servent) {
        ImmutableList.Builder<HitRecord> all = ImmutableList.builder();
        for (int i = 0; i < records; i++) {
            all.add(new HitRecord(i, 100, Bytes.ofUtf8("praline " + i), Bytes.EMPTY));
        }
        Endpoint sharer = Stage.SELF;
        Guid guid = Stage.guid(servent);
        return new QueryHit(query.guid(), 3, 0, sharer, 1, all.build(), Bytes.EMPTY, guid);
    }
}
