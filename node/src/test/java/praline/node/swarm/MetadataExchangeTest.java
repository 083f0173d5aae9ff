package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.Timers;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.testing.Seeds;

/** Peers are strings; what is asked of them waits in a queue until the test answers. */
class MetadataExchangeTest {

    private static final int BLOCKS = 5;
    private static final Bytes INFO = info(BLOCKS);
    private static final int SECOND = 1_000;

    private World world = new World(INFO);

    @BeforeEach
    void begin() {
        world = new World(INFO);
    }

    private record Request(String peer, int piece) {}

    private static final class World implements MetadataExchange.Port<String> {
        final MetadataExchange<String> exchange;
        final Deque<Request> requests = new ArrayDeque<>();
        final List<String> convicted = new ArrayList<>();
        long now = 1_000_000;

        @Nullable
        TorrentInfo complete;

        @Nullable
        String refused;

        World(Bytes info) {
            exchange = new MetadataExchange<>(Sha1.digestOf(info.toArray()), this, SwarmLimits.STANDARD);
        }

        @Override
        public void request(String peer, int piece) {
            assertThat(convicted).doesNotContain(peer);
            assertThat(isOver()).isFalse();
            requests.add(new Request(peer, piece));
        }

        @Override
        public void complete(TorrentInfo info) {
            assertThat(isOver()).isFalse();
            complete = info;
        }

        @Override
        public void refuse(String why) {
            refused = why;
        }

        @Override
        public void convict(String peer) {
            convicted.add(peer);
        }

        boolean isOver() {
            return complete != null || refused != null;
        }

        void offer(String peer) {
            exchange.onOffer(peer, INFO.size(), now);
        }

        void give(Request request, Bytes block) {
            exchange.onData(request.peer(), request.piece(), 0, block, now);
        }

        /** Answers everything that is asked, until nothing more is. */
        void answerAll() {
            while (!requests.isEmpty()) {
                Request request = requests.remove();
                give(request, block(request.piece()));
            }
        }

        void pass(int seconds) {
            now += seconds * (long) SECOND;
            exchange.watch(now);
        }
    }

    @Test
    void theFirstBlocksAreAskedForTheMomentThatSomebodyOffers() {
        world.offer("a");

        assertThat(world.requests).containsExactly(new Request("a", 0), new Request("a", 1));
    }

    @Test
    void allThatOfferAreAskedAtOnceForDifferentBlocks() {
        world.offer("a");
        world.offer("b");
        assertThat(world.requests).extracting(Request::piece).containsExactly(0, 1, 2, 3);

        world.answerAll();
        assertThat(world.complete).isNotNull();
        assertThat(world.complete.info()).isEqualTo(INFO);
        assertThat(world.convicted).isEmpty();
        assertThat(world.exchange.watch(world.now)).isEqualTo(Timers.NEVER);
    }

    @Test
    void nothingIsAskedForAfterwards() {
        world.offer("a");
        world.answerAll();
        world.offer("b");
        world.exchange.onGone("a", world.now);

        assertThat(world.requests).isEmpty();
    }

    @Test
    void anImpossibleOfferIsPassedOver() {
        for (long size : new long[] {0, -1, 10_485_761, Long.MAX_VALUE}) {
            world.exchange.onOffer("a", size, world.now);
        }

        assertThat(world.requests).isEmpty();
        assertThat(world.exchange.watch(world.now)).isEqualTo(Timers.NEVER);
    }

    @Test
    void aSilentPeerHoldsUpNobody() {
        world.offer("silent");
        world.requests.clear();
        world.offer("b");
        world.answerAll();

        assertThat(world.complete).as("each block is asked of two").isNotNull();
    }

    @Test
    void whoDoesNotAnswerOrRefusesRestsForAMinute() {
        world.offer("a");
        world.requests.clear();
        world.pass(9);
        assertThat(world.requests).isEmpty();
        assertThat(world.exchange.watch(world.now)).isEqualTo(world.now + SECOND);
        world.pass(1);
        assertThat(world.exchange.watch(world.now)).isEqualTo(world.now + 60 * SECOND);
        world.pass(60);
        assertThat(world.requests).hasSize(2);

        world.exchange.onReject("a", 0, world.now);
        world.exchange.onReject("a", 1, world.now);
        world.requests.clear();
        world.pass(59);
        assertThat(world.requests).isEmpty();
        world.pass(1);
        world.answerAll();
        assertThat(world.complete).isNotNull();
    }

    @Test
    void whatNobodyAskedForIsDropped() {
        world.exchange.onData("stranger", 0, 0, block(0), world.now);
        world.offer("a");
        world.exchange.onData("a", 4, 0, block(4), world.now);
        world.exchange.onData("a", -1, 0, block(0), world.now);
        world.exchange.onReject("a", 77, world.now);
        world.answerAll();

        assertThat(world.complete).isNotNull();
    }

    @Test
    void aBlockOfAnotherSizeIsNotTaken() {
        world.offer("a");
        world.give(world.requests.remove(), block(0).slice(0, 100));
        world.exchange.onData("a", 1, 999, block(1), world.now);
        world.pass(60);
        world.requests.clear();
        world.pass(10);
        world.pass(60);

        assertThat(world.requests).extracting(Request::piece).containsExactly(0, 1);
    }

    @Test
    void whoGivesAWrongOneAloneIsConvicted() {
        world.offer("liar");
        for (int i = 0; i < BLOCKS; i++) {
            world.give(world.requests.remove(), wrong(i));
        }
        assertThat(world.convicted).containsExactly("liar");
        assertThat(world.requests).isEmpty();

        world.offer("honest");
        world.answerAll();
        assertThat(world.complete).isNotNull();
    }

