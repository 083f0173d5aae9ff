package praline.node.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import praline.node.engine.TokenBucket;
import praline.protocol.testing.Seeds;

/** Rates that are held, and rates that are measured. */
class RatesTest {

    private static final int BLOCK = 16_384;

    /** Blocks are taken as soon as the bucket is open, by somebody whose timer may be late. */
    @Test
    void aRateHoldsWithinThreePercentHoweverLateTheTimersAre() {
        Seeds.check(200, random -> {
            long rate = 20_000L + random.nextInt(50_000_000);
            TokenBucket bucket = new TokenBucket(rate, 0);
            long taken = 0;
            long now = 0;
            long end = 10_000 + 20_000_000_000L / rate;
            while (now < end) {
                while (bucket.isOpen(now)) {
                    bucket.take(BLOCK);
                    taken += BLOCK;
                }
                now = bucket.openAt(now) + random.nextInt(5);
            }
            double held = taken * 1_000.0 / now;
            assertEquals((double) rate, held, 0.03 * rate + BLOCK * 1_000.0 / now);
        });
    }

    @Test
    void noTimeIsSavedUpBeyondAFewTimers() {
        TokenBucket bucket = new TokenBucket(1_000_000, 0);
        long now = 60_000;
        int burst = 0;
        while (bucket.isOpen(now)) {
            bucket.take(BLOCK);
            burst += BLOCK;
        }
        assertTrue(burst <= 50_000 + 2 * BLOCK, burst + " bytes at once after a pause");
    }

    @Test
    void withoutALimitItIsAlwaysOpen() {
        TokenBucket bucket = new TokenBucket(SwarmConfig.UNLIMITED, 0);
        for (int i = 0; i < 1_000; i++) {
            bucket.take(Integer.MAX_VALUE);
            assertTrue(bucket.isOpen(0));
        }
    }

    @Test
    void aNewRateHoldsFromThenOn() {
        TokenBucket bucket = new TokenBucket(SwarmConfig.UNLIMITED, 0);
        bucket.setRate(BLOCK, 1_000);
        bucket.take(BLOCK);
        assertFalse(bucket.isOpen(1_500));
        assertEquals(2_000, bucket.openAt(1_500));
    }

    @Test
    void aSteadyRateIsMeasuredAsItIs() {
        RateMeter meter = new RateMeter();
        for (long now = 100; now <= 30_000; now += 100) {
            meter.add(5_000, now);
        }
        assertEquals(50_000.0, (double) meter.rate(30_000, 5), 5_000);
        assertEquals(50_000.0, (double) meter.rate(30_000, RateMeter.SECONDS), 2_500);
        assertEquals(1_500_000, meter.total());
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        RateMeter meter = new RateMeter();
        meter.add(1_000_000, 5_000);
        assertTrue(meter.rate(9_000, RateMeter.SECONDS) > 0);
        assertEquals(0, meter.rate(60_000, RateMeter.SECONDS));
        assertEquals(1_000_000, meter.total());
    }
}
