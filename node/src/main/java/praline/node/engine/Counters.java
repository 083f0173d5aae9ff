package praline.node.engine;

import praline.protocol.gnutella.MessageType;

/**
 * What one engine sent and received: messages and bytes, by direction, type and cause (DESIGN.md section 5). The
 * numbers only grow. Counted alike on real TCP and in virtual time.
 */
public final class Counters {

    /** Which way a message went. */
    public enum Direction {
        IN,
        OUT
    }

    /** What a message was for; the split of spec/experiments.md section 1. */
    public enum Cause {
        /** A query on its first way to a node. */
        QUERY,
        /** A query that the node had seen before; known only where it arrives. */
        DUPLICATE,
        HIT,
        /** Handshakes, pings, pongs, byes and vendor messages. */
        MAINTENANCE,
        /** What a leaf tells its supernode about its files, and the answers. */
        PUBLICATION,
        ROUTING_TABLE,
        TRANSFER
    }

    private static final int CAUSES = Cause.values().length;
    private static final int TYPES = MessageType.values().length;

    private final long[] messagesByCause = new long[2 * CAUSES];
    private final long[] bytesByCause = new long[2 * CAUSES];
    private final long[] messagesByType = new long[2 * TYPES];

    public void count(Direction direction, MessageType type, Cause cause, int wireSize) {
        count(direction, cause, wireSize);
        messagesByType[direction.ordinal() * TYPES + type.ordinal()]++;
    }

    /** Counts {@code copies} of one message at once, each of {@code wireSize} bytes. */
    public void count(Direction direction, MessageType type, Cause cause, int wireSize, int copies) {
        int slot = direction.ordinal() * CAUSES + cause.ordinal();
        messagesByCause[slot] += copies;
        bytesByCause[slot] += (long) wireSize * copies;
        messagesByType[direction.ordinal() * TYPES + type.ordinal()] += copies;
    }

    /** Counts what is no descriptor: a handshake block, an HTTP head. */
    public void count(Direction direction, Cause cause, int wireSize) {
        int slot = direction.ordinal() * CAUSES + cause.ordinal();
        messagesByCause[slot]++;
        bytesByCause[slot] += wireSize;
    }

    public long messages(Direction direction, Cause cause) {
        return messagesByCause[direction.ordinal() * CAUSES + cause.ordinal()];
    }

    /** Bytes of {@code wireSize()}, uncompressed. */
    public long bytes(Direction direction, Cause cause) {
        return bytesByCause[direction.ordinal() * CAUSES + cause.ordinal()];
    }

    public long messages(Direction direction, MessageType type) {
        return messagesByType[direction.ordinal() * TYPES + type.ordinal()];
    }
}
