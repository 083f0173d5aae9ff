package praline.lab.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its time, ordered by (time, order of adding).
 *
 * <p>Times are whole milliseconds and most of them near, so the queue is a wheel: a {@link Batch} for each of the next
 * {@value #SLOTS} ms, to which adding is an append. Batches are used again, so that a run in ticks keeps two of them
 * warm. What is further off waits in a heap and moves into the wheel as soon as the wheel reaches it, before anything
 * can be added there directly; so order among equal times holds.
 */
final class EventQueue {

    private static final int SLOTS = 1 << 12;
    private static final int MASK = SLOTS - 1;

    private final @Nullable Batch[] wheel = new Batch[SLOTS];
    private final ArrayDeque<Batch> spare = new ArrayDeque<>();
    private final TimeHeap far = new TimeHeap();
    /** Link and payload of what the heap names, at twice its number. */
    private final List<@Nullable Object> farEvents = new ArrayList<>();

    private final ArrayDeque<Integer> farFree = new ArrayDeque<>();
    private long now;
    private int batches;

    /** Adds a message for {@code link}, or, without a link, an {@link Occurrence}; {@code time} is not past. */
    void add(long time, @Nullable VirtualLink<?> link, Object payload) {
        if (time - now < SLOTS) {
            slot(time).add(link, payload);
        } else {
            addFar(time, link, payload);
        }
    }

    /** The time of what comes next; {@link Long#MAX_VALUE} when nothing waits. */
    long firstTime() {
        if (batches > 0) {
            for (long time = now; time < now + SLOTS; time++) {
                if (wheel[(int) time & MASK] != null) {
                    return time;
                }
            }
        }
        return far.firstTime();
    }

    /** Moves on to {@code time}; nothing may wait for an earlier one. */
    void advance(long time) {
        now = time;
        while (far.firstTime() - now < SLOTS) {
            int number = far.first();
            Object payload = farEvents.get(2 * number + 1);
            if (payload == null) {
                throw new IllegalStateException("event " + number + " is free, but waits");
            }
            slot(far.firstTime()).add((VirtualLink<?>) farEvents.get(2 * number), payload);
            far.removeFirst();
            farEvents.set(2 * number, null);
            farEvents.set(2 * number + 1, null);
            farFree.push(number);
        }
    }

    /** What happens now, or null. It may grow while it is read; {@link #finish} ends it. */
    @Nullable
    Batch current() {
        return wheel[(int) now & MASK];
    }

    /** All of {@link #current} has happened. */
    void finish(Batch batch) {
        batch.clear();
        wheel[(int) now & MASK] = null;
        spare.push(batch);
        batches--;
    }

    private Batch slot(long time) {
        int index = (int) time & MASK;
        Batch batch = wheel[index];
        if (batch == null) {
            batch = spare.isEmpty() ? new Batch() : spare.pop();
            wheel[index] = batch;
            batches++;
        }
        return batch;
    }

    private void addFar(long time, @Nullable VirtualLink<?> link, Object payload) {
        int number;
        if (farFree.isEmpty()) {
            number = farEvents.size() / 2;
            farEvents.add(link);
            farEvents.add(payload);
        } else {
            number = farFree.pop();
            farEvents.set(2 * number, link);
            farEvents.set(2 * number + 1, payload);
        }
        far.add(time, number);
    }
}
