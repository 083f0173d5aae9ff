package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the share folders are looked through again. */
class ScanTimesTest {

    private final ScanTimes times = new ScanTimes();

    @Test
    void foldersAreLookedThroughASecondAfterTheLastChange() {
        times.onEnd(0, 10, true);
        times.onNews(1_000);
        times.onNews(1_800);

        assertThat(times.isDue(2_700)).isFalse();
        assertThat(times.isDue(2_800)).isTrue();
    }

    @Test
    void changesThatNeverEndAreLookedAtAllTheSame() {
        times.onEnd(0, 10, true);
        for (int now = 1_000; now < 6_000; now += 500) {
            times.onNews(now);
            assertThat(times.isDue(now)).isFalse();
        }
        times.onNews(6_000);

        assertThat(times.isDue(6_000)).isTrue();
    }

    @Test
    void withoutNewsTheyAreLookedThroughNowAndThen() {
        times.onEnd(0, 10, true);

        assertThat(times.isDue(29_999)).isFalse();
        assertThat(times.isDue(30_000)).isTrue();
    }

    @Test
    void whatASlowScanFoundIsNotLookedForAgainAtOnce() {
        times.onEnd(0, 1_000, true);
        times.onNews(100);

        assertThat(times.isDue(4_999)).isFalse();
        assertThat(times.isDue(5_000)).isTrue();
    }

    @Test
    void afterAScanThatPassedFilesOverAnotherOneFollows() {
        times.onBegin();
        times.onEnd(0, 10, false);

        assertThat(times.isDue(999)).isFalse();
        assertThat(times.isDue(1_000)).isTrue();
    }

    @Test
    void whatAScanWillSeeAsksForNoOther() {
        times.onEnd(0, 10, true);
        times.onNews(1_000);
        times.onBegin();
        times.onEnd(2_500, 10, true);

        assertThat(times.isDue(5_000)).isFalse();
    }
}
