package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/** What a living servent asks of our handshake in either seat (spec/gnutella.md section 2). */
class HandshakeTest {

    private static final OverlayLimits ONE_NEIGHBOUR = OverlayLimits.with(Map.of("limits.overlay.neighboursMax", 1L));

    @Test
    void aLeafSaysWhatALivingSupernodeAsksForInFewerThanThirtyLines() {
        Stage stage = new Stage(Role.LEAF);
        stage.engine.liveSince(Instant.parse("2025-06-01T12:00:03Z"));
        Headers headers = dial(stage).greeting().headers();

        assertThat(headers.lines()).hasSizeLessThan(30);
        assertThat(headers.says("X-Ultrapeer", "False")).isTrue();
        assertThat(headers.lists("Accept-Encoding", "deflate")).isTrue();
        assertThat(headers.get("X-Query-Routing")).contains("0.2");
        assertThat(headers.get("X-Dynamic-Querying")).contains("0.1");
        assertThat(headers.get("X-Ultrapeer-Query-Routing")).contains("0.1");
        assertThat(headers.get("X-Live-Since")).contains("Sun, 01 Jun 2025 12:00:03 +0000");
        assertThat(headers.get("X-Ext-Probes")).as("only supernodes are probed").isEmpty();
        assertThat(Integer.parseInt(headers.get("X-Degree").orElseThrow())).isGreaterThanOrEqualTo(16);
    }

    @Test
    void aSupernodeAnswersALeafWithAllThatALivingLeafDemandsAndWithoutCompression() {
        Headers headers =
                answer(new Stage(Role.SUPERNODE), inflating(Role.LEAF, 9)).headers();

        assertThat(headers.says("X-Ultrapeer", "True")).isTrue();
        assertThat(headers.says("X-Ultrapeer-Needed", "True")).isTrue();
        assertThat(headers.get("X-Dynamic-Querying")).contains("0.1");
        assertThat(headers.get("X-Ext-Probes")).contains("0.1");
        assertThat(Integer.parseInt(headers.get("X-Degree").orElseThrow())).isGreaterThanOrEqualTo(16);
        assertThat(headers.get("Accept-Encoding")).isEmpty();
        assertThat(headers.get("Content-Encoding")).isEmpty();
    }

    @Test
    void supernodesCompressInBothDirectionsWhenBothAcceptIt() {
        Stage stage = new Stage(Role.SUPERNODE);
        assertThat(isDeflated(answer(stage, inflating(Role.SUPERNODE, 9)))).isTrue();
        assertThat(isDeflated(answer(stage, Stage.headers(Role.SUPERNODE, 10))))
                .as("it did not say that it inflates")
                .isFalse();

        Dialled dialled = dial(new Stage(Role.SUPERNODE));
        assertThat(dialled.greeting().headers().lists("Accept-Encoding", "deflate"))
                .isTrue();
        assertThat(isDeflated(dialled.answered(inflating(Role.SUPERNODE, 9)))).isTrue();
    }

    @Test
    void onlySoManyLinksAreDeflated() {
        OverlayLimits limits = OverlayLimits.with(Map.of("limits.overlay.deflatersMax", 2L));
        Stage stage = new Stage(Role.SUPERNODE, limits, null);

        assertThat(isDeflated(answer(stage, inflating(Role.SUPERNODE, 11)))).isTrue();
        assertThat(isDeflated(answer(stage, inflating(Role.SUPERNODE, 12)))).isTrue();
        assertThat(isDeflated(answer(stage, inflating(Role.SUPERNODE, 13)))).isFalse();
    }

    @Test
    void theLinkOfALeafIsDeflatedWhenConfiguredSo() {
        OverlayLimits limits = OverlayLimits.with(Map.of("limits.overlay.leafDeflatersMax", 1L));
        Handshake answer = answer(new Stage(Role.SUPERNODE, limits, null), inflating(Role.LEAF, 9));

        assertThat(isDeflated(answer)).isTrue();
        assertThat(answer.headers().lists("Accept-Encoding", "deflate")).isTrue();
        assertThat(isDeflated(dial(new Stage(Role.LEAF, limits, null)).answered(inflating(Role.SUPERNODE, 9))))
                .isTrue();
        assertThat(isDeflated(dial(new Stage(Role.LEAF)).answered(inflating(Role.SUPERNODE, 9))))
                .isFalse();
    }

