package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.LimitHits;

/** All queues of a node together (spec/hardening.md B4); the bound is 1,000 bytes here. */
class NodeQueuesTest {

    private final LimitHits hits = new LimitHits();
    private final NodeQueues queues = new NodeQueues(1_000, hits);
    private final List<Holding> links = new ArrayList<>();

    @Test
    void belowFourFifthsNothingHappens() {
        Holding link = link(799);
        assertThat(queues.isCalm()).isTrue();
        assertThat(link.pressed).isFalse();
    }

    @Test
    void fromFourFifthsOnTheLargestAreNotRead() {
        Holding small = link(200);
        Holding large = link(600);
        relieve();
        assertThat(large.pressed).isTrue();
        assertThat(small.pressed).isFalse();
        relieve();
        assertThat(small.pressed).as("it is the largest of the rest").isTrue();
    }

    @Test
    void whenThereIsRoomAgainAllAreRead() {
        Holding link = link(850);
        relieve();
        link.becomes(750);
        relieve();
        assertThat(link.pressed).as("between the two marks nothing changes").isTrue();
        link.becomes(600);
        relieve();
        assertThat(link.pressed).isFalse();
        assertThat(queues.isCalm()).isTrue();
    }

    @Test
    void atTheBoundTheLargestAreCutUntilATenthIsFree() {
        Holding small = link(300);
        Holding middle = link(350);
        Holding large = link(400);
        relieve();
        assertThat(large.isCut).isTrue();
        assertThat(middle.isCut).isFalse();
        assertThat(small.isCut).isFalse();
        assertThat(queues.total()).isEqualTo(650);
        assertThat(hits.all()).containsEntry("limits.net.nodeQueues", 1L);
    }

    private void relieve() {
        assertThat(queues.isCalm()).isFalse();
        queues.relieve(links);
    }

    private Holding link(int bytes) {
        Holding link = new Holding();
        links.add(link);
        link.becomes(bytes);
        return link;
    }

    private final class Holding implements NodeQueues.Holder {
        private int bytes;
        private boolean pressed;
        private boolean isCut;

        void becomes(int newBytes) {
            queues.changed(newBytes - bytes);
            bytes = newBytes;
        }

        @Override
        public int queuedBytes() {
            return bytes;
        }

        @Override
        public boolean isPressed() {
            return pressed;
        }

        @Override
        public void press(boolean on) {
            pressed = on;
        }

        @Override
        public void giveUp() {
            isCut = true;
            becomes(0);
        }
    }
}
