package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.Job;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.http.Giv;
import praline.protocol.text.RemoteText;

/** A seeker, a sharer that nobody can dial, and a push proxy: three whole engines; the test plays the overlay. */
class PushTest {

    private static final long SIZE = 300_000;
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});
    private static final Guid SHARER = Guid.ofHex("0000000000000001ff00000000000100");
    private static final int MINUTE = 60_000;

    private final World world = new World(1);
    private final WorldNode seekerNode = world.add(1);
    private final WorldNode sharerNode = world.add(2);
    private final WorldNode proxyNode = world.add(3);
    private final WorldPlace place = new WorldPlace();
    private final Heard heard = new Heard();
    private final List<String> wishes = new ArrayList<>();
    private final List<Integer> ranged = new ArrayList<>();
    private boolean isCarried = true;
    private boolean isProxyOfSharer = true;

    private final TransferEngine sharer = engine(sharerNode, new OneFile(), PushPort.NONE);
    private final TransferEngine seeker = engine(seekerNode, SharedContent.NONE, new Overlay());

    PushTest() {
        seekerNode.disk.truth.put(SHA1, SIZE);
        sharerNode.isUp = false;
        engine(proxyNode, SharedContent.NONE, new Overlay());
    }

    @Test
    void aPushMakesTheSharerCallAndTheFileComes() {
        learnPath();

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(wishes).containsExactly("push 9");
    }

    @Test
    void aPushProxyIsAskedBeforeThat() {
        learnPath(proxyNode.endpoint);

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(wishes).containsExactly("proxy for " + seekerNode.endpoint);
    }

    @Test
    void aProxyWithoutARouteIsFollowedByAPush() {
        isProxyOfSharer = false;
        learnPath(proxyNode.endpoint);

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(wishes).containsExactly("push 9");
    }

    @Test
    void aSharerThatNeverCallsIsAskedTwiceAndCountsAsUnreachable() {
        isCarried = false;
        learnPath();

        fetch();
        world.runFor(59_000);
        assertThat(wishes).hasSize(2);
        assertThat(heard.obstacles).isEmpty();
        world.runFor(2_000);

        assertThat(heard.obstacles).containsExactly(TransferListener.Obstacle.NO_SOURCE);
        assertThat(heard.lastText).contains("cannot be reached");
    }

    @Test
    void aSharerThatCanBeDialledAfterAllIsDialled() {
        isCarried = false;
        sharerNode.isUp = true;
        learnPath();

        fetch();
        world.runUntil(heard::hasEnded, 1_000);

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void rangesForASwarmComeOverACall() {
        learnPath();

        seeker.askRange(sharerNode.endpoint, SHA1, 100_000, 50_000);
        world.runFor(MINUTE);

        assertThat(ranged).containsExactly(50_000);
    }

    @Test
    void whoCallsUnaskedIsShownOut() {
        Asker caller = Asker.at(world.add(4), seekerNode.endpoint);
        world.runFor(100);

        assertThat(caller.link().send(new TransferFrame.Calling(new Giv(1, SHARER, Bytes.ofUtf8("file")))))
                .isTrue();
        world.runFor(100);

        assertThat(caller.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
    }

    @Test
    void nobodyIsCalledMoreThanFourTimesInTenMinutes() {
        WorldNode strangerNode = world.add(5);
        Asker stranger = strangerNode.install(new Asker(strangerNode));
        TransferEngine careful = engine(sharerNode, Profile.INTERNET, new OneFile(), PushPort.NONE);

        for (int i = 0; i < 20; i++) {
            careful.answerPush(new Giv(7, SHARER, Bytes.ofUtf8("file")), strangerNode.endpoint);
            world.runFor(10_000);
        }
        assertThat(careful.counters().messages(Counters.Direction.OUT, Counters.Cause.TRANSFER))
                .isEqualTo(4);
        assertThat(stranger.link()).isNotNull();

        world.runFor(10 * MINUTE);
        careful.answerPush(new Giv(7, SHARER, Bytes.ofUtf8("file")), strangerNode.endpoint);
        world.runFor(1_000);
        assertThat(careful.counters().messages(Counters.Direction.OUT, Counters.Cause.TRANSFER))
                .isEqualTo(5);
    }

    @Test
    void aProxyAsksForNobodyButTheAsker() {
        Asker asker = Asker.at(world.add(6), proxyNode.endpoint);
        world.runFor(100);

        asker.ask("/gnutella/push-proxy?guid=" + SHARER, "X-Node", "10.0.0.99:7000");
        world.runFor(100);

        assertThat(asker.lastHead().status()).isEqualTo(202);
        assertThat(wishes).containsExactly("proxy for 10.0.0.6:7000");
    }

    @Test
    void aProxyRefusesWhatItCannotPassOn() {
        isProxyOfSharer = false;
        List<Integer> statuses = new ArrayList<>();
        for (String[] ask : new String[][] {
            {"/gnutella/push-proxy?guid=" + SHARER, "10.0.0.7:7000"},
            {"/gnutella/push-proxy?guid=xyz", "10.0.0.7:7000"},
            {"/gnutella/push-proxy?guid=" + SHARER, "somewhere"},
        }) {
            Asker asker = Asker.at(world.add(7), proxyNode.endpoint);
            world.runFor(100);
            asker.ask(ask[0], "X-Node", ask[1]);
            world.runFor(100);
            statuses.add(asker.lastHead().status());
            assertThat(asker.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
        }
        assertThat(statuses).containsExactly(410, 400, 400);
    }

    private void learnPath(Endpoint... proxies) {
        seeker.learnPath(sharerNode.endpoint, new PushPath(SHARER, 7, 9, ImmutableList.copyOf(proxies)));
    }

    private void fetch() {
        Wanted wanted = new Wanted(SHA1, Job.SIZE_UNKNOWN, RemoteText.of("name"), true);
        assertThat(seeker.fetch(wanted, List.of(sharerNode.endpoint))).isEmpty();
    }

    private TransferEngine engine(WorldNode node, SharedContent shared, PushPort pushes) {
        return engine(node, Profile.LAN, shared, pushes);
    }

    private TransferEngine engine(WorldNode node, Profile profile, SharedContent shared, PushPort pushes) {
        TransferConfig config = new TransferConfig(node.endpoint, profile, Limits.with(TransferLimits.class, Map.of()));
        Surroundings around = new Surroundings(shared, null, new Taker(), pushes);
        return node.install(new TransferEngine(config, node, around, heard));
    }

    /** Carries wishes to the sharer, if the test wants it so. */
    private final class Overlay implements PushPort {

        @Override
        public Endpoint here(Endpoint listening) {
            return listening;
        }

        @Override
        public boolean push(Guid guid, long index, int ttl) {
            wishes.add("push " + ttl);
            carry(guid, index, seekerNode.endpoint);
            return true;
        }

        @Override
        public boolean proxy(Guid guid, long index, Endpoint requester) {
            if (isProxyOfSharer) {
                wishes.add("proxy for " + requester);
                carry(guid, index, requester);
            }
            return isProxyOfSharer;
        }

        private void carry(Guid guid, long index, Endpoint requester) {
            if (isCarried && requester.equals(seekerNode.endpoint)) {
                world.in(50, () -> sharer.answerPush(new Giv(index, guid, Bytes.ofUtf8("file")), requester));
            }
        }
    }

    private final class Taker implements RangeTaker {

        @Override
        public void onRangeBlock(long ticket, Block block) {
            int before = ranged.isEmpty() ? 0 : ranged.remove(0);
            ranged.add(before + block.size());
            block.release();
        }

        @Override
        public void onRangeEnd(long ticket, long retryMillis) {}
    }

    private final class OneFile implements SharedContent {
        private final SharedFile file = new SharedFile(SHA1, SIZE, Bytes.ofUtf8("file"), place);

        @Override
        public Optional<SharedFile> find(Sha1 sha1) {
            return Optional.of(file).filter(known -> known.sha1().equals(sha1));
        }

        @Override
        public Optional<SharedFile> find(long index) {
            return Optional.empty();
        }

        @Override
        public void changed(SharedFile what) {
            throw new AssertionError("nothing changes here");
        }
    }
}
