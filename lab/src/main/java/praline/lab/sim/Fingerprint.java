package praline.lab.sim;

/** A hash over all that happened, in its order: two runs agree in it, or they differ in some event. */
final class Fingerprint {

    /** What kinds of event are told apart. */
    enum Kind {
        START,
        RUN,
        MESSAGE,
        OPEN,
        DIAL_FAILED,
        CLOSED,
        WRITABLE,
        JOB,
        DATAGRAM,
        WAKE
    }

    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final int NODE_SHIFT = 4;

    private long hash;

    void add(long time, int node, Kind kind) {
        add(time * ODD ^ (long) node << NODE_SHIFT ^ kind.ordinal());
    }

    void add(long value) {
        hash = Long.rotateLeft((hash ^ value) * ODD, 31);
    }

    long value() {
        return hash;
    }
}
