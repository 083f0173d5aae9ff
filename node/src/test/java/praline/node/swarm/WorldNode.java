package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LinkPurpose;
import praline.node.swarm.TorrentStatus.Phase;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.TorrentInfo;

/** One place in the {@link SwarmWorld}: an address, a line, a disk, and the engine that lives there. */
final class WorldNode implements Host<Object> {

    private static final int DIAL_MILLIS = 10;
    private static final int FIRST_EPHEMERAL_PORT = 40_000;

    /** Which version of a block it gives to whom; 0 is the right one. */
    @FunctionalInterface
    interface Giving {
        int version(int piece, int begin, Endpoint to);
    }

    final Endpoint endpoint;
    final WorldDisk disk = new WorldDisk();

    /** What the engine told, all its lives together. */
    final Heard heard = new Heard();

    /** How it gives blocks: honestly, unless a test says otherwise. */
    Giving giving = (piece, begin, to) -> 0;

    /** Bytes a second that its line sends. */
    long upRate = Long.MAX_VALUE;

    /** How long a job on its disk takes. */
    int diskMillis = 1;

    /** Whether what it sends and receives is lost, while its links seem to stand. */
    boolean isSilent;

    /** Whose links its engine closed because of what came on them, wrong pieces included. */
    final Set<Endpoint> thrownOut = new LinkedHashSet<>();

    /** Blocks that it sent. */
    long blocksGiven;

    private final SwarmWorld world;
    private final SwarmConfig config;
    private final SplitMix64 random;
    private boolean isUp = true;

    /** Whether dials to it are refused. */
    boolean isFirewalled;

    private @Nullable SwarmEngine engine;
    private long tickets;
    private int ports;
    private long lineFreeAt;

    WorldNode(SwarmWorld world, SwarmConfig config, long seed) {
        this.world = world;
        this.config = config;
        this.endpoint = config.self();
        this.random = SplitMix64.engineStream(seed, endpoint.ipv4(), 0);
    }

    /** Begins a life, with what the disk holds. */
    void startUp() {
        isUp = true;
        SwarmEngine born = new SwarmEngine(config, this, SharedTorrents.NONE, heard);
        engine = born;
        born.onStart();
    }

    /** As {@code kill -9} does: links break, and what is not on the disk is lost. */
    void kill() {
        isUp = false;
        engine = null;
        world.linksOf(this).forEach(WorldLink::reset);
    }

    /** Its line is cut; the engine lives on. */
    void vanish() {
        isUp = false;
        world.linksOf(this).forEach(WorldLink::reset);
    }

    void comeBack() {
        isUp = true;
    }

    /** Takes part in {@code torrent}, with {@code peers} to begin with. */
    void fetch(TorrentInfo torrent, WorldNode... peers) {
        start(TorrentOrder.of(torrent, ImmutableList.of()).withPeers(endpointsOf(peers)));
    }

    /** The same, by the infohash alone. */
    void fetchByHash(Sha1 infohash, WorldNode... peers) {
        start(new TorrentOrder(infohash, null, null, null, null, ImmutableList.of(), endpointsOf(peers)));
    }

    /** The same, with what {@code trackers} know. */
    void fetchFrom(TorrentInfo torrent, String... trackers) {
        start(TorrentOrder.of(
                torrent, Arrays.stream(trackers).map(ImmutableList::of).collect(ImmutableList.toImmutableList())));
    }

    void start(TorrentOrder order) {
        engine().start(order).ifPresent(why -> {
            throw new AssertionError(why);
        });
    }

    SwarmEngine engine() {
        if (engine == null) {
            throw new IllegalStateException("nobody lives at " + endpoint);
        }
        return engine;
    }

    boolean isAlive() {
        return engine != null;
    }

    /** Whether a torrent was completed here. */
    boolean isDone() {
        return !heard.paths.isEmpty();
    }

    /** How its only torrent stands. */
    TorrentStatus status() {
        return engine().torrents().get(0);
    }

    boolean isSeeding() {
        return isAlive() && !engine().torrents().isEmpty() && status().phase() == Phase.SEEDING;
    }

    long nextWake() {
        return engine == null ? Long.MAX_VALUE : engine.nextWake();
    }

    void wakeIfDue() {
        if (nextWake() <= world.now()) {
            engine().onWake();
        }
    }

    int nextEphemeralPort() {
        return FIRST_EPHEMERAL_PORT + ports++;
    }

    /** When {@code size} bytes have left, after all that was sent before. */
    long leavesIn(int size) {
        if (upRate == Long.MAX_VALUE) {
            return 0;
        }
        lineFreeAt = Math.max(lineFreeAt, world.now()) + size * 1_000L / upRate;
        return lineFreeAt - world.now();
    }

    @Override
    public long now() {
        return world.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        long ticket = ++tickets;
        SwarmEngine asking = engine();
        world.in(DIAL_MILLIS, () -> {
            if (engine != asking) {
                return;
            }
            WorldNode target = world.node(to);
            if (!isUp || target == null || target.isSilent || isSilent) {
                asking.onDialFailed(ticket, DialFailure.TIMED_OUT);
            } else if (!target.isUp || target.isFirewalled) {
                asking.onDialFailed(ticket, DialFailure.REFUSED);
            } else {
                world.connect(this, target, ticket);
            }
        });
        return ticket;
    }

    @Override
    public long submit(Job job) {
        long ticket = ++tickets;
        SwarmEngine asking = engine();
        WorldTracker tracker = job instanceof Job.Announce announce ? world.trackerOrNull(announce.url()) : null;
        world.in(tracker == null ? diskMillis : tracker.answerMillis(), () -> {
            JobResult result = job instanceof Job.Announce announce
                    ? WorldTracker.answer(tracker, endpoint, announce.request())
                    : disk.run(job);
            if (engine == asking) {
                asking.onJobDone(ticket, result);
            }
        });
        return ticket;
    }

    @Override
    public boolean sendTo(Endpoint to, Object datagram) {
        throw new IllegalStateException("swarms send no datagrams");
    }

    private static ImmutableList<Endpoint> endpointsOf(WorldNode... nodes) {
        return Arrays.stream(nodes).map(node -> node.endpoint).collect(ImmutableList.toImmutableList());
    }
}
