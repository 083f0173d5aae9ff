package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/** When a node that may choose leads, and when it steps back, with one engine and links played by hand. */
class RolesTest {

    /** As strangers have it: a minute without a supernode, half an hour in each role. */
    private static final TierLimits USUAL = TierLimits.of(Profile.EXPERIMENT);

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    @Test
    void aNodeThatMayChooseBeginsAsALeaf() {
        Stage stage = Stage.choosing(USUAL);

        assertThat(stage.engine.status().role()).isEqualTo(Role.LEAF);
        assertThat(stage.answerTo(Stage.headers(Role.LEAF, 9)).reason()).isEqualTo("Shielded leaf node");
    }

    @Test
    void aLeafThatFindsNoSupernodeLeadsAfterAMinuteOrTwo() {
        Stage stage = Stage.choosing(USUAL);

        stage.advance(MINUTE - 1);
        assertThat(stage.engine.status().role()).isEqualTo(Role.LEAF);
        stage.advance(MINUTE + 1);

        assertThat(stage.events).containsExactly("is SUPERNODE");
        assertThat(stage.answerTo(Stage.headers(Role.LEAF, 9)).agrees()).isTrue();
    }

    @Test
    void aLeafThatOthersCameToGoesFirst() {
        Stage stage = Stage.choosing(USUAL);
        stage.answerTo(Stage.headers(Role.LEAF, 9));

        stage.advance(MINUTE * 5 / 4);

        assertThat(stage.engine.status().role()).isEqualTo(Role.SUPERNODE);
    }

    @Test
    void aLeafThatKnowsOnlyFullSupernodesLeadsSoonerOrLater() {
        Stage stage = Stage.choosing(USUAL);
        refuse(stage, 9, Role.SUPERNODE);

        stage.advance(MINUTE / 2 - 1);
        assertThat(stage.engine.status().role()).isEqualTo(Role.LEAF);
        for (int i = 0; i < 5; i++) {
            while (!stage.host.dials.isEmpty()) {
                refuse(stage, 9, Role.SUPERNODE);
            }
            stage.advance(MINUTE);
        }

        assertThat(stage.events).contains("is SUPERNODE");
    }

    @Test
    void aLeafWithASupernodeStaysALeaf() {
        Stage stage = Stage.choosing(USUAL);
        HandLink supernode = JoiningTest.dialled(stage, Role.SUPERNODE, 9);

        stage.advanceTalking(4 * MINUTE, supernode);

        assertThat(stage.engine.status().role()).isEqualTo(Role.LEAF);
    }

    @Test
    void aNodeThatIsYoungOrThatNobodyReachedDoesNotLead() {
        Stage stage = Stage.choosing(TierLimits.STANDARD, Profile.INTERNET);

        stage.advance(HOUR - MINUTE);
        assertThat(stage.engine.status().role()).as("too young").isEqualTo(Role.LEAF);
        stage.advance(HOUR);
        assertThat(stage.engine.status().role()).as("never reached").isEqualTo(Role.LEAF);
        stage.engine.reached();
        stage.advance(2 * MINUTE);

        assertThat(stage.engine.status().role()).isEqualTo(Role.SUPERNODE);
    }

    @Test
    void aSupernodeWithoutLeavesStepsBackAfterAnHour() {
        Stage stage = Stage.choosing(USUAL);
        stage.advance(2 * MINUTE);
        HandLink neighbour = stage.join(Role.SUPERNODE);
        stage.events.clear();

        stage.advanceTalking(HOUR - 2 * MINUTE, neighbour);
        assertThat(stage.engine.status().role()).isEqualTo(Role.SUPERNODE);
        neighbour.sent.clear();
        stage.advanceTalking(2 * HOUR, neighbour);

        assertThat(stage.events).contains("is LEAF");
        assertThat(neighbour.closed).isEqualTo(CloseReason.BYE);
        assertThat(neighbour.take(Bye.class)).extracting(Bye::code).containsExactly(203);
        assertThat(neighbour.closed).isEqualTo(CloseReason.BYE);
    }

    @Test
    void aSupernodeWithALeafOrWithoutNeighboursStays() {
        Stage led = Stage.choosing(USUAL);
        led.advance(2 * MINUTE);
        HandLink leaf = led.join(Role.LEAF);
        led.advanceTalking(3 * HOUR, leaf, led.join(Role.SUPERNODE));
        assertThat(led.engine.status().role()).isEqualTo(Role.SUPERNODE);

        Stage alone = Stage.choosing(USUAL);
        alone.advance(2 * MINUTE + 3 * HOUR);
        assertThat(alone.engine.status().role()).isEqualTo(Role.SUPERNODE);
    }

    /** Leaves come and go as they please: however often, no role lasts less than half an hour. */
    @Test
    void rolesChangeAtMostTwiceAnHour() {
        Stage stage = Stage.choosing(TierLimits.of(Profile.EXPERIMENT, Map.of("limits.roles.leaflessMillis", 1_000L)));
        long begun = stage.host.now;
        int changes = 0;
        HandLink supernode = stage.join(Role.SUPERNODE);
        while (stage.host.now < begun + 10 * HOUR) {
            if (stage.engine.status().role() == Role.SUPERNODE && supernode.closed != null) {
                supernode = stage.join(Role.SUPERNODE);
            }
            stage.events.clear();
            stage.advanceTalking(20_000, supernode);
            changes += (int) stage.events.stream()
                    .filter(event -> event.startsWith("is "))
                    .count();
        }
        assertThat(changes).isBetween(10, 20);
    }

    @Test
    void leavesOfALeaderThatGoesAreToldWhomToTurnTo() {
        Stage stage = new Stage(Role.SUPERNODE, OverlayLimits.STANDARD, new OneFileIndex());
        HandLink leaf = stage.join(Role.LEAF);
        stage.join(Role.SUPERNODE);

        stage.engine.leave("Shutting down");

        Bye bye = leaf.take(Bye.class).get(0);
        assertThat(Greeter.recommended(bye)).containsExactly(endpoint("127.0.0.3:6346"));
    }

    @Test
    void aLeafTurnsToWhomItsLeaderNamesInItsBye() {
        Stage stage = new Stage(Role.LEAF);
        HandLink leader = JoiningTest.dialled(stage, Role.SUPERNODE, 9);
        String text = Greeter.farewell("Becoming a leaf node", List.of(endpoint("127.0.0.10:6346")));

        stage.engine.onMessage(leader, Bye.of(Stage.guid(1), 203, text));
        stage.advance(500);

        assertThat(stage.host.dials).extracting(HandHost.Dial::to).contains(endpoint("127.0.0.10:6346"));
    }

    private static void refuse(Stage stage, int number, Role by) {
        HandLink link = new HandLink("127.0.0." + number + ":6346");
        if (stage.host.dials.isEmpty()) {
            stage.engine.connect(link.remote());
        }
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        Headers headers = Headers.builder()
                .add("X-Ultrapeer", by == Role.SUPERNODE ? "True" : "False")
                .build();
        stage.engine.onMessage(link, Handshake.answer(503, "Too many leaf connections", headers));
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
