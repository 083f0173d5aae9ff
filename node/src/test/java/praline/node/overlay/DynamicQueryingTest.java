package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.QrpPatches;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorCall.QueryStatusRequest;
import praline.protocol.gnutella.VendorCall.QueryStatusResponse;

/** A supernode that asks its neighbours one by one, and a leaf that lets several do so (spec/gnutella.md 14.5). */
class DynamicQueryingTest {

    private static final int PROBE_WAIT = 3 * 5_200;
    private static final int WAIT = 3_700;
    private static final int GUIDED = 0x9032;
    private static final Search WORDS = new Search("praline", null, 4, Search.Spread.FLOOD);

    private final Stage stage = stage(Role.SUPERNODE, SearchMode.QUERY_ROUTING, Stage.LIMITS);

    @Test
    void threeNeighboursAreProbedAndThenOneAfterTheOtherIsAsked() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(5);

        stage.engine.onMessage(leaf, query(1));
        assertThat(asked(neighbours)).as("at once").isEqualTo("33300");
        stage.advance(PROBE_WAIT - 1);
        assertThat(asked(neighbours)).isEqualTo("00000");
        stage.advance(1);
        assertThat(asked(neighbours)).isEqualTo("00030");
        stage.advance(WAIT);
        assertThat(asked(neighbours)).isEqualTo("00003");
        stage.advance(600_000);
        assertThat(asked(neighbours)).as("nobody is left").isEqualTo("00000");
    }

    @Test
    void whatGoesOutHasOneHopMoreAndItsOwnTtl() {
        HandLink leaf = stage.join(Role.LEAF);
        HandLink neighbour = neighbours(1).get(0);

        stage.engine.onMessage(leaf, query(1));

        assertThat(neighbour.take(Query.class)).containsExactly(query(1).withHops(3, 1));
    }

    @Test
    void enoughResultsEndIt() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(5);
        stage.engine.onMessage(leaf, query(1));
        asked(neighbours);

        stage.engine.onMessage(neighbours.get(0), hit(query(1), 49));
        stage.advance(PROBE_WAIT);
        assertThat(asked(neighbours))
                .as("one is missing, which any neighbour has")
                .isEqualTo("00010");
        stage.engine.onMessage(neighbours.get(3), hit(query(1), 1));
        stage.advance(600_000);

        assertThat(asked(neighbours)).isEqualTo("00000");
        assertThat(leaf.take(QueryHit.class)).hasSize(2);
    }

    @Test
    void answersFromHereCountToo() {
        stage.matches = records(50);
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(3);

        stage.engine.onMessage(leaf, query(1));
        stage.advance(600_000);

        assertThat(asked(neighbours)).isEqualTo("000");
    }

    @Test
    void twoSourcesAreEnoughForAHash() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(5);
        Query byHash = new Query(
                Stage.guid(1_001),
                4,
                0,
                GUIDED,
                Bytes.ofUtf8("\\"),
                Bytes.ofUtf8("urn:sha1:" + new Sha1(1, 2, 3).base32()));
        stage.engine.onMessage(leaf, byHash);
        asked(neighbours);

        stage.engine.onMessage(neighbours.get(0), hit(byHash, 2));
        stage.advance(600_000);

        assertThat(asked(neighbours)).isEqualTo("00000");
    }

    @Test
    void aLeafThatIsGoneNeedsNoAnswers() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(5);
        stage.engine.onMessage(leaf, query(1));
        asked(neighbours);

        stage.engine.onLinkClosed(leaf, CloseReason.RESET);
        stage.advance(600_000);

        assertThat(asked(neighbours)).isEqualTo("00000");
    }

    @Test
    void aHitOfANeighbourThatWasNotAskedIsOffItsPath() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(5);
        stage.engine.onMessage(leaf, query(1));

        stage.engine.onMessage(neighbours.get(4), hit(query(1), 1));
        assertThat(leaf.take(QueryHit.class)).isEmpty();
        assertThat(stage.engine.limitHits().all()).containsEntry("dropped.hitOffPath", 1L);

        stage.advance(PROBE_WAIT + WAIT);
        stage.engine.onMessage(neighbours.get(4), hit(query(1), 1));
        assertThat(leaf.take(QueryHit.class)).hasSize(1);
    }

    @Test
    void aNeighbourThatJoinedLaterIsNotAskedForItsHitsWouldNotBeTaken() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(3);
        stage.engine.onMessage(leaf, query(1));
        asked(neighbours);

        HandLink late = neighbours(1).get(0);
        stage.advance(600_000);

        assertThat(late.take(Query.class)).isEmpty();
    }

    @Test
    void aLinkThatIsNearlyFullIsPassedOver() {
        HandLink leaf = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(2);
        neighbours.get(0).room = 10_000;

        stage.engine.onMessage(leaf, query(1));

        assertThat(asked(neighbours)).isEqualTo("03");
        assertThat(stage.engine.limitHits().all()).isEmpty();
    }

    @Test
    void aFifthQueryOfALeafEndsItsFirst() {
        HandLink leaf = stage.join(Role.LEAF);
        HandLink other = stage.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(4);
        stage.engine.onMessage(other, query(9));

        for (int number = 1; number <= 5; number++) {
            stage.engine.onMessage(leaf, query(number));
        }
        neighbours.get(3).sent.clear();
        stage.advance(PROBE_WAIT);

        assertThat(neighbours.get(3).take(Query.class))
                .extracting(Query::guid)
                .containsExactly(query(9).guid(), query(2).guid(), query(3).guid(), query(4).guid(), query(5).guid());
        assertThat(stage.engine.limitHits().all()).containsEntry("limits.overlay.dynamicQueriesPerLeafMax", 1L);
    }

    @Test
    void theOldestOfTooManyEndsAndTimeEndsAll() {
        OverlayLimits tight = OverlayLimits.with(
                Map.of("limits.overlay.dynamicQueriesMax", 1L, "limits.overlay.dynamicMillisMax", 20_000L));
        Stage small = stage(Role.SUPERNODE, SearchMode.QUERY_ROUTING, tight);
        HandLink first = small.join(Role.LEAF);
        HandLink second = small.join(Role.LEAF);
        List<HandLink> neighbours = neighbours(small, 9);

        small.engine.onMessage(first, query(1));
        small.engine.onMessage(second, query(2));
        asked(neighbours);
        small.advance(600_000);

        assertThat(neighbours.stream().flatMap(link -> link.take(Query.class).stream()))
                .as("of the second, after 15.6 and 19.3 s")
                .extracting(Query::guid)
                .containsExactly(query(2).guid(), query(2).guid());
        assertThat(small.engine.limitHits().all()).containsEntry("limits.overlay.dynamicQueriesMax", 1L);
    }

    @Test
    void aLeafIsAskedWhatItKeepsAndThatCounts() {
        HandLink leaf = stage.join(Role.LEAF, vendor());
        List<HandLink> neighbours = neighbours(9);
        stage.engine.onMessage(leaf, query(1));
        asked(neighbours);
        stage.engine.onMessage(neighbours.get(0), hit(query(1), 49));
        leaf.sent.clear();

        stage.advance(PROBE_WAIT);
        assertThat(calls(leaf)).containsExactly(new QueryStatusRequest());
        assertThat(asked(neighbours)).as("until it answers").isEqualTo("000000000");
        stage.engine.onMessage(leaf, status(query(1), 10));
        stage.advance(0);
        assertThat(asked(neighbours)).as("40 more are at 1,557 hosts").isEqualTo("000200000");

        stage.engine.onMessage(leaf, status(query(1), QueryStatusResponse.STOP));
        stage.advance(600_000);
        assertThat(asked(neighbours)).isEqualTo("000000000");
    }

    @Test
    void aLeafThatDoesNotAnswerHoldsNothingUpForLong() {
        HandLink leaf = stage.join(Role.LEAF, vendor());
        List<HandLink> neighbours = neighbours(4);
        stage.engine.onMessage(leaf, query(1));
        stage.engine.onMessage(neighbours.get(0), hit(query(1), 30));
        asked(neighbours);

        stage.advance(PROBE_WAIT + 40_000 - 1);
        assertThat(asked(neighbours)).isEqualTo("0000");
        stage.advance(1);
        assertThat(asked(neighbours)).isEqualTo("0002");
    }

    @Test
    void onlyTheLeafThatAsksGuidesItsQuery() {
        HandLink leaf = stage.join(Role.LEAF, vendor());
        HandLink other = stage.join(Role.LEAF, vendor());
        List<HandLink> neighbours = neighbours(4);
        stage.engine.onMessage(leaf, query(1));
        asked(neighbours);

        stage.engine.onMessage(other, status(query(1), QueryStatusResponse.STOP));
        stage.advance(PROBE_WAIT);

        assertThat(asked(neighbours)).isEqualTo("0003");
    }

    @Test
    void aForeignLeafOfASupernodeWithAnIndexIsServedLikeThat() {
        Stage indexed = new Stage(Role.SUPERNODE, Stage.LIMITS, new OneFileIndex());
        HandLink publisher = indexed.join(Role.LEAF);
        HandLink foreign = indexed.join(Role.LEAF);
        indexed.engine.onMessage(publisher, new IndexBatch(Stage.guid(1), 1, 0, 1, 1, true, true, ImmutableList.of()));
        List<HandLink> neighbours = neighbours(indexed, 5);

        indexed.engine.onMessage(publisher, query(1));
        assertThat(asked(neighbours)).as("a flood").isEqualTo("33333");
        indexed.engine.onMessage(foreign, query(2));
        assertThat(asked(neighbours)).isEqualTo("33300");
    }

    @Test
    void aSupernodesOwnSearchAsksUntilNobodyIsLeftAndThenIsQuiet() {
        List<HandLink> neighbours = neighbours(4);

        stage.engine.search(WORDS);
        assertThat(asked(neighbours)).isEqualTo("4440");
        stage.advance(PROBE_WAIT);
        assertThat(asked(neighbours)).isEqualTo("0004");
        assertThat(stage.events).doesNotContain("quiet 1");
        stage.advance(WAIT);
        assertThat(stage.events).contains("quiet 1");
    }

    @Test
    void aSupernodeWithoutNeighboursAsksItsLeavesOnce() {
        HandLink leaf = stage.join(Role.LEAF);
        stage.engine.onMessage(leaf, QrpPatches.reset(Guid.ZERO, QrpTable.OUR_BITS));
        QrpPatches.between(QrpTable.empty(QrpTable.OUR_BITS), TableTalk.table("praline"), Guid.ZERO)
                .forEach(patch -> stage.engine.onMessage(leaf, patch));

        stage.engine.search(WORDS);
        stage.advance(10_000);
        List<Query> queries = leaf.take(Query.class);
        assertThat(queries).hasSize(1);
        stage.engine.onMessage(leaf, hit(queries.get(0), 2));

        assertThat(stage.heard).hasSize(1);
    }

    @Test
    void aSearchThatTheUserEndedAsksNobodyMore() {
        List<HandLink> neighbours = neighbours(4);
        long search = stage.engine.search(WORDS);
        asked(neighbours);

        stage.engine.endSearch(search);
        stage.advance(600_000);

        assertThat(asked(neighbours)).isEqualTo("0000");
    }

    @Test
    void aLeafAsksAllItsSupernodesWithOneGuid() {
        Stage own = leafStage();
        List<HandLink> supernodes = adopted(own, 3);

        own.engine.search(WORDS);

        List<Query> queries = supernodes.stream()
                .flatMap(link -> link.take(Query.class).stream())
                .toList();
        assertThat(queries).hasSize(3).allSatisfy(query -> {
            assertThat(query).isEqualTo(queries.get(0));
            assertThat(query.ttl()).isEqualTo(4);
            assertThat(query.flags()).isEqualTo(GUIDED);
        });
        own.advance(600_000);
        assertThat(supernodes)
                .as("they go on asking")
                .allSatisfy(link -> assertThat(link.take(Query.class)).isEmpty());
    }

    @Test
    void aLeafTakesHitsFromEachOfThem() {
        Stage own = leafStage();
        List<HandLink> supernodes = adopted(own, 2);
        own.engine.search(WORDS);
        Query query = supernodes.get(0).take(Query.class).get(0);

        supernodes.forEach(link -> own.engine.onMessage(link, hit(query, 1)));

        assertThat(own.heard).hasSize(2);
    }

    @Test
    void aLeafSaysHowManyRecordsItKeepsAndWhenItWantsNoMore() {
        Stage own = leafStage();
        HandLink supernode = new HandLink("127.0.0.9:6346");
        own.engine.connect(supernode.remote());
        own.engine.onLinkOpen(supernode, own.host.takeDial().ticket());
        Headers headers = Stage.headers(Role.SUPERNODE, 9);
        own.engine.onMessage(supernode, Handshake.answer(200, "OK", with(headers, "Vendor-Message", "0.2")));
        long search = own.engine.search(WORDS);
        Query query = supernode.take(Query.class).get(0);
        own.engine.onMessage(supernode, hit(query, 7));
        own.engine.onMessage(supernode, hit(query, 3));

        own.engine.onMessage(supernode, new QueryStatusRequest().toVendor(query.guid()));
        assertThat(supernode.take(Vendor.class)).containsExactly(status(query, 10));
        own.engine.endSearch(search);
        assertThat(supernode.take(Vendor.class)).containsExactly(status(query, QueryStatusResponse.STOP));
        own.engine.onMessage(supernode, new QueryStatusRequest().toVendor(query.guid()));
        assertThat(supernode.take(Vendor.class)).containsExactly(status(query, QueryStatusResponse.STOP));
    }

    @Test
    void aLeafAsksAnewWhenAllThatItAskedAreGone() {
        Stage own = leafStage();
        List<HandLink> supernodes = adopted(own, 2);
        own.engine.search(WORDS);
        HandLink fresh = adopted(own, 1).get(0);

        own.engine.onLinkClosed(supernodes.get(0), CloseReason.RESET);
        own.advance(0);
        assertThat(fresh.take(Query.class)).as("the other still asks").isEmpty();
        own.engine.onLinkClosed(supernodes.get(1), CloseReason.RESET);
        own.advance(0);

        assertThat(fresh.take(Query.class)).hasSize(1);
    }

    private List<HandLink> neighbours(int count) {
        return neighbours(stage, count);
    }

    /** Each with a little less room than the one before, so that their order is known. */
    private static List<HandLink> neighbours(Stage stage, int count) {
        List<HandLink> neighbours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HandLink link = stage.join(
                    Role.SUPERNODE,
                    Headers.builder()
                            .add("X-Degree", "30")
                            .add("X-Ext-Probes", "0.1")
                            .build());
            link.room -= i;
            neighbours.add(link);
        }
        return neighbours;
    }

    private static Stage leafStage() {
        return stage(Role.LEAF, SearchMode.QUERY_ROUTING, Stage.LIMITS);
    }

    /** Without upkeep: links that the test leaves alone for long stay. */
    private static Stage stage(Role role, SearchMode mode, OverlayLimits limits) {
        OverlayConfig config =
                new OverlayConfig(role, Stage.SELF, Stage.SERVENT, Profile.LAB, 2, 1, mode, false, 100, limits);
        return new Stage(config, null);
    }

    private static List<HandLink> adopted(Stage stage, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    HandLink link = new HandLink(
                            "127.0.1." + (stage.engine.status().links().size() + i + 1) + ":6346");
                    stage.engine.adopt(link, Role.SUPERNODE);
                    return link;
                })
                .toList();
    }

    private static Headers vendor() {
        return with(Headers.NONE, "Vendor-Message", "0.2");
    }

    private static Headers with(Headers headers, String name, String value) {
        Headers.Builder all = Headers.builder();
        headers.lines().forEach(line -> all.add(line.name(), line.value()));
        return all.add(name, value).build();
    }

    /** For each link the TTL of the query that it was sent since the last call, or 0; then forgets them. */
    private static String asked(List<HandLink> links) {
        StringBuilder ttls = new StringBuilder();
        for (HandLink link : links) {
            List<Query> queries = link.take(Query.class);
            ttls.append(queries.isEmpty() ? 0 : queries.get(0).ttl());
        }
        return ttls.toString();
    }

    private static List<VendorCall> calls(HandLink link) {
        return link.take(Vendor.class).stream()
                .flatMap(vendor -> VendorCall.of(vendor).stream())
                .toList();
    }

    private static Query query(int number) {
        return new Query(Stage.guid(1_000 + number), 4, 0, GUIDED, Bytes.ofUtf8("praline"), Bytes.EMPTY);
    }

    private static Vendor status(Query query, int hits) {
        return new QueryStatusResponse(hits).toVendor(query.guid());
    }

    private static QueryHit hit(Query query, int records) {
        return new QueryHit(
                query.guid(), 5, 0, Stage.SELF, 1, records(records), Bytes.EMPTY, Stage.guid(500 + records));
    }

    private static ImmutableList<HitRecord> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new HitRecord(i, 1, Bytes.ofUtf8("praline " + i), Bytes.EMPTY))
                .collect(ImmutableList.toImmutableList());
    }
}
