package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;

/**
 * What an idle engine keeps in memory (ARCHITECTURE.md, spec/hardening.md B1): the heap that thousands of them take,
 * links joined by a real handshake, divided by their number. The links' own objects are the host's; here they are as
 * small as can be, and are taken off.
 */
class StateSizeTest {

    private static final int LEAVES = 10_000;
    private static final int SUPERNODES = 1_000;

    /** A {@link QuietLink}: a header and two references. */
    private static final int LINK_SIZE = 24;

    /** In which what a leaf told its supernodes is forgotten. */
    private static final long SETTLING_MILLIS = 1_000;

    @Test
    void anIdleLeafWithThreeSupernodesTakesAtMostTwoKibibytes() {
        long size = perEngine(LEAVES, Role.LEAF, 0, 3);
        System.Logger log = System.getLogger(StateSizeTest.class.getName());
        log.log(System.Logger.Level.INFO, "an idle leaf takes {0} bytes", size);
        assertThat(size).isLessThanOrEqualTo(2 * 1024);
    }

    @Test
    void anIdleSupernodeWithThirtyLeavesAndThirtyNeighboursTakesAtMostThirtyTwoKibibytes() {
        long size = perEngine(SUPERNODES, Role.SUPERNODE, 30, 30);
        System.Logger log = System.getLogger(StateSizeTest.class.getName());
        log.log(System.Logger.Level.INFO, "an idle supernode takes {0} bytes", size);
        assertThat(size).isLessThanOrEqualTo(32 * 1024);
    }

    private static long perEngine(int count, Role role, int leaves, int supernodes) {
        OverlayLimits limits = OverlayLimits.of(role);
        OverlayEngine[] engines = new OverlayEngine[count];
        QuietHost host = new QuietHost();
        engines[0] = engine(role, limits, host, 0, leaves, supernodes); // classes are loaded, statics stand
        long before = usedHeap();
        for (int i = 1; i < count; i++) {
            engines[i] = engine(role, limits, host, i, leaves, supernodes);
        }
        long used = usedHeap() - before;
        assertThat(engines[count - 1].status().links()).hasSize(leaves + supernodes);
        return used / (count - 1) - (long) LINK_SIZE * (leaves + supernodes);
    }

    private static OverlayEngine engine(
            Role role, OverlayLimits limits, QuietHost host, int number, int leaves, int supernodes) {
        Endpoint self = Endpoint.ofIpv4(0x7F000000 + number, 6346);
        Guid servent = new Guid(number, 1);
        OverlayConfig config =
                new OverlayConfig(role, self, servent, Profile.LAB, 0, 0, SearchMode.INDEX, true, 250, limits);
        LeafIndex index = role == Role.SUPERNODE ? new EmptyIndex() : null;
        OverlayEngine engine =
                new OverlayEngine(config, host, SharedFiles.NONE, index, OverlayListener.NONE, OverlayObserver.NONE);
        for (int i = 0; i < leaves + supernodes; i++) {
            join(engine, host, i < leaves ? Role.LEAF : Role.SUPERNODE, 1_000_000 + i, role == Role.LEAF);
        }
        host.now += SETTLING_MILLIS;
        engine.onWake();
        return engine;
    }

    private static void join(OverlayEngine engine, QuietHost host, Role peer, int number, boolean dialled) {
        Endpoint remote = Endpoint.ofIpv4(0x7F000000 + number, 6346);
        QuietLink link = new QuietLink(remote);
        if (dialled) {
            engine.connect(remote);
            engine.onLinkOpen(link, host.lastTicket);
            engine.onMessage(link, Handshake.answer(200, "OK", Stage.headers(peer, Greeter.AGENT, number % 200)));
        } else {
            engine.onLinkOpen(link, 0);
            engine.onMessage(link, Handshake.greeting(Stage.headers(peer, Greeter.AGENT, number % 200)));
            engine.onMessage(link, Handshake.answer(200, "OK", Headers.NONE));
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static final class QuietHost implements Host<Message> {
        private final SplitMix64 random = new SplitMix64(1);
        long now = 1;
        long lastTicket;

        @Override
        public long now() {
            return now;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public long dial(Endpoint to, LinkPurpose purpose) {
            return ++lastTicket;
        }

        @Override
        public long submit(Job job) {
            throw new AssertionError("the overlay asks for no jobs");
        }

        @Override
        public boolean sendTo(Endpoint to, Message datagram) {
            return false;
        }
    }

    private static final class QuietLink implements Link<OverlayFrame> {
        private final Endpoint remote;
        private @Nullable Object attachment;

        QuietLink(Endpoint remote) {
            this.remote = remote;
        }

        @Override
        public Endpoint remote() {
            return remote;
        }

        @Override
        public int room() {
            return 98_304;
        }

        @Override
        public boolean send(OverlayFrame message) {
            return true;
        }

        @Override
        public void read(boolean on) {}

        @Override
        public void close(CloseReason why) {}

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void attach(@Nullable Object state) {
            attachment = state;
        }
    }

    private static final class EmptyIndex implements LeafIndex {
        private int leaves;

        @Override
        public void watch(IndexWatcher watcher) {}

        @Override
        public int open() {
            return leaves++;
        }

        @Override
        public IndexStatus.Status apply(int leaf, IndexBatch batch, long now) {
            return IndexStatus.Status.OK;
        }

        @Override
        public Held held(int leaf) {
            return new Held(0, 0, 0, 0);
        }

        @Override
        public void close(int leaf) {}

        @Override
        public boolean purge() {
            return false;
        }

        @Override
        public ImmutableList<Match> match(Question question, int recordsMax, int except) {
            return ImmutableList.of();
        }

        @Override
        public ImmutableList<Holder> holders(Sha1 infohash, int max) {
            return ImmutableList.of();
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
