package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.DatagramEngine;
import praline.node.engine.DatagramEngine.Verdict;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Announced;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.UdpTrackerCodec;
import praline.protocol.bittorrent.UdpTrackerReply;
import praline.protocol.bittorrent.UdpTrackerRequest;
import praline.protocol.text.RemoteText;

/** UDP on the node's port: whose a datagram is, how many are taken and given, and announces that get lost. */
class DatagramsTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;
    private static final AnnounceRequest REQUEST = new AnnounceRequest(
            Sha1.digestOf(new byte[] {3}),
            Bytes.ofUtf8("-GN0001-abcdefghijkl"),
            6346,
            1,
            2,
            3,
            AnnounceRequest.Event.NONE,
            0xABCD,
            50);
    private static final AnnounceReply REPLY =
            new AnnounceReply(900, 0, 1, 2, ImmutableList.of(Endpoint.ofIpv4(0x7F000001, 6346)), RemoteText.EMPTY);

    private final HostRig rig = new HostRig();
    private DatagramSocket stranger;
    /** The node that asked the stranger last. */
    private InetSocketAddress asker;

    @BeforeEach
    void begin() throws IOException {
        stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        stranger.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void end() {
        stranger.close();
        rig.close();
    }

    @Test
    void eachEngineGetsTheDatagramsThatAreItsOwn() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Toy digits = toy(node, (from, datagram) -> datagram.at(0) < 'a' ? Verdict.UNPROVEN : Verdict.NOT_OURS);
        Toy letters = toy(node, (from, datagram) -> datagram.at(0) <= 'z' ? Verdict.UNPROVEN : Verdict.NOT_OURS);
        digits.onDatagram = (from, datagram) -> digits.place.sendTo(from, Bytes.ofUtf8("got"));
        for (String text : List.of("1", "x", "2", "{}")) {
            say(node, text.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(hear()).isEqualTo("got");
        await().until(() -> letters.heard.equals(List.of("x")) && digits.heard.equals(List.of("1", "2")));
    }

    @Test
    void whatIsTooLongIsDroppedUnread() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Toy toy = toy(node, (from, datagram) -> Verdict.UNPROVEN);
        say(node, new byte[2_049]);
        say(node, new byte[2_047]);
        await().until(() -> toy.heard.size() == 1);
        assertThat(toy.heard.get(0)).hasSize(2_047);
        assertThat(node.status().limitHits()).containsEntry("limits.net.datagramSize", 1L);
    }

    @Test
    void whoSendsTooOftenIsNotHeardForAWhile() throws IOException {
        HostRig.Node node = rig.start(
                new HostConfig(HostRig.ANYWHERE, Profile.INTERNET, NetLimits.STANDARD, WireLimits.STANDARD, 1),
                HostRig.NO_DISK);
        Toy toy = toy(node, (from, datagram) -> Verdict.UNPROVEN);
        for (int i = 0; i < 500; i++) {
            say(node, new byte[] {1});
        }
        await().until(() -> node.status().limitHits().getOrDefault("limits.net.datagrams", 0L) > 100);
        assertThat(toy.heard.size()).isBetween(1, 20);
    }

    @Test
    void anAddressThatProvesNothingIsSentNoMoreThanThreeTimesWhatCame() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Toy toy = toy(node, (from, datagram) -> datagram.at(0) == 'p' ? Verdict.PROVEN : Verdict.UNPROVEN);
        List<Boolean> sent = new CopyOnWriteArrayList<>();
        toy.onDatagram = (from, datagram) -> {
            sent.add(toy.place.sendTo(from, Bytes.copyOf(new byte[datagram.size() * 3])));
            sent.add(toy.place.sendTo(from, Bytes.copyOf(new byte[1])));
        };
        say(node, "unknown".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> sent.equals(List.of(true, false)));
        say(node, "proof".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> sent.equals(List.of(true, false, true, true)));
        boolean toAnybody =
                HostRig.call(node, () -> toy.place.sendTo(Endpoint.ofIpv4(0x7F000002, 9), Bytes.ofUtf8("x")));
        assertThat(toAnybody).isFalse();
    }

    @Test
    void thePortsOfBothKindsHaveOneNumber() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        InetSocketAddress taken = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), node.endpoint().port());
        assertThatThrownBy(() -> new DatagramSocket(taken).close()).isInstanceOf(IOException.class);
        HostRig.await(node.host().close());
        // The system has the port back a moment after the channel was closed: when its selector has let go of it.
        await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> new DatagramSocket(taken).close());
    }

    @Test
    void anAnnounceAsksForAConnectionIdFirstAndUsesItAgain() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        SwarmPeer engine = announcing(node);
        UdpTrackerRequest.Connect connect = (UdpTrackerRequest.Connect) ask();
        reply(new UdpTrackerReply.Connected(connect.transaction(), 77));
        UdpTrackerRequest.Announce announce = (UdpTrackerRequest.Announce) ask();
        assertThat(announce.connectionId()).isEqualTo(77);
        assertThat(announce.request()).isEqualTo(REQUEST);
        reply(new UdpTrackerReply.Announced(announce.transaction(), false, REPLY));
        await().until(() -> engine.results.equals(List.of(new Announced(REPLY))));

        submit(node);
        UdpTrackerRequest.Announce again = (UdpTrackerRequest.Announce) ask();
        assertThat(again.connectionId()).isEqualTo(77);
        reply(new UdpTrackerReply.Failed(again.transaction(), Bytes.ofUtf8("who are you?")));
        assertThat(ask()).as("a tracker that started anew").isInstanceOf(UdpTrackerRequest.Connect.class);
    }

    @Test
    void whatIsLostIsSentAgainUntilItIsTooLate() throws IOException {
        HostRig.Node node = rig.start(
                ImmutableMap.of("limits.net.udpTrackerMillis", 100L, "limits.net.udpTrackerGiveUpMillis", 1_500L));
        SwarmPeer engine = announcing(node);
        ask();
        UdpTrackerRequest second = ask();
        reply(new UdpTrackerReply.Connected(second.transaction(), 5));
        ask();
        UdpTrackerRequest fourth = ask();
        assertThat(fourth).isInstanceOf(UdpTrackerRequest.Announce.class);
        assertThat(engine.results).isEmpty();
        await().until(() -> engine.results.size() == 1);
        assertThat(((JobResult.Failed) engine.results.get(0)).detail()).isEqualTo("the tracker does not answer");
    }

    @Test
    void anAnswerFromElsewhereOrToAnotherQuestionIsNone() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        SwarmPeer engine = announcing(node);
        UdpTrackerRequest connect = ask();
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] forged = encoded(new UdpTrackerReply.Connected(connect.transaction(), 66));
            other.send(new DatagramPacket(forged, forged.length, address(node)));
        }
        reply(new UdpTrackerReply.Connected(connect.transaction() + 1, 67));
        reply(new UdpTrackerReply.Announced(connect.transaction(), false, REPLY));
        stranger.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(this::ask).isInstanceOf(SocketTimeoutException.class);
        assertThat(engine.results).isEmpty();
    }

    /** An engine that writes down what it hears, and its place. */
    private static final class Toy implements DatagramEngine<Bytes> {

        final List<String> heard = new CopyOnWriteArrayList<>();
        volatile BiConsumer<Endpoint, Bytes> onDatagram = (from, datagram) -> {};
        DatagramHost place;

        @Override
        public void onDatagram(Endpoint from, Bytes datagram) {
            heard.add(datagram.utf8());
            onDatagram.accept(from, datagram);
        }

        @Override
        public void onStart() {
            heard.clear();
        }

        @Override
        public void onJobDone(long ticket, JobResult result) {
            throw new IllegalStateException("nothing was asked");
        }

        @Override
        public void onWake() {
            throw new IllegalStateException("nobody wanted to be woken");
        }

        @Override
        public long nextWake() {
            return Long.MAX_VALUE;
        }
    }

    private static Toy toy(HostRig.Node node, DatagramHost.Claim claim) {
        Toy toy = new Toy();
        HostRig.call(node, () -> {
            toy.place = node.host().datagrams(claim);
            toy.place.install(toy);
            return 0;
        });
        return toy;
    }

    private SwarmPeer announcing(HostRig.Node node) {
        SwarmPeer engine = new SwarmPeer();
        node.host().swarm().install(engine);
        submit(node);
        return engine;
    }

    private void submit(HostRig.Node node) {
        String url = "udp://127.0.0.1:" + stranger.getLocalPort() + "/announce";
        node.host().run(() -> node.host().swarm().submit(new Job.Announce(url, REQUEST)));
    }

    private void say(HostRig.Node node, byte[] bytes) throws IOException {
        stranger.send(new DatagramPacket(bytes, bytes.length, address(node)));
    }

    private static InetSocketAddress address(HostRig.Node node) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), node.endpoint().port());
    }

    private String hear() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        stranger.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    /** What the node asks its tracker, which is the stranger. */
    private UdpTrackerRequest ask() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        stranger.receive(packet);
        asker = (InetSocketAddress) packet.getSocketAddress();
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
        return ((Decoded.Complete<UdpTrackerRequest>) UdpTrackerCodec.decodeRequest(bytes, WireLimits.STANDARD))
                .message();
    }

    private void reply(UdpTrackerReply reply) throws IOException {
        byte[] bytes = encoded(reply);
        stranger.send(new DatagramPacket(bytes, bytes.length, asker));
    }

    private static byte[] encoded(UdpTrackerReply reply) {
        ByteBuffer out = ByteBuffer.allocate(reply.wireSize());
        UdpTrackerCodec.encode(reply, out);
        return out.array();
    }
}
