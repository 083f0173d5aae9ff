package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.HitTrailer;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorCall.PushProxyAck;
import praline.protocol.gnutella.VendorCall.PushProxyRequest;

/** Wishes to be dialled, with one engine and links played by hand. */
class PushesTest {

    /** Whose hits {@link Stage#hit} makes. */
    private static final Guid SHARER = Stage.guid(77);

    private static final Endpoint REQUESTER = Endpoint.parse("127.0.0.200:7000").orElseThrow();

    private final Stage stage = new Stage(Role.SUPERNODE);

    @Test
    void aPushGoesBackTheWayOfAHitAndNoOther() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);
        passHit(asker, answerer);

        stage.engine.onMessage(asker, push(SHARER, 4, 0));

        assertThat(answerer.take(Push.class)).containsExactly(push(SHARER, 3, 1));
        assertThat(other.take(Push.class)).isEmpty();
        assertThat(asker.take(Push.class)).isEmpty();
    }

    @Test
    void aPushWithoutAWayIsDropped() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        Query query = Stage.query(1, 4, 0);
        stage.engine.onMessage(asker, query);
        stage.engine.onMessage(asker, Stage.hit(query, 4, 0)); // off its path
        answerer.sent.clear();

        stage.engine.onMessage(answerer, push(SHARER, 4, 0));

        assertThat(asker.take(Push.class)).isEmpty();
        assertThat(stage.engine.limitHits().all()).containsEntry("dropped.pushWithoutRoute", 1L);
    }

    @Test
    void aWayIsForgottenAfterTenMinutes() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        passHit(asker, answerer);

        stage.host.now += 600_001;
        stage.engine.onMessage(asker, push(SHARER, 4, 0));

        assertThat(answerer.take(Push.class)).isEmpty();
    }

    @Test
    void aWayThroughALinkThatIsGoneIsNone() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        passHit(asker, answerer);
        stage.engine.onLinkClosed(answerer, CloseReason.RESET);

        stage.engine.onMessage(asker, push(SHARER, 4, 0));

        assertThat(answerer.take(Push.class)).isEmpty();
        assertThat(stage.engine.push(SHARER, 1, 4)).isFalse();
    }

    @Test
    void fourPushesForOneSharerInHalfAMinuteAreEnough() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        passHit(asker, answerer);

        for (int i = 0; i < 10; i++) {
            stage.engine.onMessage(asker, push(SHARER, 4, 0));
        }
        assertThat(answerer.take(Push.class)).hasSize(4);

        stage.host.now += 30_000;
        stage.engine.onMessage(asker, push(SHARER, 4, 0));
        assertThat(answerer.take(Push.class)).hasSize(1);
    }

    @Test
    void aLeafIsKnownByItsHandshake() {
        HandLink leaf = stage.join(Role.LEAF); // its number is 2
        HandLink asker = stage.join(Role.SUPERNODE);

        stage.engine.onMessage(asker, push(Stage.guid(2), 2, 3));

        assertThat(leaf.take(Push.class)).containsExactly(push(Stage.guid(2), 1, 4));
    }

    @Test
    void aPushWithItsLastHopStaysHere() {
        HandLink leaf = stage.join(Role.LEAF);
        HandLink asker = stage.join(Role.SUPERNODE);

        stage.engine.onMessage(asker, push(Stage.guid(2), 1, 3));

        assertThat(leaf.take(Push.class)).isEmpty();
    }

    @Test
    void ourOwnPushIsTold() {
        HandLink asker = stage.join(Role.SUPERNODE);

        stage.engine.onMessage(asker, push(Stage.SERVENT, 1, 3));
        stage.engine.onMessage(asker, new Push(Guid.ZERO, 1, 0, Stage.SERVENT, 5, at("10.0.0.1:80"), Bytes.EMPTY));

        assertThat(stage.events).contains("push 5 for " + REQUESTER).noneMatch(event -> event.contains("10.0.0.1"));
    }

    @Test
    void anAddressThatTheRequesterDoesNotKnowIsTheOneThatWeSee() {
        HandLink leaf = stage.join(Role.LEAF);
        HandLink asker = stage.join(Role.LEAF); // at 127.0.0.3

        stage.engine.onMessage(asker, new Push(Guid.ZERO, 4, 0, Stage.guid(2), 5, at("0.0.0.0:7000"), Bytes.EMPTY));

        assertThat(leaf.take(Push.class)).extracting(Push::endpoint).containsExactly(at("127.0.0.3:7000"));
    }

    @Test
    void weAskASharerAlongTheWayOfItsHit() {
        HandLink neighbour = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);
        stage.engine.search(new Search("praline", null, 4, Search.Spread.FLOOD));
        Query ours = neighbour.take(Query.class).get(0);
        stage.engine.onMessage(neighbour, Stage.hit(ours, 4, 2));

        assertThat(stage.engine.push(SHARER, 9, 4)).isTrue();

        assertThat(neighbour.take(Push.class)).singleElement().satisfies(push -> {
            assertThat(push.servent()).isEqualTo(SHARER);
            assertThat(push.ttl()).isEqualTo(4);
            assertThat(push.hops()).isZero();
            assertThat(push.index()).isEqualTo(9);
            assertThat(push.endpoint()).isEqualTo(Stage.SELF);
        });
        assertThat(other.take(Push.class)).isEmpty();
    }

    @Test
    void aSupernodeIsPushProxyForALeafThatAsks() {
        HandLink leaf = stage.join(Role.LEAF);
        Guid servent = Stage.guid(55); // not what its handshake said
        assertThat(stage.engine.proxyPush(servent, 3, REQUESTER)).isFalse();

        stage.engine.onMessage(leaf, new PushProxyRequest().toVendor(servent));

        assertThat(leaf.take(Vendor.class)).containsExactly(new PushProxyAck(Stage.SELF).toVendor(servent));
        assertThat(stage.engine.proxyPush(servent, 3, REQUESTER)).isTrue();
        assertThat(leaf.take(Push.class)).singleElement().satisfies(push -> {
            assertThat(push.hops()).isEqualTo(1);
            assertThat(push.index()).isEqualTo(3);
            assertThat(push.endpoint()).isEqualTo(REQUESTER);
        });
        stage.engine.onLinkClosed(leaf, CloseReason.RESET);
        assertThat(stage.engine.proxyPush(servent, 3, REQUESTER)).isFalse();
    }

    @Test
    void nobodyIsProxyForAServentThatOnlyPasses() {
        HandLink asker = stage.join(Role.SUPERNODE);
        HandLink answerer = stage.join(Role.SUPERNODE);
        passHit(asker, answerer);

        assertThat(stage.engine.proxyPush(SHARER, 0, REQUESTER)).isFalse();
        assertThat(stage.engine.proxyPush(Stage.guid(3), 0, REQUESTER))
                .as("a neighbour")
                .isFalse();
    }

    @Test
    void aFirewalledLeafAsksItsSupernodesAndSaysSoInItsHits() {
        Stage leaf = new Stage(Role.LEAF);
        leaf.matches = ImmutableList.of(new HitRecord(1, 1, Bytes.ofUtf8("praline"), Bytes.EMPTY));
        HandLink first = JoiningTest.dialled(leaf, Role.SUPERNODE, 9);
        assertThat(trailerOf(leaf, first, 1).needsPush()).isFalse();
        first.sent.clear();

        leaf.engine.beFirewalled();
        assertThat(vendorCalls(first)).isEmpty(); // the test's supernode did not say that it speaks them
        assertThat(trailerOf(leaf, first, 2).needsPush()).isTrue();

        leaf.engine.onMessage(first, new PushProxyAck(at("1.2.3.4:7777")).toVendor(Stage.SERVENT));
        assertThat(trailerOf(leaf, first, 3).pushProxies(WireLimits.STANDARD))
                .as("the address that we see")
                .containsExactly(at("127.0.0.9:7777"));
    }

    private static HitTrailer trailerOf(Stage leaf, HandLink supernode, int number) {
        supernode.sent.clear();
        leaf.engine.onMessage(supernode, Stage.query(number, 1, 1));
        QueryHit hit = supernode.take(QueryHit.class).get(0);
        return HitTrailer.read(hit.trailer()).orElseThrow();
    }

    private static List<VendorCall> vendorCalls(HandLink link) {
        return link.take(Vendor.class).stream()
                .flatMap(vendor -> VendorCall.of(vendor).stream())
                .toList();
    }

    private void passHit(HandLink asker, HandLink answerer) {
        Query query = Stage.query(1, 4, 0);
        stage.engine.onMessage(asker, query);
        stage.engine.onMessage(answerer, Stage.hit(query, 4, 0));
        assertThat(asker.take(QueryHit.class)).hasSize(1);
        answerer.sent.clear();
    }

    private static Push push(Guid sharer, int ttl, int hops) {
        return new Push(Guid.ZERO, ttl, hops, sharer, 5, REQUESTER, Bytes.EMPTY);
    }

    private static Endpoint at(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
