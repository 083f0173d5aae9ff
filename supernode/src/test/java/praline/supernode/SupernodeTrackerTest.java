package praline.supernode;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.InetAddresses;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.NodeConfig;
import praline.node.PeerVerticle;
import praline.node.overlay.Role;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.ContentDigest;
import praline.protocol.bittorrent.HttpTracker;
import praline.protocol.bittorrent.TrackerReply;
import praline.protocol.bittorrent.UdpTrackerCodec;
import praline.protocol.bittorrent.UdpTrackerReply;
import praline.protocol.bittorrent.UdpTrackerRequest;

/** A supernode on loopback, asked as a tracker by clients that know nothing of Gnutella. */
class SupernodeTrackerTest {

    private static final int NETWORK = 0x7F030100;
    private static final Bytes PEER_ID = Bytes.ofUtf8("-GN0001-abcdefghijkl");
    private static final Sha1 TORRENT = Sha1.digestOf(new byte[] {1});

    private final Vertx vertx = Vertx.vertx();
    private SupernodeVerticle supernode;
    private int lastNumber;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws TimeoutException {
        supernode = deployed(new SupernodeVerticle(config(Role.SUPERNODE).build()));
    }

    @AfterEach
    void end() throws TimeoutException {
        vertx.close().await(20, SECONDS);
    }

    @Test
    void peersThatAnnounceThemselvesFindEachOther() throws IOException {
        assertThat(announce("127.0.0.2", TORRENT, 7_001, Event.STARTED).peers()).isEmpty();
        AnnounceReply second = announce("127.0.0.3", TORRENT, 7_002, Event.STARTED);
        assertThat(second.peers()).containsExactly(at("127.0.0.2:7001"));
        assertThat(second.intervalSeconds()).isEqualTo(30);

        announce("127.0.0.2", TORRENT, 7_001, Event.STOPPED);

        assertThat(announce("127.0.0.3", TORRENT, 7_002, Event.NONE).peers()).isEmpty();
    }

    @Test
    void anAnswerIsPlainTextWithItsLengthInBothVersionsOfHttp() throws IOException {
        String target = "/announce?" + HttpTracker.announceQuery(request(TORRENT, 7_001, Event.STARTED));

        String old = exchange("127.0.0.2", "GET " + target + " HTTP/1.0\r\n\r\n");
        String recent = exchange("127.0.0.2", "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(old).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Type: text/plain\r\n");
        assertThat(old).contains("Content-Length: " + body(old).length() + "\r\n");
        assertThat(body(recent)).isEqualTo(body(old)).startsWith("d8:completei0e");
    }

    @Test
    void whatALeafSharesIsTrackedWhileItIsHere() throws IOException, TimeoutException {
        Path share = Files.createTempDirectory(folder, "share");
        Files.writeString(share.resolve("tea.txt"), "Darjeeling");
        PeerVerticle leaf =
                deployed(new PeerVerticle(config(Role.LEAF, supernode.control().endpoint())
                        .linksWanted(1)
                        .shares(List.of(share))
                        .build()));
        Sha1 infohash = infohash("Darjeeling");

        await().untilAsserted(() -> assertThat(
                        announce("127.0.0.9", infohash, 7_001, Event.STARTED).peers())
                .containsExactly(leaf.control().endpoint()));
        assertThat(announce("127.0.0.9", infohash, 7_001, Event.NONE).seeds()).isEqualTo(1);

        leaf.kill();
        await().untilAsserted(() -> assertThat(
                        announce("127.0.0.9", infohash, 7_001, Event.NONE).peers())
                .isEmpty());
    }

    @Test
    void theSamePeersAreFoundByDatagrams() throws IOException {
        announce("127.0.0.2", TORRENT, 7_001, Event.STARTED);

        AnnounceReply reply = announceByUdp("127.0.0.3", request(TORRENT, 7_002, Event.STARTED));

        assertThat(reply.peers()).containsExactly(at("127.0.0.2:7001"));
        assertThat(reply.leechers()).isEqualTo(2);
        assertThat(announce("127.0.0.2", TORRENT, 7_001, Event.NONE).peers()).containsExactly(at("127.0.0.3:7002"));
    }

