package praline.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

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

    @Test
    void theNextDeadlineIsTheEarliestWhateverMoved() {
        Seeds.check(500, random -> {
            Timers<Name> some = new Timers<>(Name.class);
            long[] expected = {Timers.NEVER, Timers.NEVER};
            for (int i = 0; i < 20; i++) {
                Name name = Name.values()[random.nextInt(2)];
                long deadline = random.nextInt(5);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        some.set(name, deadline);
                        expected[name.ordinal()] = deadline;
                    }
                    case 1 -> {
                        some.setAtMost(name, deadline);
                        expected[name.ordinal()] = Math.min(deadline, expected[name.ordinal()]);
                    }
                    case 2 -> {
                        some.stop(name);
                        expected[name.ordinal()] = Timers.NEVER;
                    }
                    default -> {
                        if (some.take(name, deadline)) {
                            expected[name.ordinal()] = Timers.NEVER;
                        }
                    }
                }
                assertThat(some.next()).isEqualTo(Arrays.stream(expected).min().orElseThrow());
            }
        });
    }
}
