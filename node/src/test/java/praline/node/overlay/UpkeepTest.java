package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;

/** Pings, pongs, and links that fall silent or talk nonsense. */
class UpkeepTest {

    @Test
    void aQuietLinkIsPingedAndASilentOneGivenUpAfterFortyFiveSeconds() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);

        stage.advance(14_999);
        assertThat(link.take(Ping.class)).isEmpty();
        stage.advance(1);
        assertThat(link.take(Ping.class)).extracting(Ping::ttl).containsExactly(1);
        stage.advance(29_999);
        assertThat(link.closed).isNull();
        stage.advance(1);
        assertThat(link.closed).isEqualTo(CloseReason.SILENT);
    }

    @Test
    void anyMessageKeepsALinkAlive() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        for (int i = 0; i < 20; i++) {
            stage.advance(10_000);
            stage.engine.onMessage(link, Stage.query(i, 1, 0));
        }
        assertThat(link.closed).isNull();
        assertThat(link.take(Ping.class)).isEmpty();
    }

    @Test
    void aPingForTheNextHopIsAlwaysAnsweredAndOneForHostsOnceInThreeSeconds() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);
        stage.join(Role.FLAT);
        stage.join(Role.FLAT);

        assertThat(pongs(stage, link, 1)).extracting(Pong::endpoint).containsExactly(Stage.SELF);
        assertThat(pongs(stage, link, 7)).hasSize(3);
        assertThat(pongs(stage, link, 7)).as("too soon").isEmpty();
        assertThat(pongs(stage, link, 1)).hasSize(1);
        stage.advance(3_000);
        link.sent.clear();
        assertThat(pongs(stage, link, 7)).hasSize(3);
    }

    @Test
    void aPongThatAnswersOurPingIsLearntAndAnyOtherIsNot() {
        Stage stage = new Stage(Role.LEAF);
        HandLink supernode = JoiningTest.dialled(stage, Role.SUPERNODE, 9);
        Ping ping = supernode.take(Ping.class).get(0);
        int known = stage.engine.status().hostsKnown();

        stage.engine.onMessage(supernode, pong(Stage.guid(5), "127.0.0.44:6346"));
        assertThat(stage.engine.status().hostsKnown()).isEqualTo(known);
        stage.engine.onMessage(supernode, pong(ping.guid(), "127.0.0.44:6346"));
        assertThat(stage.engine.status().hostsKnown()).isEqualTo(known + 1);
        stage.engine.onMessage(supernode, pong(ping.guid(), "127.0.0.45:0"));
        assertThat(stage.engine.status().hostsKnown()).isEqualTo(known + 1);
    }

    @Test
    void aHostThatIsLearntIsDialledAtOnceWhenLinksAreMissing() {
        Stage stage = new Stage(Role.FLAT);
        HandLink neighbour = JoiningTest.dialled(stage, Role.FLAT, 9);
        Ping ping = neighbour.take(Ping.class).get(0);

        stage.engine.onMessage(neighbour, pong(ping.guid(), "127.0.0.44:6346"));
        stage.advance(0);
        assertThat(stage.host.takeDial().to()).hasToString("127.0.0.44:6346");
        stage.engine.onMessage(neighbour, pong(ping.guid(), "127.0.0.45:6346"));
        stage.advance(0);
        assertThat(stage.host.dials)
                .as("two are wanted, and two are linked or dialled")
                .isEmpty();
    }

    @Test
    void aSupernodeShowsInItsPongThatItIsOneAndOthersDoNot() {
        for (Role role : List.of(Role.FLAT, Role.SUPERNODE)) {
            Stage stage = new Stage(role);
            HandLink link = stage.join(role);
            long size = pongs(stage, link, 1).get(0).kibibytes();
            boolean isMark = size >= 8 && Long.bitCount(size) == 1;
            assertThat(isMark).as("%s says %d", role, size).isEqualTo(role == Role.SUPERNODE);
        }
    }

    @Test
    void nonsenseIsForgivenTwentyTimesIfItIsRareAndABrokenFrameNever() {
        Stage stage = new Stage(Role.FLAT);
        HandLink sloppy = stage.join(Role.FLAT);
        HandLink broken = stage.join(Role.FLAT);

        for (int i = 0; i < 20; i++) {
            stage.engine.onDefect(sloppy, Defect.TRUNCATED);
            stage.host.now += 600_000;
        }
        assertThat(sloppy.closed).isNull();
        stage.engine.onDefect(sloppy, Defect.TRUNCATED);
        stage.engine.onDefect(broken, Defect.TOO_LARGE);

        assertThat(sloppy.take(Bye.class)).extracting(Bye::code).containsExactly(400);
        assertThat(broken.take(Bye.class)).extracting(Bye::code).containsExactly(400);
        assertThat(broken.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void aByeIsFollowedAtOnceAndNotAnswered() {
        Stage stage = new Stage(Role.FLAT);
        HandLink link = stage.join(Role.FLAT);

        stage.engine.onMessage(link, Bye.of(Stage.guid(1), 200, "Going home"));

        assertThat(link.closed).isEqualTo(CloseReason.BYE);
        assertThat(link.sent).isEmpty();
        assertThat(stage.engine.status().links()).isEmpty();
    }

    private static List<Pong> pongs(Stage stage, HandLink link, int ttl) {
        stage.engine.onMessage(link, new Ping(Stage.guid(3), ttl, 0, Bytes.EMPTY));
        return link.take(Pong.class);
    }

    private static Pong pong(praline.protocol.Guid guid, String endpoint) {
        return new Pong(guid, 1, 0, Endpoint.parse(endpoint).orElseThrow(), 0, 0, Bytes.EMPTY);
    }
}