    @Test
    void aLaboratoryCompressesNothing() {
        OverlayLimits limits = OverlayLimits.of(Role.SUPERNODE, praline.node.engine.Profile.LAB, Map.of());
        Handshake answer = answer(new Stage(Role.SUPERNODE, limits, null), inflating(Role.SUPERNODE, 9));

        assertThat(isDeflated(answer)).isFalse();
        assertThat(answer.headers().get("Accept-Encoding")).isEmpty();
    }

    @Test
    void aSupernodeWithoutRoomForAnotherOffersItAPlaceAsLeaf() {
        Stage stage = new Stage(Role.SUPERNODE, ONE_NEIGHBOUR, null);
        stage.join(Role.SUPERNODE);
        Arrived arrived = arrive(stage, Stage.headers(Role.SUPERNODE, 9));

        assertThat(arrived.answer().status()).isEqualTo(200);
        assertThat(arrived.answer().headers().says("X-Ultrapeer-Needed", "False"))
                .isTrue();
        assertThat(arrived.answer().headers().get("X-Try-Ultrapeers")).contains("127.0.0.2:6346");

        stage.engine.onMessage(arrived.link(), Handshake.answer(200, "OK", one("X-Ultrapeer", "False")));
        assertThat(stage.events).endsWith("joined LEAF");
    }

    @Test
    void whoStaysASupernodeWhereThereIsNoRoomForOneIsShownOut() {
        Stage stage = new Stage(Role.SUPERNODE, ONE_NEIGHBOUR, null);
        stage.join(Role.SUPERNODE);
        Arrived arrived = arrive(stage, Stage.headers(Role.SUPERNODE, 9));

        stage.engine.onMessage(arrived.link(), Handshake.answer(200, "OK", Headers.NONE));

        assertThat(arrived.link().take(Bye.class)).extracting(Bye::code).containsExactly(503);
        assertThat(arrived.link().closed).isEqualTo(CloseReason.BYE);
        assertThat(stage.events).containsExactly("joined SUPERNODE");
    }

