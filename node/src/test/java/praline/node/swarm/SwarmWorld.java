package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.testing.Seeds;

/**
 * Virtual time for a swarm: nodes with a disk and an engine each, links between them, trackers; events in the order of
 * their time, and of their making where that is equal. There are no bytes of content: a block is its coordinates, and
 * whether it is right.
 *
 * <pre>{@code
 * SwarmWorld world = new SwarmWorld(seed);
 * TorrentInfo torrent = world.torrent(100);
 * WorldNode seed = world.addSeed(1, torrent);
 * WorldNode leech = world.add(2);
 * leech.fetch(torrent, seed);
 * world.runUntil(leech::isDone, 60_000);
 * }</pre>
 */
final class SwarmWorld {

    static final int PIECE = 65_536;
    private static final int PORT = 6_881;
    /** 45.0.0.0, so that nodes are strangers to each other. */
    private static final int NETWORK = 0x2D00_0000;

    private static final int EVENTS_AT_ONCE_MAX = 100_000;

    private final long seed;
    private final RandomGenerator contents;
    private final Map<Endpoint, WorldNode> nodes = new LinkedHashMap<>();
    private final Map<String, WorldTracker> trackers = new TreeMap<>();
    private final List<WorldLink> links = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    private long now = 1_000_000;
    private long sequence;
    private long fingerprint = 17;
    private int eventsNow;

    /** Blocks that nobody has released. */
    int blocksAlive;

    /** From one end of a link to the other. */
    int latencyMillis = 5;

    private record Event(long time, long sequence, Runnable action) {}

    SwarmWorld(long seed) {
        this.seed = seed;
        this.contents = Seeds.generator(seed);
    }

    /** Runs {@code check} in a world of its own for each seed. */
    static void each(int seeds, Check check) {
        Seeds.check(seeds, random -> check.in(new SwarmWorld(random.nextLong()), random));
    }

    /** What must hold in a world. */
    @FunctionalInterface
    interface Check {
        void in(SwarmWorld world, RandomGenerator random) throws Exception;
    }

    /** A file of so many pieces of 64 KiB, the last one not quite full. */
    TorrentInfo torrent(int pieces) {
        byte[] hashes = new byte[pieces * Sha1.SIZE];
        ByteBuffer out = ByteBuffer.wrap(hashes);
        while (out.hasRemaining()) {
            out.put((byte) contents.nextInt());
        }
        TorrentFile file = new TorrentFile(ImmutableList.of(), 0, (long) pieces * PIECE - 10_000, false);
        return TorrentInfo.create("content", PIECE, Bytes.copyOf(hashes), ImmutableList.of(file), false);
    }

    /** A node with an empty disk, and with everything at its standard. */
    WorldNode add(int number) {
        return add(SwarmConfig.standard(endpoint(number), Profile.EXPERIMENT));
    }

    WorldNode add(SwarmConfig config) {
        WorldNode node = new WorldNode(this, config, seed);
        nodes.put(config.self(), node);
        node.startUp();
        return node;
    }

    /** A node that has all of {@code torrent}, and gives it. */
    WorldNode addSeed(int number, TorrentInfo torrent) {
        WorldNode node = add(number);
        node.disk.put(torrent);
        node.fetch(torrent);
        return node;
    }

    static Endpoint endpoint(int number) {
        return Endpoint.ofIpv4(NETWORK + number, PORT);
    }

    /** The tracker at {@code url}, which is made when it is asked for first. */
    WorldTracker tracker(String url) {
        return trackers.computeIfAbsent(url, name -> new WorldTracker());
    }

    @Nullable
    WorldTracker trackerOrNull(String url) {
        return trackers.get(url);
    }

    @Nullable
    WorldNode node(Endpoint endpoint) {
        return nodes.get(endpoint);
    }

    long now() {
        return now;
    }

    void in(long millis, Runnable action) {
        events.add(new Event(now + millis, sequence++, action));
    }

    void connect(WorldNode from, WorldNode to, long ticket) {
        WorldLink near = new WorldLink(this, from, to.endpoint);
        WorldLink far = new WorldLink(this, to, from.endpoint.withPort(from.nextEphemeralPort()));
        near.join(far);
        far.join(near);
        links.removeIf(WorldLink::isOver);
        links.add(near);
        links.add(far);
        to.engine().onLinkOpen(far, 0);
        from.engine().onLinkOpen(near, ticket);
    }

    /** The links that have an end at {@code node}; one end of each. */
    List<WorldLink> linksOf(WorldNode node) {
        return links.stream()
                .filter(link -> link.owner() == node && !link.isOver())
                .toList();
    }

    /** What happened so far, in one number. */
    long fingerprint() {
        return fingerprint;
    }

    void trace(WorldNode at, SwarmFrame frame) {
        long code = frame.wireSize() * 31L + frame.getClass().getSimpleName().length();
        fingerprint = fingerprint * 1_000_003 + (now * 31 + at.endpoint.ipv4()) * 31 + code;
    }

    void runFor(long millis) {
        long end = now + millis;
        while (step(end)) {
            assertProgress();
        }
        now = end;
    }

    /** Runs until {@code condition} holds and returns how long it took; fails after {@code millis}. */
    long runUntil(BooleanSupplier condition, long millis) {
        long begin = now;
        while (!condition.getAsBoolean()) {
            if (!step(begin + millis)) {
                throw new AssertionError("it does not hold after " + millis + " ms");
            }
            assertProgress();
        }
        return now - begin;
    }

    /** The next event at or before {@code end}; false when there is none. */
    private boolean step(long end) {
        long wake = nodes.values().stream().mapToLong(WorldNode::nextWake).min().orElse(Long.MAX_VALUE);
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
            nodes.values().forEach(WorldNode::wakeIfDue);
        }
        return true;
    }

    private void assertProgress() {
        if (eventsNow > EVENTS_AT_ONCE_MAX) {
            throw new AssertionError("time stands still at " + now);
        }
    }
}
