package praline.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** What is granted to keys that strangers choose. */
class RationTest {

    @Test
    void aKeyIsGrantedSoMuchInAnyStretchOfTime() {
        Seeds.check(200, random -> {
            Ration<Integer> ration = new Ration<>(3, 100, 10);
            List<Long> granted = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(40);
                if (ration.take(1, now)) {
                    granted.add(now);
                }
            }
            for (int i = 3; i < granted.size(); i++) {
                assertThat(granted.get(i) - granted.get(i - 3)).isGreaterThanOrEqualTo(100);
            }
            assertThat(granted.size()).isGreaterThan(20);
        });
    }

    @Test
    void keysDoNotShareTheirRations() {
        Ration<Integer> ration = new Ration<>(1, 100, 10);
        assertThat(ration.take(1, 0)).isTrue();
        assertThat(ration.take(2, 0)).isTrue();
        assertThat(ration.take(1, 99)).isFalse();
        assertThat(ration.take(1, 100)).isTrue();
    }

    @Test
    void aFloodOfKeysGetsNothingAndFreesNobodysRation() {
        Ration<Integer> ration = new Ration<>(1, 100, 2);
        assertThat(ration.take(1, 0)).isTrue();
        assertThat(ration.take(2, 10)).isTrue();
        assertThat(ration.take(3, 20)).as("full").isFalse();
        assertThat(ration.take(1, 30)).isFalse();
        assertThat(ration.take(3, 110)).as("the first is over").isTrue();
    }
}
