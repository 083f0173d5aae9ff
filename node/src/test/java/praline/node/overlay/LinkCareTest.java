package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.LinkPurpose;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Ggep;
import praline.protocol.gnutella.GgepReader;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorKind;

/** What living servents expect on a link that is open: vendor messages, flow by hops, cached pongs, reasons. */
class LinkCareTest {

    private static final Bytes WANTS_LIST = Bytes.ofHex("c3835343504101");

    @Test
    void whoSpeaksVendorMessagesIsToldFirstOfAllWhichWeHandle() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink link = vendorSpeaker(stage, 9);

        Vendor first = (Vendor) link.sent.get(0);
        assertThat(VendorCall.of(first))
                .hasValueSatisfying(call -> assertThat(((VendorCall.MessagesSupported) call).kinds())
                        .contains(
                                VendorKind.HOPS_FLOW,
                                VendorKind.TCP_CONNECT_BACK,
                                VendorKind.QUERY_STATUS_REQUEST,
                                VendorKind.QUERY_STATUS_RESPONSE,
                                VendorKind.PUSH_PROXY_REQUEST,
                                VendorKind.PUSH_PROXY_ACK,
                                VendorKind.INDEX_BATCH,
                                VendorKind.INDEX_STATUS));
        assertThat(stage.join(Role.SUPERNODE).take(Vendor.class))
                .as("who does not speak them is told nothing")
                .isEmpty();
    }

    @Test
    void aNeighbourGetsOnlyQueriesOfFewerHopsThanItWants() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink source = stage.join(Role.SUPERNODE);
        HandLink limited = stage.join(Role.SUPERNODE);
        HandLink other = stage.join(Role.SUPERNODE);

        say(stage, limited, new VendorCall.HopsFlow(2));
        stage.engine.onMessage(source, Stage.query(1, 3, 0));
        stage.engine.onMessage(source, Stage.query(2, 2, 1));
        assertThat(limited.take(Query.class)).extracting(Query::hops).containsExactly(1);
        assertThat(other.take(Query.class)).extracting(Query::hops).containsExactly(1, 2);

        say(stage, limited, new VendorCall.HopsFlow(VendorCall.HopsFlow.ALL));
        stage.engine.onMessage(source, Stage.query(3, 2, 1));
        assertThat(limited.take(Query.class)).hasSize(1);
    }

    @Test
    void aNeighbourThatDoesNotReadIsAskedForNoQueriesUntilItDoes() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink slow = vendorSpeaker(stage, 9);
        slow.sent.clear();

        slow.room = 40_000;
        stage.engine.onMessage(slow, Stage.query(1, 3, 0));
        stage.engine.onMessage(slow, Stage.query(2, 3, 0));
        assertThat(flows(slow)).as("once").containsExactly(VendorCall.HopsFlow.NONE);

        slow.room = 60_000;
        stage.advance(5_000);
        assertThat(flows(slow)).as("not well yet").isEmpty();
        slow.room = 90_000;
        stage.advance(2_000);
        assertThat(flows(slow)).containsExactly(VendorCall.HopsFlow.ALL);
        stage.advance(5_000);
        assertThat(flows(slow)).isEmpty();
    }

    @Test
    void whoWantsToKnowWhetherItCanBeDialledIsDialledAtItsOwnAddressAndSeldom() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink link = stage.join(Role.LEAF);
        stage.host.dials.clear();

        say(stage, link, new VendorCall.TcpConnectBack(7_000));
        HandHost.Dial dial = stage.host.takeDial();
        assertThat(dial.to()).hasToString("127.0.0.2:7000");
        assertThat(dial.purpose()).isEqualTo(LinkPurpose.PROBE);
        HandLink probe = new HandLink("127.0.0.2:7000");
        stage.engine.onLinkOpen(probe, dial.ticket());
        assertThat(probe.closed).isEqualTo(CloseReason.FINISHED);
        assertThat(probe.sent).isEmpty();

        for (int i = 0; i < 10; i++) {
            say(stage, link, new VendorCall.TcpConnectBack(7_001 + i));
        }
        assertThat(stage.host.dials).as("four in ten minutes").hasSize(3);
        say(stage, link, new VendorCall.TcpConnectBack(0));
        assertThat(stage.host.dials).hasSize(3);
    }

    @Test
    void aSupernodesPongTellsWhoItIsHowMuchRoomItHasAndWhomItKnows() {
        Stage stage = new Stage(Role.SUPERNODE);
        stage.advance(3_600_000);
        HandLink asker = stage.join(Role.LEAF);
        stage.join(Role.SUPERNODE);
        asker.sent.clear();

        stage.engine.onMessage(asker, new Ping(Stage.guid(3), 4, 0, WANTS_LIST));
        Pong own = asker.take(Pong.class).get(0);

        Ggep ggep = new GgepReader(WireLimits.STANDARD).read(own.extensions(), 0);
        assertThat(own.ttl()).isEqualTo(1);
        assertThat(own.hops()).isZero();
        assertThat(ggep.get("VC")).contains(Bytes.ofHex("50524c4e01"));
        assertThat(ggep.get("UP")).contains(Bytes.ofHex("02" + "63" + "1d"));
        assertThat(ggep.get("DU")).contains(Ggep.number(3_600));
        assertThat(ggep.get("IPP")).contains(Bytes.ofHex("7f000003" + "ca18"));
    }

    @Test
    void aPingIsAnsweredWithWhatNeighboursToldOfLateAndIsNeverPassedOn() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink neighbour = stage.join(Role.SUPERNODE);
        HandLink asker = stage.join(Role.LEAF);
        assertThat(pongs(stage, asker)).extracting(Pong::hops).containsExactly(0, 1);

        List<Ping> asked = neighbour.take(Ping.class);
        assertThat(asked)
                .as("a ping of our own, for the neighbours of the neighbour")
                .extracting(Ping::ttl)
                .containsExactly(2);
        Guid ours = asked.get(0).guid();
        stage.engine.onMessage(neighbour, pong(ours, "127.0.0.77:6346", 1, 4_096));
        stage.engine.onMessage(neighbour, pong(ours, "127.0.0.78:6346", 1, 4_097));
        stage.advance(4_000);
        assertThat(pongs(stage, asker))
                .as("a leaf is told of supernodes")
                .extracting(pong -> pong.endpoint() + " " + pong.hops())
                .contains("127.0.0.77:6346 2")
                .doesNotContain("127.0.0.78:6346 2");
        stage.advance(PongCache.KEPT_MILLIS);
        assertThat(pongs(stage, asker)).extracting(Pong::hops).as("it is old").containsExactly(0, 1);
    }

    @Test
    void onePingIsToldOfTenServentsAtMost() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink asker = stage.join(Role.LEAF);
        for (int i = 0; i < 20; i++) {
            stage.join(Role.SUPERNODE);
        }
        assertThat(pongs(stage, asker)).hasSize(10);
    }

    @Test
    void theReasonOfAByeReachesTheUserWithoutItsTrimmings() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink link = stage.join(Role.SUPERNODE);

        stage.engine.onMessage(link, Bye.of(Stage.guid(1), 413, "Invalid QRP table length\r\nServer: Other/1\r\n\r\n"));

        assertThat(stage.events).contains("bye 413 Invalid QRP table length");
    }

    @Test
    void ourByeSaysWhoWeAreAsOthersDo() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink link = stage.join(Role.SUPERNODE);

        stage.engine.onDefect(link, Defect.BAD_DEFLATE);

        Bye bye = link.take(Bye.class).get(0);
        assertThat(bye.code()).isEqualTo(501);
        assertThat(bye.text().utf8()).endsWith("\r\nServer: Praline/0.1\r\n\r\n\0");
    }

    private static HandLink vendorSpeaker(Stage stage, int number) {
        HandLink link = new HandLink("127.0.0." + number + ":40000");
        Headers.Builder headers = Headers.builder().add("Vendor-Message", "0.2");
        Stage.headers(Role.SUPERNODE, number).lines().forEach(line -> headers.add(line.name(), line.value()));
        stage.engine.onLinkOpen(link, 0);
        stage.engine.onMessage(link, Handshake.greeting(headers.build()));
        link.sent.clear();
        stage.engine.onMessage(link, Handshake.answer(200, "OK", Headers.NONE));
        return link;
    }

    private static void say(Stage stage, HandLink link, VendorCall call) {
        stage.engine.onMessage(link, call.toVendor(Guid.ZERO));
    }

    private static List<Integer> flows(HandLink link) {
        return link.take(Vendor.class).stream()
                .flatMap(vendor -> VendorCall.of(vendor).stream())
                .map(call -> ((VendorCall.HopsFlow) call).hops())
                .toList();
    }

    private static List<Pong> pongs(Stage stage, HandLink link) {
        link.sent.clear();
        stage.engine.onMessage(link, new Ping(Stage.guid(3), 4, 0, Bytes.EMPTY));
        return link.take(Pong.class);
    }

    private static Pong pong(Guid guid, String endpoint, int hops, long kibibytes) {
        return new Pong(guid, 1, hops, Endpoint.parse(endpoint).orElseThrow(), 0, kibibytes, Bytes.EMPTY);
    }
}
