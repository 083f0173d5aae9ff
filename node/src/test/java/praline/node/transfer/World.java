package praline.node.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;

/**
 * Virtual time for a handful of nodes: events in the order of their time, and of their making where that is equal.
 * There are no bytes; a part of a file is its coordinates.
 */
final class World {

    private static final int EVENTS_AT_ONCE_MAX = 100_000;

    private final long seed;
    private final Map<Endpoint, WorldNode> nodes = new LinkedHashMap<>();
    private final List<WorldLink> links = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    private long now = 1_000_000;
    private long sequence;
    private long fingerprint = 17;
    private int eventsNow;

    /** Blocks that nobody has released. */
    int blocksAlive;

    private record Event(long time, long sequence, Runnable action) {}

    World(long seed) {
        this.seed = seed;
    }

    long now() {
        return now;
    }

    WorldNode add(int address) {
        return add(address, 6346);
    }

    WorldNode add(int address, int port) {
        Endpoint endpoint = Endpoint.ofIpv4(0x0A00_0000 + address, port);
        WorldNode node = new WorldNode(this, endpoint, seed);
        nodes.put(endpoint, node);
        return node;
    }

    @Nullable
    WorldNode node(Endpoint endpoint) {
        return nodes.get(endpoint);
    }

    void in(long millis, Runnable action) {
        events.add(new Event(now + millis, sequence++, action));
    }

    void connect(WorldNode from, WorldNode to, long ticket) {
        WorldLink near = new WorldLink(this, from);
        WorldLink far = new WorldLink(this, to);
        near.join(far);
        far.join(near);
        links.add(near);
        to.engine().onLinkOpen(far, 0);
        from.engine().onLinkOpen(near, ticket);
    }

    /** Every connection that stands breaks. */
    void resetAll() {
        List.copyOf(links).forEach(WorldLink::reset);
        links.clear();
    }

    /** What happened so far, in one number. */
    long fingerprint() {
        return fingerprint;
    }

    void trace(WorldNode at, TransferFrame frame) {
        long frameCode =
                frame.wireSize() * 31L + frame.getClass().getSimpleName().length();
        fingerprint = fingerprint * 1_000_003 + (now * 31 + at.endpoint.ipv4()) * 31 + frameCode;
    }

    void runFor(long millis) {
        long end = now + millis;
        while (step(end)) {
            assertProgress();
        }
        now = end;
    }

    /** Runs until {@code condition} holds; fails after {@code millis}. */
    void runUntil(BooleanSupplier condition, long millis) {
        long end = now + millis;
        while (!condition.getAsBoolean()) {
            if (!step(end)) {
                throw new AssertionError("it does not hold after " + millis + " ms");
            }
            assertProgress();
        }
    }

    /** The next event at or before {@code end}; false when there is none. */
    private boolean step(long end) {
        long wake = nextWake();
        long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().time();
        long next = Math.max(now, Math.min(wake, event));
        if (next > end) {
            return false;
        }
        eventsNow = next == now ? eventsNow + 1 : 0;
        now = next;
        if (event <= next) {
            events.remove().action().run();
        } else {
            wakeDue();
        }
        return true;
    }

    private long nextWake() {
        long next = Long.MAX_VALUE;
        for (WorldNode node : nodes.values()) {
            if (node.hasEngine()) {
                next = Math.min(next, node.engine().nextWake());
            }
        }
        return next;
    }

    private void wakeDue() {
        for (WorldNode node : nodes.values()) {
            if (node.hasEngine() && node.engine().nextWake() <= now) {
                node.engine().onWake();
            }
        }
    }

    private void assertProgress() {
        if (eventsNow > EVENTS_AT_ONCE_MAX) {
            throw new AssertionError("time stands still at " + now);
        }
    }
}
