package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** Token buckets and the inflow of a link, with a clock by hand. */
class RateTest {

    @Test
    void aBurstIsTakenAtOnceAndThenOneAtATime() {
        Rate rate = Rate.perSecond(10, 3, 0);
        assertThat(takenAt(rate, 0)).isEqualTo(3);
        assertThat(rate.waitMillis(0)).isEqualTo(100);
        assertThat(takenAt(rate, 99)).isZero();
        assertThat(takenAt(rate, 100)).isEqualTo(1);
    }

    @Test
    void aPauseEarnsNoMoreThanTheBurst() {
        Rate rate = Rate.perMinute(30, 10, 0);
        assertThat(takenAt(rate, 0)).isEqualTo(10);
        assertThat(takenAt(rate, Integer.MAX_VALUE * 1_000L)).isEqualTo(10);
    }

    @Test
    void inTheLongRunExactlyTheRateIsGiven() {
        Seeds.check(50, random -> {
            int perSecond = 1 + random.nextInt(1_000);
            Rate rate = Rate.perSecond(perSecond, 5, 0);
            long taken = 0;
            for (long now = 0; now <= 60_000; now += 1 + random.nextInt(2)) {
                taken += rate.take(now) ? 1 : 0;
            }
            assertThat(taken).isLessThanOrEqualTo(60L * perSecond + 5);
            if (perSecond <= 300) {
                assertThat(taken).isGreaterThanOrEqualTo(60L * perSecond - 1);
            }
        });
    }

    @Test
    void theWaitIsNeitherTooShortNorTooLong() {
        Seeds.check(1_000, random -> {
            Rate rate = Rate.perSecond(1 + random.nextInt(1_000), 1 + random.nextInt(5), 0);
            long now = random.nextInt(10_000);
            while (rate.take(now)) {
                now += random.nextInt(2);
            }
            long wait = rate.waitMillis(now);
            assertThat(wait).isPositive();
            assertThat(rate.waitMillis(now + wait - 1)).isPositive();
            assertThat(rate.take(now + wait)).isTrue();
        });
    }

    @Test
    void aLinkThatBringsTooMuchRestsUntilItIsEven() {
        Inflow inflow = new Inflow(1_000, 0);
        assertThat(inflow.pauseMillis(2_000, 0))
                .as("twice a second's worth at once")
                .isZero();
        assertThat(inflow.pauseMillis(2_500, 0)).isEqualTo(500);
        assertThat(inflow.pauseMillis(2_500, 499)).isEqualTo(1);
        assertThat(inflow.pauseMillis(2_500, 500)).isZero();
        assertThat(inflow.pauseMillis(4_500, 100_000))
                .as("a long rest earns the burst")
                .isZero();
        assertThat(inflow.pauseMillis(4_501, 100_000)).isEqualTo(1);
    }

    private static int takenAt(Rate rate, long now) {
        int taken = 0;
        while (rate.take(now)) {
            taken++;
        }
        return taken;
    }
}
