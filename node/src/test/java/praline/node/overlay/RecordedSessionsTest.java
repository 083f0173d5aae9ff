package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.GgepReader;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.QrpHash;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpReset;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorKind;
import praline.protocol.testing.Recording;

/** The recorded sessions of gtk-gnutella and GnutellaBun, said again byte by byte to an engine in either seat. */
class RecordedSessionsTest {

    private static final char OPENER = '>';
    private static final char ACCEPTOR = '<';
    private static final int TTL_AT = 17;
    private static final String LEAF = "127.0.0.1:40001";
    private static final String SUPERNODE = "127.0.0.9:6346";
    private static final String NEIGHBOUR = "127.0.0.21:40021";

    @ParameterizedTest
    @ValueSource(strings = {"handshake_leaf_ultra", "handshake_leaf_full"})
    void aLeafFindsAllThatItDemandsInOurAnswer(String recording) {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer leaf = RecordedPeer.dialling(stage, LEAF);

        leaf.shake(unit(recording, OPENER, 0));
        leaf.listen();
        assertThat(leaf.heard).as("nothing comes before its last block").hasSize(1);
        assertThat(leaf.lastBlock().status()).isEqualTo(200);
        assertThat(leaf.lastBlock().headers().says("X-Ultrapeer", "True")).isTrue();
        assertAble(leaf.lastBlock().headers());

        leaf.shake(unit(recording, OPENER, 1));
        assertThat(stage.events).containsExactly("joined LEAF");
        assertThat(leaf.link.closed).isNull();
    }

    @Test
    void aLeafThatInflatesIsHeardThroughADeflatedStream() {
        Stage stage = new Stage(Role.SUPERNODE, deflatingLeaves(), null);
        RecordedPeer leaf = accept(stage, "handshake_leaf_full", LEAF);

        assertThat(leaf.heard(Handshake.class).get(0).headers().lists("Content-Encoding", "deflate"))
                .isTrue();
        unitsOf("session_leaf_ultra", OPENER).forEach(leaf::say);

        assertThat(leaf.heard(Pong.class)).hasSize(1);
    }

