package praline.lab.sim;

import java.util.Arrays;

/** Numbers that wait for a time: a binary heap in primitive arrays, ordered by (time, order of adding). */
final class TimeHeap {

    private static final int CAPACITY_MIN = 16;

    private long[] times = new long[CAPACITY_MIN];
    private long[] sequences = new long[CAPACITY_MIN];
    private int[] values = new int[CAPACITY_MIN];
    private int size;
    private long nextSequence;

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time; {@link Long#MAX_VALUE} when nothing waits. */
    long firstTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The value that waits for {@link #firstTime} longest; there must be one. */
    int first() {
        return values[0];
    }

    void add(long time, int value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        int hole = size++;
        long sequence = nextSequence++;
        while (hole > 0 && times[(hole - 1) / 2] > time) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        put(hole, time, sequence, value);
    }

    void removeFirst() {
        size--;
        long time = times[size];
        long sequence = sequences[size];
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(child + 1, times[child], sequences[child])) {
                child++;
            }
            if (!isBefore(child, time, sequence)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, time, sequence, values[size]);
    }

    private boolean isBefore(int index, long time, long sequence) {
        return times[index] < time || (times[index] == time && sequences[index] < sequence);
    }

    private void move(int source, int target) {
        put(target, times[source], sequences[source], values[source]);
    }

    private void put(int index, long time, long sequence, int value) {
        times[index] = time;
        sequences[index] = sequence;
        values[index] = value;
    }
}
