package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Urn;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpPatches;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** What a supernode does with the tables that leaves and neighbours send it (spec/gnutella.md 9.4, 9.5 and 3.3). */
class QueryRoutingTest {

    private final Stage stage = new Stage(Role.SUPERNODE);
    private final HandLink source = stage.join(Role.SUPERNODE);

    @Test
    void aQueryGoesToTheLeavesWhoseTablesAskForIt() {
        HandLink zanzibar = leaf("zanzibar sonata.bin");
        HandLink marimba = leaf("marimba etude.bin");
        HandLink silent = stage.join(Role.LEAF);

        stage.engine.onMessage(source, query(1, "zanzibar", 1, 2));

        assertThat(zanzibar.take(Query.class)).containsExactly(query(1, "zanzibar", 1, 3));
        assertThat(marimba.take(Query.class)).isEmpty();
        assertThat(silent.take(Query.class)).isEmpty();
        stage.engine.onMessage(source, query(2, "BIN", 5, 0));
        assertThat(zanzibar.take(Query.class)).containsExactly(query(2, "BIN", 1, 1));
        assertThat(marimba.take(Query.class)).hasSize(1);
    }

    @Test
    void aLeafsQueryGoesToOtherLeavesAndNotBack() {
        HandLink asking = leaf("zanzibar one");
        HandLink other = leaf("zanzibar two");

        stage.engine.onMessage(asking, query(1, "zanzibar", 4, 0));

        assertThat(asking.take(Query.class)).isEmpty();
        assertThat(other.take(Query.class)).containsExactly(query(1, "zanzibar", 1, 1));
    }

    @Test
    void aHashAloneFindsTheLeafWhoseTableHasIt() {
        HandLink leaf = leaf("zanzibar");
        Bytes urn = Bytes.ofUtf8(Urn.sha1(TableTalk.CONTENT).toString());

        stage.engine.onMessage(source, new Query(Stage.guid(5), 1, 0, 0x8000, Bytes.ofUtf8("\\"), urn));

        assertThat(leaf.take(Query.class)).hasSize(1);
    }

    @Test
    void aUsersOwnQueryGoesDownAsWell() {
        HandLink leaf = leaf("zanzibar");

        stage.engine.search(new Search("zanzibar", null, 4, Search.Spread.FLOOD));

        Query asked = leaf.take(Query.class).get(0);
        assertThat(asked.ttl()).isEqualTo(1);
        stage.engine.onMessage(leaf, Stage.hit(asked, 4, 0));
        assertThat(stage.heard).hasSize(1);
    }

    @Test
    void aHitComesBackOnlyFromALeafThatWasAsked() {
        HandLink zanzibar = leaf("zanzibar");
        HandLink marimba = leaf("marimba");
        Query query = query(1, "zanzibar", 1, 0);
        stage.engine.onMessage(source, query);

        stage.engine.onMessage(marimba, Stage.hit(query, 4, 0));
        assertThat(source.take(QueryHit.class)).isEmpty();
        assertThat(stage.engine.limitHits().all()).containsEntry("dropped.hitOffPath", 1L);
        stage.engine.onMessage(zanzibar, Stage.hit(query, 4, 0));
        assertThat(source.take(QueryHit.class)).containsExactly(Stage.hit(query, 3, 1));
    }

    @Test
    void aLeafThatPublishesItsFilesIsAskedNoMore() {
        Stage indexing = new Stage(Role.SUPERNODE, Stage.LIMITS, new OneFileIndex());
        HandLink asking = indexing.join(Role.SUPERNODE);
        HandLink leaf = indexing.join(Role.LEAF);
        TableTalk talk = new TableTalk(indexing, leaf);
        talk.send("zanzibar");
        indexing.engine.onMessage(asking, query(1, "zanzibar", 1, 0));
        assertThat(leaf.take(Query.class)).hasSize(1);

        indexing.engine.onMessage(leaf, new IndexBatch(Guid.ZERO, 1, 0, 1, 1, true, true, ImmutableList.of()));
        talk.send("zanzibar");
        indexing.engine.onMessage(asking, query(2, "zanzibar", 1, 0));

        assertThat(leaf.take(Query.class)).isEmpty();
        assertThat(asking.take(QueryHit.class)).as("it is answered for").isNotEmpty();
    }