    @Test
    void amongSeveralOnlyTheLiarIsConvicted() {
        world.offer("honest");
        world.offer("liar");
        world.offer("fair");
        for (int i = 0; i < 100 && !world.requests.isEmpty(); i++) {
            Request request = world.requests.remove();
            world.give(request, request.peer().equals("liar") ? wrong(request.piece()) : block(request.piece()));
        }

        assertThat(world.complete).isNotNull();
        assertThat(world.convicted).isSubsetOf("liar");
    }

    @Test
    void anotherSizeIsGatheredApart() {
        world.exchange.onOffer("liar", INFO.size() + 1, world.now);
        world.offer("honest");
        while (!world.requests.isEmpty()) {
            Request request = world.requests.remove();
            world.give(
                    request, request.peer().equals("liar") ? Bytes.copyOf(new byte[16_384]) : block(request.piece()));
        }

        assertThat(world.complete).isNotNull();
    }

    @Test
    void sizesThatNobodyGivesMakeRoomForOthers() {
        for (int lie = 1; lie <= 4; lie++) {
            world.exchange.onOffer("liar" + lie, INFO.size() + lie, world.now);
        }
        world.requests.clear();
        world.offer("honest");
        assertThat(world.requests).isEmpty();
        world.pass(30);
        long next = world.exchange.watch(world.now);
        assertThat(next).isEqualTo(world.now + 30 * SECOND);
        world.pass(30);
        world.requests.removeIf(request -> !request.peer().equals("honest"));
        world.answerAll();

        assertThat(world.complete).isNotNull();
    }

    @Test
    void whatIsRightButNoTorrentForUsIsRefused() {
        Bytes noTorrent = Bytes.ofUtf8("d4:name1:xe");
        world = new World(noTorrent);
        world.exchange.onOffer("a", noTorrent.size(), world.now);
        world.give(world.requests.remove(), noTorrent);

        assertThat(world.refused).isNotBlank();
        assertThat(world.convicted).isEmpty();
    }

    /** One honest peer that stays is enough, whatever the others do. */
    @Test
    void itIsHadInTheEndAndNobodyHonestIsConvicted() {
        Seeds.check(300, random -> {
            world = new World(INFO);
            Map<String, String> peers = drawPeers(random);
            for (int step = 0; step < 4_000 && !world.isOver(); step++) {
                peers.forEach((peer, manner) -> {
                    long size = manner.equals("other size") ? INFO.size() + 1 + peer.charAt(4) : INFO.size();
                    if (random.nextInt(20) == 0 && !world.convicted.contains(peer)) {
                        world.exchange.onOffer(peer, size, world.now);
                    }
                });
                answerSome(peers, random);
                world.pass(random.nextInt(5));
                assertThat(world.exchange.watch(world.now)).isGreaterThan(world.now);
            }

            assertThat(world.complete).isNotNull();
            assertThat(world.convicted).allMatch(peer -> peers.get(peer).equals("liar"));
        });
    }

    private static Map<String, String> drawPeers(RandomGenerator random) {
        String[] manners = {"honest", "liar", "sometimes", "silent", "rejects", "other size", "leaves"};
        Map<String, String> peers = new LinkedHashMap<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            peers.put("peer" + i, manners[random.nextInt(manners.length)]);
        }
        peers.put("good", "honest");
        return peers;
    }

    private void answerSome(Map<String, String> peers, RandomGenerator random) {
        for (int i = 0; i < 10 && !world.requests.isEmpty(); i++) {
            Request request = world.requests.remove();
            long open = world.requests.stream()
                    .filter(other -> other.peer().equals(request.peer()))
                    .count();
            switch (peers.get(request.peer())) {
                case "honest" -> world.give(request, block(request.piece()));
                case "liar" ->
                    world.give(request, random.nextBoolean() ? wrong(request.piece()) : block(request.piece()));
                case "sometimes" -> {
                    if (random.nextBoolean()) {
                        world.give(request, block(request.piece()));
                    }
                }
                case "rejects" -> world.exchange.onReject(request.peer(), request.piece(), world.now);
                case "other size" -> world.give(request, Bytes.copyOf(new byte[16_384]));
                case "leaves" -> world.exchange.onGone(request.peer(), world.now);
                default -> assertThat(open).isLessThan(100);
            }
        }
    }

    private static Bytes block(int piece) {
        int begin = piece * PeerMessage.BLOCK;
        return INFO.slice(begin, Math.min(begin + PeerMessage.BLOCK, INFO.size()));
    }

    private static Bytes wrong(int piece) {
        byte[] block = block(piece).toArray();
        block[block.length / 2] ^= 1;
        return Bytes.copyOf(block);
    }

    /** A valid info dictionary that takes {@code blocks} blocks. */
    private static Bytes info(int blocks) {
        int pieces = (blocks * PeerMessage.BLOCK - 8_000) / Sha1.SIZE;
        Bytes head = Bytes.ofUtf8("d6:lengthi" + pieces * 16_384L + "e4:name1:x12:piece lengthi16384e6:pieces"
                + pieces * Sha1.SIZE + ":");
        ByteBuffer hashes = ByteBuffer.allocate(pieces * Sha1.SIZE);
        RandomGenerator random = Seeds.generator(1);
        while (hashes.hasRemaining()) {
            hashes.put((byte) random.nextInt());
        }
        return head.concat(Bytes.copyOf(hashes.array())).concat(Bytes.ofUtf8("e"));
    }
}
