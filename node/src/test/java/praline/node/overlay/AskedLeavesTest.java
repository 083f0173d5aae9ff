package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Guid;

/** What is remembered of queries that went down to leaves. */
class AskedLeavesTest {

    @Test
    void exactlyThePairsThatWereAskedAreKnown() {
        AskedLeaves asked = new AskedLeaves(7, 1_000);
        for (int query = 0; query < 100; query++) {
            asked.add(new Guid(query, 5), query % 10);
        }
        for (int query = 0; query < 200; query++) {
            for (int leaf = 0; leaf < 10; leaf++) {
                assertThat(asked.contains(new Guid(query, 5), leaf)).isEqualTo(query < 100 && leaf == query % 10);
            }
        }
    }

    @Test
    void theYoungestAreKeptAndTheOldestForgotten() {
        AskedLeaves asked = new AskedLeaves(7, 64);
        for (int query = 0; query < 1_000; query++) {
            asked.add(new Guid(query, 5), 1);
            for (int recent = Math.max(0, query - 63); recent <= query; recent++) {
                assertThat(asked.contains(new Guid(recent, 5), 1)).isTrue();
            }
        }
        assertThat(asked.contains(new Guid(800, 5), 1)).isFalse();
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(new AskedLeaves(7, 64).contains(Guid.ZERO, 1)).isFalse();
    }
}
