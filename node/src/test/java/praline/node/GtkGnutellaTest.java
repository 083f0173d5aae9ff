package praline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.overlay.OverlayObserver;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.PushPath;
import praline.node.transfer.Wanted;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/**
 * Whole nodes over real TCP with the other side on raw sockets: gtk-gnutella's recorded requests to us, and a servent
 * that answers us as gtk-gnutella does.
 */
class GtkGnutellaTest {

    private static final int SIZE = 1_300_000;
    private static final String RECORDED = "/praline/protocol/gnutella/recorded/";
    private static final String RECORDED_SHA1 = "3OP3NU4CV53BZMCISQMFGJFRPCOXXXPM";

    private final NodeRig rig = new NodeRig();
    private final byte[] content = new byte[SIZE];
    private final List<String> done = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void writeContent() {
        Seeds.generator(5).nextBytes(content);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void itsRecordedRequestIsAnsweredAndTheConnectionIsKept() throws IOException {
        Endpoint sharer = sharer();
        byte[] recorded = recorded("http_gtkg_client", '>', 0);
        String request = new String(recorded, StandardCharsets.ISO_8859_1).replace(RECORDED_SHA1, sha1().base32());
        assertThat(request).hasSize(recorded.length);
        try (Socket socket = dial(sharer)) {
            String first = answer(socket, request);
            assertThat(first)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nContent-Length: " + SIZE + "\r\n")
                    .contains("\r\nX-Gnutella-Content-URN: urn:sha1:" + sha1() + "\r\n")
                    .doesNotContain("Connection: close");
            assertThat(socket.getInputStream().readNBytes(SIZE)).isEqualTo(content);

            String second = answer(socket, request.replace("X-Downloaded: 0", "Range: bytes=200-299"));
            assertThat(second)
                    .startsWith("HTTP/1.1 206 ")
                    .contains("\r\nContent-Range: bytes 200-299/" + SIZE + "\r\n")
                    .doesNotContain("X-Gnutella-Content-URN");
            assertThat(socket.getInputStream().readNBytes(100)).isEqualTo(Arrays.copyOfRange(content, 200, 300));
        }
    }

    @Test
    void itsOtherWaysOfAskingAreAnswered() throws IOException {
        Endpoint sharer = sharer();
        String bitprint = "/uri-res/N2R?urn:bitprint:" + sha1() + ".NUOV46USHWUWX5XZ4ZLBLPTJKFYHS5IXBJ6CDBY";
        String n2r = "/uri-res/N2R?urn:sha1:" + sha1();
        String host = "Host: 127.0.0.1:1\r\n";

        assertThat(answer(sharer, "HEAD " + bitprint + " HTTP/1.1\r\n" + host + "\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: " + SIZE);
        assertThat(answer(sharer, "GET " + n2r + " HTTP/1.1\r\n" + host + "Range: bytes=9000000-\r\n\r\n"))
                .startsWith("HTTP/1.1 206 ")
                .contains("Content-Range: bytes " + (SIZE - 1) + "-" + (SIZE - 1) + "/" + SIZE);
        assertThat(answer(sharer, "GET " + n2r + " HTTP/1.0\r\n" + host + "Range: bytes=0-9\r\n\r\n"))
                .startsWith("HTTP/1.1 206 ")
                .contains("Connection: close");
        assertThat(answer(sharer, "GET " + n2r + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 Missing Host Header");
        String unknown = new String(recorded("http_404", '>', 0), StandardCharsets.ISO_8859_1);
        assertThat(answer(sharer, unknown))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("Connection: close");
    }

    @Test
    void aFileComesFromItPieceByPieceAfterAWaitInItsQueue() throws IOException {
        try (FakeGtkGnutella servent = new FakeGtkGnutella(content, new byte[0])) {
            servent.queue(1);
            NodeControl seeker = seeker();

            fetch(seeker, FoundSource.plain(servent.endpoint()));
            await().until(() -> done.size() == 1);

            assertThat(Files.readAllBytes(Path.of(done.get(0)))).isEqualTo(content);
            assertThat(servent.requests).hasSize(4).allMatch(request -> request.startsWith("1 GET /uri-res/N2R?"));
            assertThat(servent.requests.get(0)).contains("\r\nX-Queue: 1.1\r\n").doesNotContain("X-Queued");
            assertThat(servent.requests.get(1))
                    .contains("\r\nX-Queued: position=1; ID=c46592a93512a67b385b3da6575be434\r\n");
            assertThat(servent.requests.get(2)).contains("\r\nRange: bytes=524288-\r\n");
            assertThat(servent.requests.get(3)).contains("\r\nRange: bytes=1048576-\r\n");
        }
    }

    @Test
    void behindAFirewallItCallsWhenItsPushProxyIsAsked() throws IOException {
        byte[] giv = recorded("push_giv", '>', 0);
        Guid servent = Guid.ofHex("44213102b1c75d5fe3a07215ef80637a");
        assertThat(new String(giv, StandardCharsets.ISO_8859_1)).isEqualTo("GIV 1:" + servent + "/file\n\n");
        try (FakeGtkGnutella source = new FakeGtkGnutella(content, giv)) {
            PushPath path = new PushPath(servent, 1, 3, ImmutableList.of(source.endpoint()));
            NodeControl seeker = seeker();

            fetch(seeker, new FoundSource(closedPort(), null, path));
            await().until(() -> done.size() == 1);

            assertThat(Files.readAllBytes(Path.of(done.get(0)))).isEqualTo(content);
            assertThat(source.requests.get(0))
                    .startsWith("1 GET /gnutella/push-proxy?ServerId=IQQTCAVRY5OV7Y5AOIK67ADDPI&file=1 HTTP/1.1\r\n")
                    .contains("\r\nX-Node: " + seeker.endpoint() + "\r\n");
            assertThat(source.requests.subList(1, source.requests.size()))
                    .hasSize(3)
                    .allMatch(request -> request.startsWith("2 GET /uri-res/N2R?"));
        }
    }

    private Endpoint sharer() throws IOException {
        Path share = Files.createTempDirectory(folder, "share");
        Files.write(share.resolve("zanzibar.bin"), content);
        NodeControl sharer = rig.start(rig.flat().shares(List.of(share)));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        return sharer.endpoint();
    }

    private NodeControl seeker() {
        NodeConfig config = rig.flat().downloads(folder.resolve("downloads")).build();
        NodeListener listener = new NodeListener() {
            @Override
            public void onDone(Sha1 sha1, String path) {
                done.add(path);
            }
        };
        return rig.deploy(new PeerVerticle(config, null, new Watchers(listener, OverlayObserver.NONE)))
                .control();
    }

    private void fetch(NodeControl seeker, FoundSource source) {
        Wanted wanted = new Wanted(sha1(), SIZE, RemoteText.of("zanzibar.bin"), true);
        assertThat(NodeRig.await(Future.fromCompletionStage(seeker.fetch(wanted, List.of(source)))))
                .isEmpty();
    }

    private Sha1 sha1() {
        return Sha1.digestOf(content);
    }

    /** Where nobody listens. */
    private static Endpoint closedPort() throws IOException {
        try (ServerSocket brief = new ServerSocket(0)) {
            return Endpoint.ofIpv4(0x7F000001, brief.getLocalPort());
        }
    }

    private static Socket dial(Endpoint to) throws IOException {
        Socket socket = new Socket(to.host(), to.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String answer(Endpoint to, String request) throws IOException {
        try (Socket socket = dial(to)) {
            return answer(socket, request);
        }
    }

    /** The head of the answer. */
    private static String answer(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the end of " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    /** The bytes of the recording's line {@code number} of those in {@code direction}. */
    private static byte[] recorded(String name, char direction, int number) throws IOException {
        String text = Resources.toString(
                GtkGnutellaTest.class.getResource(RECORDED + name + ".txt"), StandardCharsets.US_ASCII);
        String line = text.lines()
                .filter(one -> one.charAt(0) == direction)
                .skip(number)
                .findFirst()
                .orElseThrow();
        return Bytes.ofHex(line.substring(1).strip()).toArray();
    }
}
