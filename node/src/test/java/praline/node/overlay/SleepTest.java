package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;

/** A machine that sleeps hears nobody, which says nothing of the others (spec/hardening.md F9). */
class SleepTest {

    private final Stage stage = new Stage(Role.SUPERNODE);
    private final HandLink neighbour = stage.join(Role.SUPERNODE);

    @Test
    void afterASleepLinksArePingedOnceAndNotDropped() {
        sleep(600_000);

        assertThat(neighbour.take(Ping.class)).hasSize(1);
        assertThat(neighbour.closed).isNull();
    }

    @Test
    void whoAnswersTheWakingNodeStays() {
        sleep(600_000);
        Ping ping = neighbour.take(Ping.class).get(0);
        stage.advance(20_000);
        stage.engine.onMessage(neighbour, new Pong(ping.guid(), 1, 0, neighbour.remote(), 0, 8, Bytes.EMPTY));
        stage.advance(12_000);

        assertThat(neighbour.closed).isNull();
    }

    @Test
    void whoDoesNotAnswerIsGivenUpAfterTheUsualTime() {
        sleep(600_000);
        stage.advance(30_000);

        assertThat(neighbour.closed).isEqualTo(CloseReason.SILENT);
    }

    /** A ping was under way when the lid was closed. */
    private void sleep(long millis) {
        stage.advance(16_000);
        neighbour.sent.clear();
        stage.host.now += millis;
        stage.engine.onWake();
    }
}
