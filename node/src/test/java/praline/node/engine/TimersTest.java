package praline.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Deadlines in slots. */
class TimersTest {

    private enum Name {
        FIRST,
        SECOND
    }

    private final Timers<Name> timers = new Timers<>(Name.class);

    @Test
    void aDueTimerIsTakenOnce() {
        timers.set(Name.FIRST, 10);
        assertThat(timers.take(Name.FIRST, 9)).isFalse();
        assertThat(timers.take(Name.FIRST, 10)).isTrue();
        assertThat(timers.take(Name.FIRST, 10)).isFalse();
        assertThat(timers.next()).isEqualTo(Timers.NEVER);
    }

    @Test
    void theNextDeadlineIsTheEarliest() {
        timers.set(Name.FIRST, 20);
        timers.setAtMost(Name.SECOND, 30);
        timers.setAtMost(Name.FIRST, 25);
        assertThat(timers.next()).isEqualTo(20);
        timers.stop(Name.FIRST);
        assertThat(timers.next()).isEqualTo(30);
        assertThat(timers.isRunning(Name.FIRST)).isFalse();
    }
}
