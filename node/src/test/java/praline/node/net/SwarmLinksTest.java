package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import praline.node.disk.ByteBlock;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerCodec;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Have;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.PeerMessage.KeepAlive;
import praline.protocol.bittorrent.PeerMessage.PieceHead;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.testing.Seeds;

/** BitTorrent in frames and bytes, however the bytes are cut. */
class SwarmLinksTest {

    private static final Sha1 TORRENT = Sha1.digestOf(new byte[] {1});
    private static final Hello HELLO = new Hello(Hello.OURS, TORRENT, Bytes.copyOf(new byte[20]));
    private static final int LARGEST = WireLimits.STANDARD.peer().block();

    @Test
    void framesAreTheSameWhereverTheStreamIsCut() {
        byte[] stream = stream(0, 1, 50);
        List<String> whole = heard(stream, new int[0]);
        assertThat(whole).hasSize(11).contains("block 2/32768 50 bytes, right", "block 0/0 0 bytes, right");
        for (int cut = 1; cut < stream.length; cut++) {
            assertThat(heard(stream, new int[] {cut})).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(heard(stream, everywhere(stream.length))).as("byte by byte").isEqualTo(whole);
    }

    @Test
    void largeBlocksAreTheSameHoweverTheyAreCut() {
        byte[] stream = stream(PeerMessage.BLOCK, LARGEST, 40_000);
        List<String> whole = heard(stream, new int[0]);
        assertThat(whole).contains("block 1/16384 " + LARGEST + " bytes, right");
        Seeds.check(
                300,
                random -> assertThat(heard(stream, cuts(random, stream.length))).isEqualTo(whole));
    }

    @Test
    void aBlockThatIsOnlyPromisedTakesNoMemory() {
        int links = 100;
        List<FrameCodec<SwarmFrame>> codecs =
                Stream.generate(SwarmLinksTest::codec).limit(links).toList();
        byte[] promise = bytes(HELLO, new PieceHead(0, 0, LARGEST));
        byte[] promiseAndOne = Arrays.copyOf(promise, promise.length + 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (FrameCodec<SwarmFrame> link : codecs) {
            link.receive(ByteBuffer.wrap(promiseAndOne));
            link.next();
            link.next();
        }
        long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(taken / links).isLessThan(2 * PeerMessage.BLOCK);
    }

    @Test
    void otherFirstBytesEndTheLink() {
        FrameCodec<SwarmFrame> link = codec();
        assertThat(link.awaitsOpening()).isTrue();
        link.receive(ByteBuffer.wrap(new byte[] {19, 'B', 'i', 'x'}));
        assertThat(link.next()).isEqualTo(new Decoded.Fatal<>(Defect.UNKNOWN_PROTOCOL, 3));
    }

    @Test
    void onlyTheHelloIsHurried() {
        FrameCodec<SwarmFrame> link = codec();
        byte[] hello = bytes(HELLO);
        link.receive(ByteBuffer.wrap(hello, 0, 67));
        link.next();
        assertThat(link.awaitsOpening()).isTrue();
        link.receive(ByteBuffer.wrap(hello, 67, 1));
        assertThat(link.next()).isEqualTo(new Decoded.Complete<>(new Said(HELLO)));
        assertThat(link.awaitsOpening()).isFalse();
    }

    @Test
    void onlyBlocksOfOursWaitForTheDiskAndForRoom() {
        FrameCodec<SwarmFrame> link = codec();
        SwarmFrame block = new OwnBlock(TORRENT, 0, 0, 10);
        SwarmFrame have = new Said(new Have(1));
        assertThat(link.isStored(block)).isTrue();
        assertThat(link.isControl(block)).isFalse();
        assertThat(link.isStored(have)).isFalse();
        assertThat(link.isControl(have)).isTrue();
        assertThat(link.mayOvertake(have)).isTrue();
        link.send(have);
        assertThat(link.takeOutgoing()).isEqualTo(bytes(new Have(1)));
        assertThat(link.takeOutgoing()).isEmpty();
    }

    /** A hello, and a little of everything around three blocks of these sizes. */
    private static byte[] stream(int first, int second, int third) {
        return bytes(
                HELLO,
                new Extended(0, Bytes.ofUtf8("d1:md11:ut_metadatai3eee")),
                new Bitfield(Bytes.ofHex("f0a5c3")),
                Signal.UNCHOKE,
                new PieceHead(0, 0, first),
                new KeepAlive(),
                new PieceHead(1, PeerMessage.BLOCK, second),
                new PieceHead(2, 2 * PeerMessage.BLOCK, third),
                new Have(7),
                new Request(1, 2, 3),
                Signal.CHOKE);
    }

    private static byte[] bytes(PeerMessage... messages) {
        int size = 0;
        for (PeerMessage message : messages) {
            size += message.wireSize() + (message instanceof PieceHead head ? head.length() : 0);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (PeerMessage message : messages) {
            PeerCodec.encode(message, out);
            if (message instanceof PieceHead head && !isPromise(messages)) {
                out.put(data(head.piece(), head.length()));
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A head at the very end has no data yet. */
    private static boolean isPromise(PeerMessage... messages) {
        return messages[messages.length - 1] instanceof PieceHead;
    }

    private static byte[] data(int piece, int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 31 + i / 251 + piece);
        }
        return data;
    }

    private static FrameCodec<SwarmFrame> codec() {
        return SwarmLinks.protocol(HostRig.config(ImmutableMap.of()), HostRig.NO_DISK)
                .newCodec()
                .make(false);
    }

    private static List<String> heard(byte[] stream, int[] cuts) {
        FrameCodec<SwarmFrame> link = codec();
        List<String> heard = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : stream.length;
            link.receive(ByteBuffer.wrap(stream, from, to - from).slice());
            from = to;
            Decoded<SwarmFrame> next = link.next();
            for (; next instanceof Decoded.Complete<SwarmFrame> complete; next = link.next()) {
                heard.add(told(complete.message()));
            }
            assertThat(next).isInstanceOf(Decoded.Partial.class);
        }
        assertThat(link.plainBytes()).isEqualTo(stream.length);
        return heard;
    }

    private static String told(SwarmFrame frame) {
        if (frame instanceof ReceivedBlock received) {
            ByteBuffer bytes = ((ByteBlock) received.block()).bytes();
            boolean isRight = bytes.equals(ByteBuffer.wrap(data(received.piece(), bytes.remaining())));
            return "block " + received.piece() + "/" + received.begin() + " " + bytes.remaining() + " bytes, "
                    + (isRight ? "right" : "wrong");
        }
        return frame.toString();
    }

    private static int[] everywhere(int size) {
        int[] cuts = new int[size];
        Arrays.setAll(cuts, i -> i);
        return cuts;
    }

    private static int[] cuts(RandomGenerator random, int size) {
        return random.ints(random.nextInt(40), 0, size + 1).sorted().toArray();
    }
}