    @Test
    void aLeafThatWantsNearQueriesOnlyGetsThose() {
        HandLink leaf = leaf("zanzibar");
        LinkState state = (LinkState) leaf.attachment();
        state.conduct().hopsFlow = 2;

        stage.engine.onMessage(source, query(1, "zanzibar", 1, 1));
        assertThat(leaf.take(Query.class)).isEmpty();
        stage.engine.onMessage(source, query(2, "zanzibar", 1, 0));
        assertThat(leaf.take(Query.class)).hasSize(1);
    }

    @Test
    void theLastHopIsTakenOnlyToNeighboursThatWantIt() {
        HandLink matching = neighbour("zanzibar");
        HandLink other = neighbour("marimba");
        HandLink silent = stage.join(Role.SUPERNODE, TableTalk.ROUTES_LAST_HOP);
        List<HandLink> all = List.of(matching, other, silent);

        stage.engine.onMessage(source, query(1, "zanzibar", 1, 0));
        assertThat(all).allSatisfy(link -> assertThat(link.take(Query.class)).isEmpty());
        stage.engine.onMessage(source, query(2, "zanzibar", 2, 0));
        assertThat(matching.take(Query.class)).containsExactly(query(2, "zanzibar", 1, 1));
        assertThat(silent.take(Query.class)).containsExactly(query(2, "zanzibar", 1, 1));
        assertThat(other.take(Query.class)).isEmpty();
        stage.engine.onMessage(source, query(3, "zanzibar", 3, 0));
        assertThat(all).allSatisfy(link -> assertThat(link.take(Query.class)).hasSize(1));
    }

    @Test
    void aTableOfANeighbourThatAnnouncedNoneIsIgnored() {
        HandLink neighbour = stage.join(Role.SUPERNODE);
        new TableTalk(stage, neighbour).send("marimba");

        stage.engine.onMessage(source, query(1, "zanzibar", 2, 0));

        assertThat(neighbour.take(Query.class)).hasSize(1);
    }

    @Test
    void aTableCountsFromItsLastPatchOn() {
        HandLink leaf = stage.join(Role.LEAF);
        stage.engine.onMessage(leaf, QrpPatches.reset(Guid.ZERO, 16));
        QrpPatch whole = QrpPatches.between(QrpTable.empty(16), TableTalk.table("zanzibar"), Guid.ZERO)
                .get(0);
        Bytes data = whole.data();
        stage.engine.onMessage(leaf, new QrpPatch(Guid.ZERO, 1, 0, 1, 2, 1, 4, data.slice(0, 9)));
        stage.engine.onMessage(source, query(1, "zanzibar", 1, 0));
        assertThat(leaf.take(Query.class)).isEmpty();

        stage.engine.onMessage(leaf, new QrpPatch(Guid.ZERO, 1, 0, 2, 2, 1, 4, data.slice(9, data.size())));
        stage.engine.onMessage(source, query(2, "zanzibar", 1, 0));
        assertThat(leaf.take(Query.class)).hasSize(1);
    }

    @Test
    void aLeafThatChangesItsFilesGetsOtherQueries() {
        HandLink leaf = leaf("zanzibar");
        new TableTalk(stage, leaf).send(TableTalk.table("zanzibar"), TableTalk.table("marimba"));

        stage.engine.onMessage(source, query(1, "zanzibar", 1, 0));
        assertThat(leaf.take(Query.class)).isEmpty();
        stage.engine.onMessage(source, query(2, "marimba", 1, 0));
        assertThat(leaf.take(Query.class)).hasSize(1);
    }

