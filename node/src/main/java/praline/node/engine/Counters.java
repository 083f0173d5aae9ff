package praline.node.engine;

import java.util.Arrays;
import praline.protocol.gnutella.MessageType;

/**
 * What one engine sent and received: messages and bytes, by direction, type and cause (ARCHITECTURE.md). The numbers
 * only grow. Counted alike on real TCP and in virtual time.
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
    /**
     * Queries and hits have causes of their own; a table of types besides would only cost the busiest counts a cache
     * line.
     */
    private static final int TYPES = MessageType.values().length - 2;

    /** Messages and bytes of each cause and direction, those of queries side by side. */
    private static final int CELLS = 4 * CAUSES;

    /** Those of the causes that come first, which every node meets; the rest are there when they are needed. */
    private static final int COMMON_CELLS = 4 * Cause.ROUTING_TABLE.ordinal();

    private long[] cells = new long[COMMON_CELLS];
    /** Messages of each direction and type, unsigned: of those that are rare, so that an idle node stays small. */
    private final int[] byType = new int[2 * TYPES];

    public void count(Direction direction, MessageType type, Cause cause, int wireSize) {
        count(direction, type, cause, wireSize, 1);
    }

    /** Counts {@code copies} of one message at once, each of {@code wireSize} bytes. */
    public void count(Direction direction, MessageType type, Cause cause, int wireSize, int copies) {
        int slot = roomFor(slot(direction, cause));
        cells[slot] += copies;
        cells[slot + 1] += (long) wireSize * copies;
        if (type != MessageType.QUERY && type != MessageType.QUERY_HIT) {
            byType[slot(direction, type)] += copies;
        }
    }

    /** Counts what is no descriptor: a handshake block, an HTTP head. */
    public void count(Direction direction, Cause cause, int wireSize) {
        int slot = roomFor(slot(direction, cause));
        cells[slot]++;
        cells[slot + 1] += wireSize;
    }

    public long messages(Direction direction, Cause cause) {
        return cell(slot(direction, cause));
    }

    /** Bytes of {@code wireSize()}, uncompressed. */
    public long bytes(Direction direction, Cause cause) {
        return cell(slot(direction, cause) + 1);
    }

    public long messages(Direction direction, MessageType type) {
        return switch (type) {
            case QUERY -> messages(direction, Cause.QUERY) + messages(direction, Cause.DUPLICATE);
            case QUERY_HIT -> messages(direction, Cause.HIT);
            case PING, PONG, BYE, QRP, VENDOR, STANDARD_VENDOR, PUSH, OTHER ->
                Integer.toUnsignedLong(byType[slot(direction, type)]);
        };
    }

    /** The numbers as they stand now. */
    public Counters copy() {
        Counters copy = new Counters();
        copy.cells = cells.clone();
        System.arraycopy(byType, 0, copy.byType, 0, byType.length);
        return copy;
    }

    private long cell(int slot) {
        return slot < cells.length ? cells[slot] : 0;
    }

    private int roomFor(int slot) {
        if (slot >= cells.length) {
            cells = Arrays.copyOf(cells, CELLS);
        }
        return slot;
    }

    private static int slot(Direction direction, Cause cause) {
        return 2 * (2 * cause.ordinal() + direction.ordinal());
    }

    /** Of a type that is not counted by its cause; what follows those two moves up. */
    private static int slot(Direction direction, MessageType type) {
        int place = type.ordinal() < MessageType.QUERY.ordinal() ? type.ordinal() : TYPES - 1;
        return direction.ordinal() * TYPES + place;
    }
}
