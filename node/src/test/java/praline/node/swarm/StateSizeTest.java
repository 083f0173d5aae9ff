package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.ContentTorrent;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * What idle torrents and idle peers keep in memory: the heap that many of them take, divided by their number. The
 * links' own objects are the host's; here they are as small as can be.
 */
class StateSizeTest {

    private static final int TORRENTS = 500;
    private static final int PEERS_EACH = 10;
    private static final int KIB = 1_024;

    @Test
    void anIdleTorrentTakesAtMostEightKibibytes() {
        QuietHost host = new QuietHost();
        SwarmEngine engine = engine(host);
        seed(engine, host, 0);
        long before = usedHeap();
        for (int i = 1; i <= TORRENTS; i++) {
            seed(engine, host, i);
        }
        long each = (usedHeap() - before) / TORRENTS;
        assertThat(engine.torrents()).hasSize(TORRENTS + 1);
        log("an idle torrent takes {0} bytes", each);
        assertThat(each).isLessThanOrEqualTo(8 * KIB);
    }

    @Test
    void anIdlePeerTakesAtMostOneKibibyteOfAnEngine() {
        QuietHost host = new QuietHost();
        SwarmEngine engine = engine(host);
        for (int i = 0; i < TORRENTS; i++) {
            seed(engine, host, i);
        }
        List<QuietLink> links = new ArrayList<>();
        links.add(join(engine, 0, 0));
        long before = usedHeap();
        for (int i = 0; i < TORRENTS; i++) {
            for (int k = 1; k <= PEERS_EACH; k++) {
                links.add(join(engine, i, k));
            }
        }
        long each = (usedHeap() - before) / (links.size() - 1);
        assertThat(engine.torrents().get(1).peers()).hasSizeGreaterThanOrEqualTo(PEERS_EACH);
        log("an idle peer takes {0} bytes", each);
        assertThat(each).isLessThanOrEqualTo(KIB);
    }

    private static SwarmEngine engine(QuietHost host) {
        SwarmLimits limits = Limits.with(SwarmLimits.class, Map.of("limits.swarm.links", 100_000L));
        SwarmConfig config = SwarmConfig.standard(Endpoint.ofIpv4(0x7F000001, 6346), Profile.LAB)
                .at(Endpoint.ofIpv4(0x7F000001, 6346), Profile.LAB, limits);
        SwarmEngine engine = new SwarmEngine(config, host, SharedTorrents.NONE, SwarmListener.NONE);
        host.engine = engine;
        return engine;
    }

    /** A torrent of 4 MiB that is complete. */
    private static void seed(SwarmEngine engine, QuietHost host, int number) {
        assertThat(engine.start(TorrentOrder.of(info(number), ImmutableList.of())))
                .isEmpty();
        host.answer();
    }

    private static TorrentInfo info(int number) {
        Sha1 content = new Sha1(number, 1, 1);
        return TorrentInfo.of(new ContentTorrent(content, 4 << 20, Bytes.copyOf(new byte[16 * Sha1.SIZE])));
    }

    private static QuietLink join(SwarmEngine engine, int torrent, int number) {
        QuietLink link = new QuietLink(Endpoint.ofIpv4(0x7F000100 + torrent * 100 + number, 40_000));
        engine.onLinkOpen(link, 0);
        Bytes peerId = Bytes.ofUtf8(String.format("-XX0001-%012d", torrent * 100 + number));
        engine.onMessage(link, new Said(new Hello(Hello.OURS, info(torrent).infohash(), peerId)));
        engine.onMessage(link, new Said(Signal.HAVE_NONE));
        engine.onMessage(link, new Said(new PeerMessage.KeepAlive()));
        return link;
    }

    private static void log(String text, long size) {
        System.getLogger(StateSizeTest.class.getName()).log(System.Logger.Level.INFO, text, size);
    }

    /** After the collector has had its chance; the least of a few readings. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** A disk that holds everything, and a network in which nobody answers. */
    private static final class QuietHost implements Host<Void> {
        private final RandomGenerator random = new SplitMix64(1);
        private final Queue<Runnable> answers = new ArrayDeque<>();
        private long tickets;

        @Nullable
        private SwarmEngine engine;

        void answer() {
            for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
                next.run();
            }
        }

        @Override
        public long now() {
            return 1_000;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public long dial(Endpoint to, LinkPurpose purpose) {
            return ++tickets;
        }

        @Override
        public long submit(Job job) {
            long ticket = ++tickets;
            SwarmEngine asked = engine;
            if (asked != null) {
                answers.add(() -> asked.onJobDone(ticket, result(job)));
            }
            return ticket;
        }

        private static JobResult result(Job job) {
            if (job instanceof Job.OpenTorrent) {
                return new JobResult.TorrentOpened(Bytes.ofHex("ffff"), Bytes.ofHex("0000"), true);
            }
            return new JobResult.Finished("there");
        }

        @Override
        public boolean sendTo(Endpoint to, Void datagram) {
            return false;
        }
    }

    /** Takes everything and says nothing. */
    private static final class QuietLink implements Link<SwarmFrame> {
        private final Endpoint remote;

        @Nullable
        private Object attachment;

        QuietLink(Endpoint remote) {
            this.remote = remote;
        }

        @Override
        public Endpoint remote() {
            return remote;
        }

        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean send(SwarmFrame message) {
            return true;
        }

        @Override
        public void read(boolean on) {
            // Nothing is ever read from here.
        }

        @Override
        public void close(CloseReason why) {
            throw new AssertionError("closed: " + why);
        }

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void attach(@Nullable Object state) {
            attachment = state;
        }
    }
}
