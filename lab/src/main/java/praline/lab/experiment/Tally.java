package praline.lab.experiment;

import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;

/**
 * What one node handled by some moment, or between two.
 *
 * @param messages sent and received
 * @param bytes of them
 * @param maintenanceBytes sent to keep the network together: handshakes, pings, pongs, byes
 * @param publicationBytes sent to tell a leader of files, one by one or in a table, and to answer that
 */
record Tally(long messages, long bytes, long maintenanceBytes, long publicationBytes) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0);

    static Tally of(Counters counters) {
        long messages = 0;
        long bytes = 0;
        for (Direction direction : Direction.values()) {
            for (Cause cause : Cause.values()) {
                messages += counters.messages(direction, cause);
                bytes += counters.bytes(direction, cause);
            }
        }
        return new Tally(
                messages,
                bytes,
                counters.bytes(Direction.OUT, Cause.MAINTENANCE),
                counters.bytes(Direction.OUT, Cause.PUBLICATION) + counters.bytes(Direction.OUT, Cause.ROUTING_TABLE));
    }

    Tally plus(Tally other) {
        return new Tally(
                messages + other.messages,
                bytes + other.bytes,
                maintenanceBytes + other.maintenanceBytes,
                publicationBytes + other.publicationBytes);
    }

    Tally minus(Tally earlier) {
        return new Tally(
                messages - earlier.messages,
                bytes - earlier.bytes,
                maintenanceBytes - earlier.maintenanceBytes,
                publicationBytes - earlier.publicationBytes);
    }
}