    @Test
    void aSupernodeThatStaysOneSaysSoToWhomWantsALeaf() {
        Headers wish = with(Stage.headers(Role.SUPERNODE, 9), "X-Ultrapeer-Needed", "False");

        Handshake answer = dial(new Stage(Role.SUPERNODE)).answered(wish);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.reason()).isEqualTo("Not becoming a leaf node");
    }

    @Test
    void aCrawlerIsToldWhoIsHereAndTheLinkEnds() {
        Stage stage = new Stage(Role.SUPERNODE);
        stage.join(Role.SUPERNODE);
        stage.join(Role.LEAF);
        stage.join(Role.LEAF);
        Arrived crawler = arrive(
                stage,
                Headers.builder()
                        .add("User-Agent", "Crawler/1")
                        .add("Crawler", "0.1")
                        .build());

        assertThat(crawler.answer().status()).isEqualTo(200);
        assertThat(crawler.answer().headers().get("Peers")).contains("127.0.0.2:6346");
        assertThat(crawler.answer().headers().get("Leaves")).contains("127.0.0.3:6346,127.0.0.4:6346");
        assertThat(crawler.link().closed).isEqualTo(CloseReason.FINISHED);
    }

    @Test
    void tablesThatWeCannotReadEndTheLinkUnlessTheOtherEndComesDownToOurVersion() {
        Stage stage = new Stage(Role.SUPERNODE);
        Headers newer = with(Stage.headers(Role.SUPERNODE, 9), "X-Query-Routing", "0.3");
        Arrived stubborn = arrive(stage, newer);
        stage.engine.onMessage(stubborn.link(), Handshake.answer(200, "OK", Headers.NONE));
        assertThat(stubborn.link().take(Bye.class)).extracting(Bye::code).containsExactly(505);

        Arrived obliging = arrive(stage, newer);
        stage.engine.onMessage(obliging.link(), Handshake.answer(200, "OK", one("X-Query-Routing", "0.2")));
        assertThat(stage.events).containsExactly("joined SUPERNODE");

        assertThat(dial(new Stage(Role.SUPERNODE)).answered(newer).headers().get("X-Query-Routing"))
                .contains("0.2");
    }

    @Test
    void whoListensWhereALinkedServentDoesIsTheSameOne() {
        Stage stage = new Stage(Role.SUPERNODE);
        stage.join(Role.LEAF);

        HandLink again = new HandLink("127.0.0.2:40001");
        stage.engine.onLinkOpen(again, 0);
        stage.engine.onMessage(again, Handshake.greeting(with(Stage.headers(Role.LEAF, 2), "GUID", "junk")));

        assertThat(((Handshake) again.sent.get(0)).status()).isEqualTo(409);
    }

    @Test
    void anOlderLinkThatOwesAPongGivesWayToANewOneOfTheSameServent() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink older = stage.join(Role.LEAF);
        stage.advance(OverlayLimits.STANDARD.quietMillis());

        HandLink newer = new HandLink("127.0.0.2:40001");
        stage.engine.onLinkOpen(newer, 0);
        stage.engine.onMessage(newer, Handshake.greeting(Stage.headers(Role.LEAF, 2)));

        assertThat(older.take(Bye.class)).extracting(Bye::code).containsExactly(409);
        assertThat(((Handshake) newer.sent.get(0)).status()).isEqualTo(200);
    }

    @Test
    void theContactOfALivingServentIsFoundInItsOwnHeader() {
        Headers headers = Headers.builder()
                .add("Node", "127.0.0.1:40929")
                .add("X-Ultrapeer", "False")
                .build();

        assertThat(PeerFacts.read(headers, Stage.SELF, null).contact())
                .as("the port that it says, the address that we see")
                .hasToString("127.0.0.1:40929");
    }

    private record Dialled(Stage stage, HandLink link, Handshake greeting) {

        /** What we say to this answer. */
        Handshake answered(Headers headers) {
            stage.engine.onMessage(link, Handshake.answer(200, "OK", headers));
            return Iterables.getLast(link.sent.stream()
                    .filter(Handshake.class::isInstance)
                    .map(Handshake.class::cast)
                    .toList());
        }
    }

    private record Arrived(HandLink link, Handshake answer) {}

    private static Dialled dial(Stage stage) {
        HandLink link = new HandLink("127.0.0.9:6346");
        stage.engine.connect(link.remote());
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        return new Dialled(stage, link, (Handshake) link.sent.get(0));
    }

    private static Arrived arrive(Stage stage, Headers headers) {
        HandLink link = new HandLink("127.0.0.9:40000");
        stage.engine.onLinkOpen(link, 0);
        stage.engine.onMessage(link, Handshake.greeting(headers));
        Handshake answer = (Handshake) link.sent.get(0);
        link.sent.clear();
        return new Arrived(link, answer);
    }

    private static Handshake answer(Stage stage, Headers headers) {
        return arrive(stage, headers).answer();
    }

    private static boolean isDeflated(Handshake block) {
        return block.headers().lists("Content-Encoding", "deflate");
    }

    private static Headers inflating(Role role, int number) {
        return with(Stage.headers(role, number), "Accept-Encoding", "deflate");
    }

    private static Headers one(String name, String value) {
        return with(Headers.NONE, name, value);
    }

    /** These headers and one more, which takes the place of another of its name. */
    private static Headers with(Headers headers, String name, String value) {
        Headers.Builder more = Headers.builder();
        headers.lines().stream()
                .filter(line -> !line.name().equals(name))
                .forEach(line -> more.add(line.name(), line.value()));
        return more.add(name, value).build();
    }
}
