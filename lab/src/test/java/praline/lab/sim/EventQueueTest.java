package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** The wheel and its heap against the simplest queue there is: a list, sorted by time and order of adding. */
class EventQueueTest {

    private record Entry(long time, int sequence) {}

    @Test
    void whatWaitsComesInOrderOfTimeAndOfAdding() {
        Seeds.check(300, random -> {
            EventQueue queue = new EventQueue();
            List<Entry> waiting = new ArrayList<>();
            List<Entry> came = new ArrayList<>();
            List<Entry> expected = new ArrayList<>();
            long now = 0;
            int sequence = 0;
            while (sequence < 200 || !waiting.isEmpty()) {
                for (int i = random.nextInt(6); i > 0 && sequence < 200; i--) {
                    Entry entry = new Entry(now + random.nextInt(random.nextBoolean() ? 5 : 20_000), sequence++);
                    queue.add(entry.time(), null, entry);
                    waiting.add(entry);
                }
                if (!waiting.isEmpty()) {
                    waiting.sort(Comparator.comparing(Entry::time).thenComparing(Entry::sequence));
                    now = waiting.get(0).time();
                    assertThat(queue.firstTime()).isEqualTo(now);
                    queue.advance(now);
                    while (!waiting.isEmpty() && waiting.get(0).time() == now) {
                        expected.add(waiting.remove(0));
                    }
                    take(queue, came);
                }
            }
            assertThat(came).isEqualTo(expected);
            assertThat(queue.firstTime()).isEqualTo(Long.MAX_VALUE);
        });
    }

    private static void take(EventQueue queue, List<Entry> came) {
        Batch batch = queue.current();
        assertThat(batch).isNotNull();
        for (int i = 0; i < batch.size; i++) {
            came.add((Entry) batch.payloads[i]);
        }
        queue.finish(batch);
    }
}