    @Test
    void aLeafIsToldWhatItAsksAndAskedWhatItsTableWants() {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer leaf = accept(stage, "handshake_leaf_ultra", LEAF);
        RecordedPeer neighbour = accept(stage, "handshake_ultra_ultra", NEIGHBOUR);
        leaf.forget();

        unitsOf("session_leaf_ultra", OPENER).forEach(leaf::say);

        Bytes ping = unit("session_leaf_ultra", OPENER, 2);
        Pong own = leaf.heard(Pong.class).get(0);
        assertThat(own.guid()).isEqualTo(guidOf(ping));
        assertThat(own.ttl()).isEqualTo(1);
        assertThat(own.hops()).isZero();
        assertThat(new GgepReader(WireLimits.STANDARD).read(own.extensions(), 0).has("UP"))
                .isTrue();
        leaf.forget();

        neighbour.say(unit("bun_queryhit", ACCEPTOR, 0));
        leaf.listen();
        assertThat(leaf.heard).as("of another's words").isEmpty();

        Bytes query = unit("queryhit_ggep_h", ACCEPTOR, 0);
        neighbour.say(query);
        leaf.listen();
        assertThat(leaf.bytesHeard()).isEqualTo(with(query, 1, 2));
        assertThat(leaf.link.closed).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "queryhit_ggep_h, handshake_leaf_ultra, session_leaf_ultra, 6",
        "queryhit_ggep_h, handshake_leaf_full, qrp_leaf_4bit, 6",
        "queryhit_ggep_h, handshake_leaf_full, qrp_leaf_1bit, 6",
        "bun_queryhit, bun_handshake, bun_session, 2"
    })
    void aQueryAndItsHitPassThroughUsByteByByte(String recording, String handshake, String session, int ttl) {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer leaf = acceptWithTable(stage, handshake, session);
        RecordedPeer neighbour = accept(stage, "handshake_ultra_ultra", NEIGHBOUR);
        leaf.forget();
        neighbour.forget();

        Bytes query = unit(recording, ACCEPTOR, 0);
        neighbour.say(query);
        leaf.listen();
        assertThat(leaf.bytesHeard()).isEqualTo(with(query, 1, 2));

        Bytes hit = unit(recording, OPENER, 0);
        leaf.say(hit);
        neighbour.listen();
        assertThat(neighbour.bytesHeard()).isEqualTo(with(hit, ttl, 1));
    }

    @Test
    void aQueryByContentPassesBetweenSupernodesAndNotToALeafWhoseTableNamesNone() {
        OverlayLimits plain = OverlayLimits.with(Map.of("limits.overlay.deflatersMax", 0L));
        Stage stage = new Stage(Role.SUPERNODE, plain, null);
        RecordedPeer leaf = acceptWithTable(stage, "handshake_leaf_ultra", "session_leaf_ultra");
        RecordedPeer asker = accept(stage, "handshake_ultra_ultra", NEIGHBOUR);
        RecordedPeer answerer = dial(stage, "handshake_ultra_ultra");
        leaf.forget();
        asker.forget();
        answerer.forget();

        Bytes query = with(unit("query_urn", ACCEPTOR, 0), 3, 1);
        asker.say(query);
        answerer.listen();
        assertThat(answerer.bytesHeard()).isEqualTo(with(query, 2, 2));
        leaf.listen();
        assertThat(leaf.heard).as("tables of gtk-gnutella hold words only").isEmpty();

        Bytes hit = unit("query_urn", OPENER, 0);
        answerer.say(hit);
        asker.listen();
        assertThat(asker.bytesHeard()).isEqualTo(with(hit, 6, 1));
    }

    @Test
    void aPushReachesTheLeafThatAnsweredByteByByte() {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer leaf = acceptWithTable(stage, "handshake_leaf_ultra", "session_leaf_ultra");
        RecordedPeer neighbour = accept(stage, "handshake_ultra_ultra", NEIGHBOUR);
        neighbour.say(unit("queryhit_ggep_h", ACCEPTOR, 0));
        leaf.say(unit("queryhit_ggep_h", OPENER, 0));
        leaf.forget();

        Bytes push = unit("push_giv", ACCEPTOR, 0);
        neighbour.say(push);

        leaf.listen();
        assertThat(leaf.bytesHeard()).isEqualTo(with(push, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qrp_leaf_4bit", "qrp_leaf_1bit"})
    void theSlotsOfALeafsTableAreInOurs(String recording) {
        Stage stage = new Stage(Role.SUPERNODE);
        acceptWithTable(stage, "handshake_leaf_ultra", recording);
        QrpTable table = tableFor(stage, accept(stage, "handshake_ultra_ultra", NEIGHBOUR));

        for (String word : List.of("zanzibar", "quagmire", "sonata", "bin", "zanzi")) {
            assertThat(table.has(QrpHash.of(word))).as(word).isTrue();
        }
        for (int slot : new int[] {2_250, 3_111, 6_913}) {
            for (int ours = slot * 4; ours < slot * 4 + 4; ours++) {
                assertThat(table.hasSlot(ours)).isTrue();
            }
        }
        assertThat(table.has(QrpHash.of("praline"))).isFalse();
        assertThat(table.count() % 4)
                .as("ours has four slots for each of theirs")
                .isZero();
    }

    @Test
    void ourLeafGreetsASupernodeWithAllThatItDemands() {
        RecordedPeer supernode = RecordedPeer.dialled(new Stage(Role.LEAF), SUPERNODE);

        Headers headers = supernode.lastBlock().headers();
        assertThat(headers.says("X-Ultrapeer", "False")).isTrue();
        assertThat(headers.lists("Accept-Encoding", "deflate")).isTrue();
        assertAble(headers);
    }

    @Test
    void ourLeafTalksWithASupernodeAsItsOwnLeafDid() {
        Stage stage = sharing(new Stage(Role.LEAF));
        RecordedPeer supernode = dial(stage, "handshake_leaf_ultra");
        unitsOf("session_leaf_ultra", ACCEPTOR).forEach(supernode::say);
        assertIntroduced(supernode);

        QrpTable table = tableFor(stage, supernode);
        assertThat(table.has(QrpHash.of("zanzibar")) && table.has(QrpHash.of("sonata")))
                .isTrue();
        assertThat(table.has(QrpHash.of("marimba"))).isFalse();
        supernode.forget();

        Bytes ping = unit("bun_session", OPENER, 0);
        supernode.say(ping);
        assertThat(supernode.heard(Pong.class)).singleElement().satisfies(pong -> {
            assertThat(pong.guid()).isEqualTo(guidOf(ping));
            assertThat(pong.ttl()).isEqualTo(1);
        });

        Bytes query = unit("query_urn", ACCEPTOR, 0);
        supernode.say(query);
        assertThat(supernode.heard(QueryHit.class)).singleElement().satisfies(hit -> {
            assertThat(hit.guid()).isEqualTo(guidOf(query));
            assertThat(hit.servent()).isEqualTo(Stage.SERVENT);
            assertThat(hit.records()).isEqualTo(stage.matches);
        });
        assertThat(supernode.link.closed).isNull();
    }

    @Test
    void ourLeafTakesADeflatedStreamAndSendsOne() {
        Stage stage = sharing(new Stage(Role.LEAF, deflatingLeaves(), null));
        RecordedPeer supernode = dial(stage, "deflate_stream");
        assertThat(supernode.lastBlock().headers().lists("Content-Encoding", "deflate"))
                .isTrue();

        supernode.say(unit("deflate_stream", ACCEPTOR, 1));

        assertIntroduced(supernode);
        assertThat(tableFor(stage, supernode).has(QrpHash.of("zanzibar"))).isTrue();
        assertThat(stage.engine.limitHits().all()).isEmpty();
        assertThat(supernode.link.closed).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void supernodesExchangeTablesWhoeverDialled(boolean weDialled) {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer living = weDialled
                ? dial(stage, "handshake_ultra_ultra")
                : accept(stage, "handshake_ultra_ultra", "127.0.0.9:40009");
        unitsOf("session_ultra_first", ACCEPTOR).forEach(living::say);
        RecordedPeer leaf = acceptWithTable(stage, "handshake_leaf_ultra", "session_leaf_ultra");
        assertIntroduced(living);
        assertThat(tableFor(stage, living).has(QrpHash.of("zanzibar")))
                .as("of our leaf")
                .isTrue();
        living.forget();

        HandLink other = stage.join(Role.SUPERNODE);
        stage.engine.onMessage(other, Stage.query(1, 2, 0));
        living.listen();
        assertThat(living.heard).as("its table is empty").isEmpty();
        stage.engine.onMessage(other, Stage.query(2, 3, 0));
        living.listen();
        assertThat(living.heard(Query.class))
                .singleElement()
                .satisfies(query -> assertThat(query.ttl()).isEqualTo(2));
        assertThat(living.link.closed).isNull();
        assertThat(leaf.link.closed).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 403", "1, 409", "2, 204"})
    void aRefusalEndsTheLinkAndIsReported(int which, int status) {
        Stage stage = new Stage(Role.LEAF);
        RecordedPeer supernode = RecordedPeer.dialled(stage, SUPERNODE);

        supernode.shake(unit("handshake_refusals", ACCEPTOR, which));

        assertThat(supernode.link.closed).isEqualTo(CloseReason.REFUSED);
        assertThat(stage.events).containsExactly("refused " + status);
    }

    @Test
    void whomARefusalNamesWeKnow() {
        Stage stage = new Stage(Role.LEAF);
        RecordedPeer supernode = RecordedPeer.dialled(stage, SUPERNODE);
        Bytes refusal = unit("handshake_refusals", ACCEPTOR, 2);

        supernode.shake(refusal.slice(0, refusal.size() - 2)
                .concat(Bytes.ofUtf8("X-Try-Ultrapeers: 127.0.0.41:6346,127.0.0.42:6347\r\n\r\n")));

        assertThat(stage.engine.knownHosts())
                .extracting(KnownHost::host)
                .contains(endpoint("127.0.0.41:6346"), endpoint("127.0.0.42:6347"));
    }

    @ParameterizedTest
    @CsvSource({"0, SUPERNODE, 403, Normal nodes refused", "2, LEAF, 503, Shielded leaf node"})
    void whomALivingServentRefusesWeRefuseToo(int which, Role role, int status, String reason) {
        RecordedPeer peer = RecordedPeer.dialling(new Stage(role), "127.0.0.33:40033");

        peer.shake(unit("handshake_refusals", OPENER, which));

        assertThat(peer.lastBlock().status()).isEqualTo(status);
        assertThat(peer.lastBlock().reason()).isEqualTo(reason);
        assertThat(peer.link.closed).isEqualTo(CloseReason.REFUSED);
    }

    @Test
    void whoIsLinkedAlreadyIsRefusedAsALivingServentRefusesIt() {
        Stage stage = new Stage(Role.SUPERNODE);
        Bytes greeting = unit("handshake_refusals", OPENER, 1);
        RecordedPeer first = RecordedPeer.dialling(stage, "127.0.0.31:40031");
        first.shake(greeting);
        first.shake(unit("handshake_leaf_ultra", OPENER, 1));

        RecordedPeer second = RecordedPeer.dialling(stage, "127.0.0.31:40032");
        second.shake(greeting);

        assertThat(second.lastBlock().status()).isEqualTo(409);
        assertThat(second.lastBlock().reason()).isEqualTo("Already connected");
        assertThat(first.link.closed).isNull();
    }

    @ParameterizedTest
    @CsvSource({"bye_413, 413 Invalid QRP table length 12345", "bye_shutdown, 200 Servent shutdown"})
    void aByeEndsTheLinkAndIsReported(String recording, String bye) {
        Stage stage = new Stage(Role.LEAF);
        RecordedPeer supernode = dial(stage, "handshake_leaf_ultra");

        supernode.say(unit(recording, ACCEPTOR, 0));

        assertThat(supernode.link.closed).isEqualTo(CloseReason.BYE);
        assertThat(stage.events).containsExactly("joined SUPERNODE", "bye " + bye, "left SUPERNODE");
    }

    @Test
    void aTableOfAnImpossibleSizeEarnsTheSameByeFromUs() {
        RecordedPeer leaf = accept(new Stage(Role.SUPERNODE), "handshake_leaf_ultra", LEAF);

        leaf.say(unit("bye_413", OPENER, 0));

        assertThat(leaf.heard(Bye.class)).extracting(Bye::code).containsExactly(413);
        assertThat(leaf.link.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void theSessionOfGnutellaBunGoesFromPingToBye() {
        Stage stage = new Stage(Role.SUPERNODE);
        RecordedPeer bun = accept(stage, "bun_handshake", LEAF);
        RecordedPeer neighbour = accept(stage, "handshake_ultra_ultra", NEIGHBOUR);
        List<Bytes> session = unitsOf("bun_session", OPENER);
        assertThat(bun.heard(Message.class)).as("it speaks no vendor messages").isEmpty();

        session.subList(0, 3).forEach(bun::say);
        assertThat(bun.heard(Pong.class)).extracting(Pong::guid).containsExactly(guidOf(session.get(0)));
        assertThat(tableFor(stage, neighbour).has(QrpHash.of("marimba"))).isTrue();
        neighbour.forget();

        neighbour.say(unit("bun_queryhit", ACCEPTOR, 0));
        bun.say(session.get(3));
        neighbour.listen();
        assertThat(neighbour.bytesHeard()).isEqualTo(with(session.get(3), 2, 1));
        neighbour.forget();

        Bytes question = session.get(4);
        bun.say(question);
        stage.advance(10_000);
        neighbour.listen();
        assertThat(neighbour.heard(Query.class)).isNotEmpty();
        Query asked = neighbour.heard(Query.class).get(0);
        assertThat(neighbour.bytesHeard().slice(0, question.size()))
                .isEqualTo(with(question, asked.ttl(), asked.hops()));

        bun.say(session.get(5));
        assertThat(bun.link.closed).isEqualTo(CloseReason.BYE);
        assertThat(stage.events).endsWith("bye 200 normal shutdown", "left LEAF");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SUPERNODE", "LEAF"})
    void noDescriptorOfALivingSupernodeCostsItTheLink(Role ours) {
        Stage stage = new Stage(ours);
        RecordedPeer supernode = dial(stage, "handshake_ultra_ultra");

        Recording.RECORDED.stream()
                .flatMap(name -> Recording.recorded(name).lines().stream())
                .filter(line -> line.note().contains("ttl=") && !line.note().startsWith("Bye"))
                .forEach(line -> {
                    supernode.say(line.bytes());
                    assertThat(supernode.link.closed).as(line.note()).isNull();
                });

        assertThat(stage.engine.limitHits().all()).doesNotContainKeys("dropped.malformed", "dropped.badTable");
    }

    private static List<Bytes> unitsOf(String recording, char direction) {
        return Recording.recorded(recording).units(direction);
    }

    private static Bytes unit(String recording, char direction, int number) {
        return unitsOf(recording, direction).get(number);
    }

    /** A peer whose recorded handshake, as the one that opened, is done. */
    private static RecordedPeer accept(Stage stage, String handshake, String address) {
        RecordedPeer peer = RecordedPeer.dialling(stage, address);
        unitsOf(handshake, OPENER).forEach(peer::shake);
        return peer;
    }

    /** A leaf that has also sent the table of {@code session}. */
    private static RecordedPeer acceptWithTable(Stage stage, String handshake, String session) {
        RecordedPeer leaf = accept(stage, handshake, LEAF);
        unitsOf(session, OPENER).stream()
                .filter(RecordedSessionsTest::isOfTable)
                .forEach(leaf::say);
        return leaf;
    }

    /** A supernode that we have dialled and whose recorded answer we have confirmed. */
    private static RecordedPeer dial(Stage stage, String handshake) {
        RecordedPeer supernode = RecordedPeer.dialled(stage, SUPERNODE);
        supernode.shake(unit(handshake, ACCEPTOR, 0));
        return supernode;
    }

    /** What this peer knows of our table once it is sent. */
    private static QrpTable tableFor(Stage stage, RecordedPeer peer) {
        stage.advance(1_000);
        peer.listen();
        TableTalk talk = new TableTalk(stage, peer.link);
        peer.heard(Message.class).stream()
                .filter(message -> message instanceof QrpReset || message instanceof QrpPatch)
                .forEach(talk::take);
        assertThat(talk.received).isNotNull();
        return talk.received;
    }

    private static void assertAble(Headers headers) {
        assertThat(headers.get("Vendor-Message")).isPresent();
        assertThat(headers.get("GGEP")).contains("0.5");
        assertThat(headers.get("X-Query-Routing")).contains("0.2");
        assertThat(headers.get("X-Dynamic-Querying")).contains("0.1");
        assertThat(headers.get("X-Ultrapeer-Query-Routing")).contains("0.1");
        assertThat(Integer.parseInt(headers.get("X-Degree").orElseThrow())).isGreaterThanOrEqualTo(16);
    }

    /** Vendor messages are announced first of all, and all that we say is our own. */
    private static void assertIntroduced(RecordedPeer peer) {
        List<Message> said = peer.heard(Message.class);
        assertThat(said.get(0))
                .isInstanceOfSatisfying(
                        Vendor.class,
                        vendor -> assertThat(VendorKind.of(vendor)).isEqualTo(VendorKind.MESSAGES_SUPPORTED));
        assertThat(said).allSatisfy(message -> assertThat(message.hops()).isZero());
    }

    private static Stage sharing(Stage stage) {
        String name = "zanzibar sonata.bin";
        stage.published = TableTalk.files(name);
        stage.matches = ImmutableList.of(new HitRecord(1, 100, Bytes.ofUtf8(name), Bytes.EMPTY));
        return stage;
    }

    private static OverlayLimits deflatingLeaves() {
        return OverlayLimits.with(Map.of("limits.overlay.leafDeflatersMax", 1L));
    }

    private static boolean isOfTable(Bytes unit) {
        return unit.at(Guid.SIZE) == 0x30;
    }

    private static Guid guidOf(Bytes descriptor) {
        return Guid.ofHex(descriptor.slice(0, Guid.SIZE).hex());
    }

    /** The same bytes but for TTL and hops: all that a node may change on the way. */
    private static Bytes with(Bytes descriptor, int ttl, int hops) {
        return descriptor
                .slice(0, TTL_AT)
                .concat(Bytes.copyOf(new byte[] {(byte) ttl, (byte) hops}))
                .concat(descriptor.slice(TTL_AT + 2, descriptor.size()));
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
