package praline.lab.sim;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A node's uplink or downlink: carries one parcel at a time, and all lanes fairly (spec/praline.md section 7).
 *
 * <p>Fair queueing as by Golestani's self-clocked scheme (1994): a parcel's tag is that of its lane's last parcel, or
 * of the parcel carried now if that is more, and its size on top; the lowest tag goes first. So lanes that have
 * something to carry get the same number of bytes, a lane keeps its order, and a short message waits for the parcel
 * that is under way, not for all that others have queued.
 *
 * <p>Transmissions are reckoned in nanoseconds and end exactly; what follows from them happens in the millisecond in
 * which they end.
 */
final class Pipe implements Occurrence {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Simulation simulation;
    private final long rate;
    private final long tieKey;
    private final Sink sink;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>();

    private long sequence;
    /** The tag of what was carried last. */
    private long reached;
    /** When the parcel under way has been carried. */
    private long freeAtNanos;
    /** Whether {@link #happen} is going to be called. */
    private boolean isAwaited;

    /** Where parcels go that have been carried. */
    @FunctionalInterface
    interface Sink {

        /**
         * Told when a parcel's turn comes, because its end is known then.
         *
         * @param millis when it has been carried, now or later
         */
        void carried(Parcel parcel, long millis);
    }

    /** Ordered by tag, and then by its coming. */
    private record Waiting(long tag, long sequence, Lane lane, Parcel parcel) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            int byTag = Long.compare(tag, other.tag);
            return byTag != 0 ? byTag : Long.compare(sequence, other.sequence);
        }
    }

    /**
     * An idle pipe.
     *
     * @param rate bytes a second
     * @param tieKey unlike that of other pipes
     */
    Pipe(Simulation simulation, long rate, long tieKey, Sink sink) {
        this.simulation = simulation;
        this.rate = rate;
        this.tieKey = tieKey;
        this.sink = sink;
    }

    /** Queues {@code parcel} in {@code lane}, which is one of this pipe. */
    void take(Lane lane, Parcel parcel) {
        lane.tag = Math.max(lane.tag, reached) + parcel.size();
        lane.waiting++;
        queue.add(new Waiting(lane.tag, ++sequence, lane, parcel));
        if (!isAwaited) {
            carry();
        }
    }

    @Override
    public void happen() {
        isAwaited = false;
        carry();
    }

    @Override
    public long tieKey() {
        return tieKey;
    }

    /** Takes up all that begins within this millisecond. */
    private void carry() {
        long nowNanos = simulation.now() * NANOS_PER_MILLI;
        while (!queue.isEmpty() && freeAtNanos < nowNanos + NANOS_PER_MILLI) {
            Waiting next = queue.poll();
            next.lane.waiting--;
            if (next.lane.isCut) {
                continue;
            }
            reached = next.tag;
            freeAtNanos = Math.max(freeAtNanos, nowNanos) + next.parcel.size() * NANOS / rate;
            sink.carried(next.parcel, freeAtNanos / NANOS_PER_MILLI);
        }
        if (!queue.isEmpty()) {
            isAwaited = true;
            simulation.schedule(freeAtNanos / NANOS_PER_MILLI, this);
        }
    }
}