    @Test
    void aFullAnswerComesInOneDatagram() throws IOException {
        for (int port = 1_001; port <= 1_300; port++) {
            announceByUdp("127.0.0.2", request(TORRENT, port, Event.STARTED));
        }

        AnnounceRequest wanting = new AnnounceRequest(TORRENT, PEER_ID, 7_001, 0, 0, 1_000, Event.STARTED, 0, 1_000);
        assertThat(announceByUdp("127.0.0.3", wanting).peers()).hasSize(200);
    }

    @Test
    void aLeafIsNoTracker() throws TimeoutException, IOException {
        PeerVerticle leaf = deployed(new PeerVerticle(
                config(Role.LEAF, supernode.control().endpoint()).linksWanted(1).build()));

        String answer = exchange(
                "127.0.0.2",
                leaf.control().endpoint(),
                "GET /announce?x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404 ");
    }

    private AnnounceReply announce(String from, Sha1 infohash, int port, Event event) throws IOException {
        String query = HttpTracker.announceQuery(request(infohash, port, event));
        String answer = exchange(from, "GET /announce?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Bytes body = Bytes.copyOf(body(answer).getBytes(StandardCharsets.ISO_8859_1));
        TrackerReply reply = HttpTracker.decodeReply(body, WireLimits.STANDARD);
        assertThat(reply).isInstanceOf(TrackerReply.Accepted.class);
        return ((TrackerReply.Accepted) reply).reply();
    }

    private AnnounceReply announceByUdp(String from, AnnounceRequest request) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
            socket.setSoTimeout(10_000);
            UdpTrackerReply connected = ask(socket, new UdpTrackerRequest.Connect(1));
            long id = ((UdpTrackerReply.Connected) connected).connectionId();
            UdpTrackerReply announced = ask(socket, new UdpTrackerRequest.Announce(id, 2, request));
            return ((UdpTrackerReply.Announced) announced).reply();
        }
    }

    private UdpTrackerReply ask(DatagramSocket socket, UdpTrackerRequest request) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(request.wireSize());
        UdpTrackerCodec.encode(request, out);
        Endpoint to = supernode.control().endpoint();
        socket.send(new DatagramPacket(out.array(), out.capacity(), InetAddresses.forString(to.host()), to.port()));
        DatagramPacket answer = new DatagramPacket(new byte[2_048], 2_048);
        socket.receive(answer);
        ByteBuffer in = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
        return ((Decoded.Complete<UdpTrackerReply>) UdpTrackerCodec.decodeReply(in, false, WireLimits.STANDARD))
                .message();
    }

    private static AnnounceRequest request(Sha1 infohash, int port, Event event) {
        return new AnnounceRequest(infohash, PEER_ID, port, 0, 0, 1_000, event, 0, -1);
    }

    private String exchange(String from, String request) throws IOException {
        return exchange(from, supernode.control().endpoint(), request);
    }

    /** Sends {@code request} from this address and returns all that comes back, a character for each byte. */
    private static String exchange(String from, Endpoint to, String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddresses.forString(to.host()), to.port()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static Sha1 infohash(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        ContentDigest digest = new ContentDigest(bytes.length);
        digest.update(ByteBuffer.wrap(bytes));
        return digest.finish().infohash();
    }

    private NodeConfig.Builder config(Role role, Endpoint... seeds) {
        int number = ++lastNumber;
        return NodeConfig.builder(role, Endpoint.ofIpv4(NETWORK + number, 0))
                .seeds(List.of(seeds))
                .seed(number);
    }

    private <V extends Deployable> V deployed(V verticle) throws TimeoutException {
        vertx.deployVerticle(verticle).await(20, SECONDS);
        return verticle;
    }

    private static Endpoint at(String endpoint) {
        return Endpoint.parse(endpoint).orElseThrow();
    }
}
