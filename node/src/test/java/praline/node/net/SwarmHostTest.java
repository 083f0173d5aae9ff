package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.disk.ByteBlock;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerCodec;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Hello;

/** Blocks between the disks of two hosts, and peers and disks that do not keep up. */
class SwarmHostTest {

    private static final int BUDGET = NetLimits.STANDARD.net().swarmSendBudget();
    private static final int PIECE = 256 * 1_024;
    private static final int SMALL_BUFFER = 4_096;

    private final HostRig rig = new HostRig();
    /** With workers of its own. */
    private final HostRig elsewhere = new HostRig();

    private final List<RawPeer> raw = new ArrayList<>();

    /** A host with a {@link SwarmPeer} on it. */
    private record Node(HostRig.Node rig, SwarmPeer engine) {}

    @AfterEach
    void end() throws IOException {
        for (RawPeer peer : raw) {
            peer.close();
        }
        rig.close();
        elsewhere.close();
    }

    @Test
    void blocksGoFromOneDiskToTheOther() {
        int blocks = 300;
        Node seed = start(ImmutableMap.of(), new PatternDisk());
        Node leech = start(ImmutableMap.of(), HostRig.NO_DISK);
        AtomicInteger next = new AtomicInteger();
        seed.engine.onJoined = link -> push(link, next, blocks);
        seed.engine.onWritable = link -> push(link, next, blocks);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        leech.engine.onFrame = (link, frame) -> {
            ByteBuffer bytes = ((ByteBlock) ((ReceivedBlock) frame).block()).bytes();
            heard.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        };
        HostRig.call(leech.rig, () -> leech.rig.host().swarm().dial(seed.rig.endpoint(), LinkPurpose.SWARM));
        await().until(() -> heard.size() == blocks * PeerMessage.BLOCK);
        ByteBuffer expected = ByteBuffer.allocate(blocks * PeerMessage.BLOCK);
        PatternDisk.fill(0, expected);
        assertThat(heard.toByteArray()).isEqualTo(expected.array());
    }

    @Test
    void readersThatNeverReadCostNoMoreThanTheirBudgets() throws IOException {
        int readers = 20;
        PatternDisk disk = new PatternDisk();
        Node seed = start(ImmutableMap.of("limits.net.accepts", 1_000L), disk);
        AtomicInteger next = new AtomicInteger();
        seed.engine.onJoined = link -> push(link, next, Integer.MAX_VALUE);
        seed.engine.onWritable = link -> push(link, next, Integer.MAX_VALUE);
        long before = memory();
        for (int i = 0; i < readers; i++) {
            raw.add(join(seed, SMALL_BUFFER));
        }
        await().until(() -> seed.engine.joined.size() == readers);
        AtomicLong lastRead = new AtomicLong();
        await().during(Duration.ofMillis(300))
                .until(() -> lastRead.get() == lastRead.updateAndGet(any -> disk.bytesRead.get()));
        assertThat(memory() - before).isLessThan(2L * readers * BUDGET);
        assertThat(HostRig.call(
                        seed.rig,
                        () -> seed.engine.joined.stream()
                                .mapToInt(Link::room)
                                .max()
                                .getAsInt()))
                .as("they are all full")
                .isLessThanOrEqualTo(BUDGET / 2);
    }

    @Test
    void whatIsSaidOvertakesBlocksThatWaitForTheDisk() throws IOException {
        CountDownLatch diskIsSlow = new CountDownLatch(1);
        Node seed = start(ImmutableMap.of(), new PatternDisk() {
            @Override
            public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
                try {
                    diskIsSlow.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                super.readTorrent(torrent, piece, begin, into);
            }
        });
        RawPeer peer = join(seed, 0);
        raw.add(peer);
        await().until(() -> seed.engine.joined.size() == 1);
        HostRig.call(seed.rig, () -> {
            Link<SwarmFrame> link = seed.engine.joined.get(0);
            assertThat(link.send(new OwnBlock(SwarmPeer.TORRENT, 0, 0, 100))).isTrue();
            assertThat(link.send(new Said(PeerMessage.Signal.INTERESTED))).isTrue();
            return 0;
        });
        assertThat(peer.socket.getInputStream().readNBytes(5)).containsExactly(0, 0, 0, 1, 2);
        diskIsSlow.countDown();
        byte[] piece = peer.socket.getInputStream().readNBytes(113);
        assertThat(ByteBuffer.wrap(piece).getInt()).isEqualTo(109);
    }

    @Test
    void aBlockThatCannotBeReadEndsTheLink() throws IOException {
        Node seed = start(ImmutableMap.of(), HostRig.NO_DISK);
        RawPeer peer = join(seed, 0);
        raw.add(peer);
        seed.engine.onFrame = (link, frame) -> assertThat(link.send(new OwnBlock(SwarmPeer.TORRENT, 0, 0, 100)))
                .isTrue();
        peer.say(encoded(PeerMessage.Signal.INTERESTED));
        assertThat(peer.drain()).isZero();
        await().until(() -> seed.engine.events.contains("closed RESET"));
    }