    @Test
    void whoLiesInATableIsToldWhyAndShownOut() {
        HandLink leaf = stage.join(Role.LEAF);

        stage.engine.onMessage(leaf, new QrpPatch(Guid.ZERO, 1, 0, 1, 1, 0, 4, Bytes.EMPTY));

        Bye bye = leaf.take(Bye.class).get(0);
        assertThat(bye.code()).isEqualTo(413);
        assertThat(bye.text().utf8()).startsWith("QRP PATCH before RESET");
        assertThat(leaf.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void whoLeavesATableHalfDoneIsShownOutInTime() {
        HandLink leaf = stage.join(Role.LEAF);
        stage.engine.onMessage(leaf, QrpPatches.reset(Guid.ZERO, 16));
        stage.engine.onMessage(leaf, new QrpPatch(Guid.ZERO, 1, 0, 1, 2, 0, 4, Bytes.EMPTY));

        stage.advanceTalking(30_000, leaf);
        leaf("zanzibar");
        stage.advanceTalking(29_000, leaf);
        assertThat(leaf.closed).isNull();
        stage.advanceTalking(11_000, leaf);
        assertThat(leaf.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    /** The figures of spec/hardening.md R9. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.05, 1", "0.2, 0.53", "1, 0.02"})
    void theFullerATableTheLessItIsServed(double fill, double delivered) {
        assertThat(LeafTables.delivered(fill, 5)).isCloseTo(delivered, Offset.offset(0.005));
    }

    @Test
    void aTableFullOfOnesGetsFewOfManyQueries() {
        HandLink liar = stage.join(Role.LEAF);
        QrpTable.Builder ones = QrpTable.builder(QrpTable.OUR_BITS);
        for (int slot = 0; slot < 1 << QrpTable.OUR_BITS; slot++) {
            ones.addSlot(slot);
        }
        new TableTalk(stage, liar).send(QrpTable.empty(QrpTable.OUR_BITS), ones.build());

        for (int i = 0; i < 2_000; i++) {
            stage.engine.onMessage(source, query(i, "zanzibar", 1, 0));
        }

        assertThat(liar.take(Query.class)).as("of one second").hasSize(5);
        assertThat(stage.engine.limitHits().all())
                .containsKeys("limits.overlay.tableFillPercent", "limits.overlay.fullTableQueries");
    }

    @Test
    void tablesAreBounded() {
        OverlayLimits one = OverlayLimits.with(ImmutableMap.of("limits.overlay.leafTablesMax", 1L));
        Stage small = new Stage(Role.SUPERNODE, one, null);
        HandLink asking = small.join(Role.SUPERNODE);
        HandLink first = small.join(Role.LEAF);
        HandLink second = small.join(Role.LEAF);
        new TableTalk(small, first).send("zanzibar");
        new TableTalk(small, second).send("zanzibar");

        small.engine.onMessage(asking, query(1, "zanzibar", 1, 0));
        assertThat(first.take(Query.class)).hasSize(1);
        assertThat(second.take(Query.class)).isEmpty();

        small.engine.onLinkClosed(first, CloseReason.REMOTE_CLOSED);
        new TableTalk(small, second).send("zanzibar");
        small.engine.onMessage(asking, query(2, "zanzibar", 1, 0));
        assertThat(second.take(Query.class)).hasSize(1);
    }

    private HandLink leaf(String name) {
        HandLink link = stage.join(Role.LEAF);
        new TableTalk(stage, link).send(name);
        return link;
    }

    private HandLink neighbour(String name) {
        HandLink link = stage.join(Role.SUPERNODE, TableTalk.ROUTES_LAST_HOP);
        new TableTalk(stage, link).send(name);
        return link;
    }

    private static Query query(int number, String words, int ttl, int hops) {
        return new Query(Stage.guid(1_000 + number), ttl, hops, 0x8000, Bytes.ofUtf8(words), Bytes.EMPTY);
    }
}
