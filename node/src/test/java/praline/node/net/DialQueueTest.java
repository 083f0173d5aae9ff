package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.protocol.Limits;

/** Whose turn it is to be dialled, with a clock by hand. */
class DialQueueTest {

    private final LimitHits hits = new LimitHits();
    private final List<Integer> started = new ArrayList<>();

    @Test
    void dialsStartInOrderAtALimitedRate() {
        DialQueue<Integer> queue = queue(Profile.INTERNET);
        IntStream.range(0, 15).forEach(queue::add);
        queue.startDue(0, started::add);
        assertThat(started).isEqualTo(IntStream.range(0, 10).boxed().toList());
        assertThat(queue.nextStart(0)).isEqualTo(100);
        queue.startDue(200, started::add);
        assertThat(started).isEqualTo(IntStream.range(0, 12).boxed().toList());
    }

    @Test
    void onlySoManyWaitForAnAnswer() {
        DialQueue<Integer> queue = queue(Profile.LAB);
        IntStream.range(0, 50).forEach(queue::add);
        queue.startDue(0, started::add);
        assertThat(started).hasSize(32);
        assertThat(queue.nextStart(0)).as("only an answer makes room").isEqualTo(Long.MAX_VALUE);
        queue.answered();
        queue.startDue(0, started::add);
        assertThat(started).hasSize(33);
        assertThat(hits.all()).containsKey("limits.net.halfOpen");
    }

    @Test
    void whatIsTooMuchIsRefused() {
        DialQueue<Integer> queue = queue(Profile.INTERNET);
        assertThat(IntStream.range(0, 300).filter(queue::add).count()).isEqualTo(256);
        assertThat(hits.all()).containsEntry("limits.net.dialsWaiting", 44L);
    }

    private DialQueue<Integer> queue(Profile profile) {
        return new DialQueue<>(Limits.with(NetLimits.class, ImmutableMap.of()).net(), profile, hits, 0);
    }
}
