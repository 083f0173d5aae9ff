package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/** How links come about and are kept up, with one engine and links played by hand. */
class JoiningTest {

    @Test
    void theThreeStepsJoinAFlatPeer() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = new HandLink("127.0.0.9:6346");
        stage.engine.connect(link.remote());
        HandHost.Dial dial = stage.host.takeDial();
        assertThat(dial.purpose()).isEqualTo(LinkPurpose.OVERLAY);

        stage.engine.onLinkOpen(link, dial.ticket());
        Handshake greeting = (Handshake) link.sent.get(0);
        assertThat(greeting.step()).isEqualTo(Handshake.Step.GREETING);
        assertThat(greeting.headers().get("X-Praline-Mode")).contains("flat");
        assertThat(greeting.headers().get("X-Ultrapeer")).isEmpty();
        stage.engine.onMessage(link, Handshake.answer(200, "OK", Stage.headers(Role.FLAT, 9)));

        Handshake confirmation = (Handshake) link.sent.get(1);
        assertThat(confirmation.agrees()).isTrue();
        assertThat(stage.events).containsExactly("joined FLAT");
    }

    @Test
    void aFlatPeerTakesTheBareHandshakeOfOldServents() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = new HandLink("127.0.0.9:40000");
        stage.engine.onLinkOpen(link, 0);

        stage.engine.onMessage(
                link, new Handshake(Handshake.Step.GREETING, Handshake.Version.V0_4, 0, "", Headers.NONE));

        Handshake answer = (Handshake) link.sent.get(0);
        assertThat(answer.version()).isEqualTo(Handshake.Version.V0_4);
        assertThat(stage.events).containsExactly("joined FLAT");
    }

    @Test
    void aFlatPeerRefusesOthersAndSaysThatItIsFlat() {
        Stage stage = new Stage(Role.FLAT);
        Handshake answer = greeted(stage, Stage.headers(Role.LEAF, 9));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("Flat network");
        assertThat(answer.headers().get("X-Praline-Mode")).contains("flat");
    }

    @Test
    void aSupernodeRefusesFlatPeersAndNormalNodes() {
        Stage stage = new Stage(Role.SUPERNODE);
        assertThat(greeted(stage, Stage.headers(Role.FLAT, 9)).status()).isEqualTo(503);
        assertThat(greeted(stage, Headers.builder().add("User-Agent", "Old/1").build())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLeafTakesNobody() {
        Stage stage = new Stage(Role.LEAF);
        for (Role role : Role.values()) {
            Handshake answer = greeted(stage, Stage.headers(role, 9));
            assertThat(answer.agrees()).as("%s", role).isFalse();
        }
    }

    @Test
    void aFullSupernodeNamesOthers() {
        OverlayLimits none = OverlayLimits.with(Map.of("limits.overlay.leavesMax", 0L));
        Stage stage = new Stage(Role.SUPERNODE, none, null);
        stage.join(Role.SUPERNODE);

        Handshake answer = greeted(stage, Stage.headers(Role.LEAF, 9));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("Too many leaf connections (0 max)");
        assertThat(answer.headers().get("X-Try-Ultrapeers")).contains("127.0.0.2:6346");
    }

    @Test
    void whatARefusalNamesIsDialledNext() {
        Stage stage = new Stage(Role.LEAF);
        HandLink link = new HandLink("127.0.0.9:6346");
        stage.engine.connect(link.remote());
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        Headers headers = Headers.builder()
                .add("X-Try-Ultrapeers", "127.0.0.10:6346, junk, 127.0.0.11:6346")
                .build();

        stage.engine.onMessage(link, Handshake.answer(503, "Too many", headers));

        assertThat(stage.events).containsExactly("refused 503");
        assertThat(stage.host.takeDial().to()).isEqualTo(endpoint("127.0.0.10:6346"));
    }

    @Test
    void aRefusalOfAFlatNetworkIsToldAsSuch() {
        Stage stage = new Stage(Role.LEAF);
        HandLink link = new HandLink("127.0.0.9:6346");
        stage.engine.connect(link.remote());
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());

        stage.engine.onMessage(link, Handshake.answer(503, "Flat network", Stage.headers(Role.FLAT, 9)));

        assertThat(stage.events).containsExactly("refused 503 flat");
    }

    @Test
    void aLinkToItselfIsRefused() {
        Stage stage = new Stage(Role.FLAT);
        Headers ours = Headers.builder()
                .add("X-Praline-Mode", "flat")
                .add("GUID", Stage.SERVENT.toString())
                .build();
        assertThat(greeted(stage, ours).status()).isEqualTo(409);
    }

    @Test
    void aSecondLinkToTheSameServentIsRefused() {
        Stage stage = new Stage(Role.FLAT);
        stage.join(Role.FLAT);
        assertThat(greeted(stage, Stage.headers(Role.FLAT, 2)).status()).isEqualTo(409);
    }

    @Test
    void ofTwoLinksDialledAtOnceBothEndsKeepTheOneOfTheSmallerGuid() {
        Stage stage = new Stage(Role.FLAT);
        HandLink ours = new HandLink("127.0.0.9:6346");
        HandLink theirs = new HandLink("127.0.0.9:40000");
        stage.engine.connect(ours.remote());
        stage.engine.onLinkOpen(ours, stage.host.takeDial().ticket());
        stage.engine.onLinkOpen(theirs, 0);
        stage.engine.onMessage(theirs, Handshake.greeting(Stage.headers(Role.FLAT, 9)));
        stage.engine.onMessage(ours, Handshake.answer(200, "OK", Stage.headers(Role.FLAT, 9)));

        stage.engine.onMessage(theirs, Handshake.answer(200, "OK", Headers.NONE));

        assertThat(ours.closed).as("we have the smaller GUID: ours stays").isNull();
        assertThat(theirs.closed).isNotNull();
    }

    @Test
    void aHandshakeThatTakesTooLongIsClosed() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = new HandLink("127.0.0.9:40000");
        stage.engine.onLinkOpen(link, 0);

        stage.advance(9_999);
        assertThat(link.closed).isNull();
        stage.advance(1);
        assertThat(link.closed).isEqualTo(CloseReason.HANDSHAKE_TIMED_OUT);
    }

    @Test
    void aLostNeighbourIsReplacedByAnotherThatIsKnown() {
        Stage stage = new Stage(Role.LEAF);
        HandLink first = dialled(stage, Role.SUPERNODE, 9);
        stage.engine.connect(endpoint("127.0.0.10:6346"));
        assertThat(stage.host.dials).isEmpty();

        stage.engine.onLinkClosed(first, CloseReason.RESET);
        assertThat(stage.host.dials)
                .as("not all leaves of a dead supernode at once")
                .isEmpty();
        stage.advance(500);

        List<Endpoint> dialled =
                stage.host.dials.stream().map(HandHost.Dial::to).toList();
        assertThat(dialled)
                .as("as many as are known, for the first that answers is taken")
                .containsExactlyInAnyOrder(endpoint("127.0.0.9:6346"), endpoint("127.0.0.10:6346"));
    }

    @Test
    void anOrphanedLeafSaysSo() {
        Stage stage = new Stage(Role.LEAF);
        HandLink first = dialled(stage, Role.SUPERNODE, 9);
        stage.engine.onLinkClosed(first, CloseReason.RESET);
        stage.advance(500);
        HandLink second = new HandLink("127.0.0.9:6346");

        stage.engine.onLinkOpen(second, stage.host.takeDial().ticket());

        Handshake greeting = (Handshake) second.sent.get(0);
        assertThat(greeting.headers().get("X-Praline-Orphan")).contains("1");
    }

    @Test
    void aSeedThatDoesNotAnswerIsTriedAgainWithLongerPauses() {
        Stage stage = new Stage(Role.FLAT);
        stage.engine.connect(endpoint("127.0.0.9:6346"));
        stage.engine.onDialFailed(stage.host.takeDial().ticket(), DialFailure.REFUSED);
        assertThat(stage.events).containsExactly("unreachable 127.0.0.9:6346");

        stage.advance(700);
        assertThat(stage.host.dials).isEmpty();
        stage.advance(600);
        assertThat(stage.host.dials).hasSize(1);
        stage.engine.onDialFailed(stage.host.takeDial().ticket(), DialFailure.REFUSED);
        stage.advance(1_500);
        assertThat(stage.host.dials).isEmpty();
        stage.advance(1_000);
        assertThat(stage.host.dials).hasSize(1);
    }

    @Test
    void leavingSaysByeAndDialsNoMore() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        stage.engine.connect(endpoint("127.0.0.9:6346"));
        stage.host.dials.clear();

        stage.engine.leave("Shutting down");

        assertThat(link.take(Bye.class)).extracting(Bye::code).containsExactly(200);
        assertThat(link.closed).isEqualTo(CloseReason.SHUTDOWN);
        stage.advance(120_000);
        assertThat(stage.host.dials).isEmpty();
    }

    /** A joined peer that we dialled. */
    static HandLink dialled(Stage stage, Role peer, int number) {
        HandLink link = new HandLink("127.0.0." + number + ":6346");
        stage.engine.connect(link.remote());
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        stage.engine.onMessage(link, Handshake.answer(200, "OK", Stage.headers(peer, number)));
        return link;
    }

    /** Our answer to somebody who dials and says this. */
    private static Handshake greeted(Stage stage, Headers headers) {
        HandLink link = new HandLink("127.0.0.99:40000");
        stage.engine.onLinkOpen(link, 0);
        stage.engine.onMessage(link, Handshake.greeting(headers));
        return (Handshake) link.sent.get(0);
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