    @Test
    void aStrangerWhoSaysSomethingElseIsClosedAtOnce() throws IOException {
        Node seed = start(ImmutableMap.of(), HostRig.NO_DISK);
        RawPeer peer = RawPeer.dial(seed.rig.endpoint(), 0);
        raw.add(peer);
        peer.say(new byte[96]);
        assertThat(peer.drain()).isZero();
        assertThat(seed.engine.events).containsExactly("start");
    }

    @Test
    void linksAreNotReadWhileMuchWaitsForTheDisk() {
        int blocks = 400;
        CountDownLatch diskIsSlow = new CountDownLatch(1);
        AtomicLong stored = new AtomicLong();
        Node seed = start(elsewhere, ImmutableMap.of(), new PatternDisk());
        Node leech = start(ImmutableMap.of("limits.net.jobBytes", 1L << 20), HostRig.disk(job -> {
            try {
                diskIsSlow.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            stored.addAndGet(((Job.StorePiece) job).blocks().get(0).size());
            return new JobResult.PieceStored(ImmutableList.of());
        }));
        AtomicInteger next = new AtomicInteger();
        seed.engine.onJoined = link -> push(link, next, blocks);
        seed.engine.onWritable = link -> push(link, next, blocks);
        AtomicInteger heard = new AtomicInteger();
        leech.engine.onFrame = (link, frame) -> {
            Block block = ((ReceivedBlock) frame).block();
            heard.incrementAndGet();
            leech.rig.host().swarm().submit(new Job.StorePiece(SwarmPeer.TORRENT, 0, ImmutableList.of(block), false));
        };
        HostRig.call(leech.rig, () -> leech.rig.host().swarm().dial(seed.rig.endpoint(), LinkPurpose.SWARM));
        int half = (1 << 19) / PeerMessage.BLOCK;
        await().until(() -> heard.get() > half);
        await().during(Duration.ofMillis(300)).until(() -> heard.get() <= half + 8);
        diskIsSlow.countDown();
        await().until(() -> stored.get() == (long) blocks * PeerMessage.BLOCK);
        assertThat(leech.engine.results).hasSize(blocks).doesNotHaveAnyElementsOfTypes(JobResult.Failed.class);
    }

    private Node start(ImmutableMap<String, Long> limits, NodeDisk disk) {
        return start(rig, limits, disk);
    }

    private static Node start(HostRig where, ImmutableMap<String, Long> limits, NodeDisk disk) {
        HostRig.Node node = where.start(HostRig.config(limits), disk);
        SwarmPeer engine = new SwarmPeer();
        node.host().swarm().install(engine);
        await().until(() -> !engine.events.isEmpty());
        return new Node(node, engine);
    }

    private static RawPeer join(Node node, int receiveBuffer) throws IOException {
        RawPeer peer = RawPeer.dial(node.rig.endpoint(), receiveBuffer);
        peer.say(encoded(SwarmPeer.hello()));
        assertThat(peer.socket.getInputStream().readNBytes(Hello.SIZE)).hasSize(Hello.SIZE);
        return peer;
    }

    private static byte[] encoded(PeerMessage message) {
        ByteBuffer out = ByteBuffer.allocate(message.wireSize());
        PeerCodec.encode(message, out);
        return out.array();
    }

    /** Sends the blocks of a torrent in their order, as many as there is room for, up to {@code end}. */
    private static void push(Link<SwarmFrame> link, AtomicInteger next, int end) {
        int perPiece = PIECE / PeerMessage.BLOCK;
        while (next.get() < end) {
            int block = next.get();
            SwarmFrame frame = new OwnBlock(
                    SwarmPeer.TORRENT,
                    block / perPiece % 1_000,
                    block % perPiece * PeerMessage.BLOCK,
                    PeerMessage.BLOCK);
            if (!link.send(frame)) {
                return;
            }
            next.incrementAndGet();
        }
    }

    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }

    /** A disk with an endless torrent whose bytes follow from their places. */
    private static class PatternDisk implements NodeDisk {

        final AtomicLong bytesRead = new AtomicLong();

        static void fill(long offset, ByteBuffer into) {
            for (long at = offset; into.hasRemaining(); at++) {
                into.put((byte) (at * 31 + at / 251));
            }
        }

        @Override
        public JobResult run(Job job) {
            throw new IllegalStateException("nobody asks for " + job);
        }

        @Override
        public byte[] read(SharedFile file, long offset, int size) throws IOException {
            throw new IOException("there is no " + file);
        }

        @Override
        public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
            bytesRead.addAndGet(into.remaining());
            fill((long) piece * PIECE + begin, into);
        }
    }
}
