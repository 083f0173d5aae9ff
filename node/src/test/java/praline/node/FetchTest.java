package praline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.overlay.OverlayObserver;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** Files go from node to node over real HTTP. */
class FetchTest {

    private static final int SIZE = 5_000_000;

    private final NodeRig rig = new NodeRig();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final byte[] content = new byte[SIZE];

    @TempDir
    Path folder;

    @BeforeEach
    void writeContent() {
        RandomGenerator random = Seeds.generator(1);
        random.nextBytes(content);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void whatWasFoundIsFetchedAndVerified() throws IOException {
        NodeControl sharer = rig.start(rig.flat().shares(List.of(share("a film.bin"))));
        NodeControl seeker = fetcher(sharer.endpoint());
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        await().until(() -> NodeRig.status(seeker).overlay().links().size() == 1);
        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        seeker.search(NodeRig.words("film"), hits::add);
        await().until(() -> hits.size() == 1);
        SearchHit hit = hits.get(0);

        assertThat(fetch(seeker, hit.size(), hit.name(), hit.from())).isEmpty();

        Path fetched = folder.resolve("downloads").resolve("a film.bin");
        await().until(() -> news.contains("done " + fetched));
        assertThat(Files.readAllBytes(fetched)).isEqualTo(content);
        assertThat(NodeRig.status(sharer).limitHits()).isEmpty();
        assertThat(NodeRig.status(sharer).host().engineBugs()).isZero();
        assertThat(NodeRig.status(seeker).host().engineBugs()).isZero();
    }

    @Test
    void aSourceThatDiesInTheMiddleIsReplacedByAnother() throws IOException {
        Path share = share("a film.bin");
        PeerVerticle first =
                rig.deploy(new PeerVerticle(rig.flat().shares(List.of(share)).build()));
        NodeControl second = rig.start(rig.flat().shares(List.of(share)));
        await().until(() -> NodeRig.status(first.control()).overlay().filesShared() == 1);
        await().until(() -> NodeRig.status(second).overlay().filesShared() == 1);
        NodeListener killer = new NodeListener() {
            @Override
            public void onProgress(Sha1 sha1, long stored, long size) {
                if (stored > 0) {
                    first.kill();
                }
            }
        };
        NodeControl seeker = fetcher(killer);

        assertThat(fetch(seeker, SIZE, RemoteText.of("x"), first.control().endpoint(), second.endpoint()))
                .isEmpty();

        Path fetched = folder.resolve("downloads").resolve("x");
        await().until(() -> Files.exists(fetched));
        assertThat(Files.readAllBytes(fetched)).isEqualTo(content);
    }

    @Test
    void anyHttpClientGetsARangeAndKeepsTheConnection() throws IOException {
        NodeControl sharer = rig.start(rig.flat().shares(List.of(share("a film.bin"))));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        try (Socket socket = dial(sharer.endpoint())) {
            for (int first : List.of(0, 1_234_567)) {
                ask(socket, "bytes=" + first + "-" + (first + 99_999));
                String head = head(socket.getInputStream());
                assertThat(head).startsWith("HTTP/1.1 206").contains("Content-Length: 100000\r\n");
                byte[] body = socket.getInputStream().readNBytes(100_000);
                assertThat(body).isEqualTo(Arrays.copyOfRange(content, first, first + 100_000));
            }
        }
    }

    @Test
    void theEndOfAnAnswerGoesOutAsSlowlyAsItIsRead() throws IOException {
        NodeControl sharer = rig.start(rig.flat()
                .shares(List.of(share("a film.bin")))
                .limits(ImmutableMap.of("limits.net.closeMillis", 200L)));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        try (Socket socket = dial(sharer.endpoint())) {
            socket.getOutputStream().write(request("HTTP/1.0", "bytes=0-"));
            InputStream in = socket.getInputStream();
            head(in);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        byte[] part = in.readNBytes(32_768);
                        body.writeBytes(part);
                        return part.length < 32_768;
                    });
            assertThat(body.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void aSlowReaderCostsNoMoreThanItsBudgetAndLosesItsSlot() throws IOException {
        NodeControl sharer = rig.start(rig.flat()
                .shares(List.of(share("a film.bin")))
                .limits(ImmutableMap.of("limits.upload.stallMillis", 1_000L)));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        try (Socket socket = dial(sharer.endpoint())) {
            ask(socket, "bytes=0-");
            await().until(() -> NodeRig.status(sharer).uploadsActive() == 1);
            await().until(() -> NodeRig.status(sharer).uploadsActive() == 0);
        }
        await().until(() -> NodeRig.status(sharer).host().links() == 0);
    }

    @Test
    void aNodeWithoutAFolderForDownloadsSaysSo() {
        NodeControl node = rig.start(rig.flat());
        assertThat(fetch(node, 1, RemoteText.of("x"), node.endpoint()))
                .hasValueSatisfying(why -> assertThat(why).contains("no folder for downloads"));
    }

    private NodeControl fetcher(Endpoint seed) {
        NodeConfig config = rig.flat(seed)
                .downloads(folder.resolve("downloads"))
                .state(folder.resolve("state"))
                .build();
        return rig.deploy(new PeerVerticle(config, null, new Watchers(new Notes(), OverlayObserver.NONE)))
                .control();
    }

    private NodeControl fetcher(NodeListener listener) {
        NodeConfig config = rig.flat().downloads(folder.resolve("downloads")).build();
        return rig.deploy(new PeerVerticle(config, null, new Watchers(listener, OverlayObserver.NONE)))
                .control();
    }

    private Optional<String> fetch(NodeControl node, long size, RemoteText name, Endpoint... sources) {
        Wanted wanted = new Wanted(Sha1.digestOf(content), size, name, false);
        return NodeRig.await(Future.fromCompletionStage(
                node.fetch(wanted, Stream.of(sources).map(FoundSource::plain).toList())));
    }

    private Path share(String name) throws IOException {
        Path share = Files.createTempDirectory(folder, "share");
        Files.write(share.resolve(name), content);
        return share;
    }

    private static Socket dial(Endpoint to) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(to.host(), to.port()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private void ask(Socket socket, String range) throws IOException {
        socket.getOutputStream().write(request("HTTP/1.1", range));
    }

    private byte[] request(String version, String range) {
        String request = "GET /uri-res/N2R?urn:sha1:" + Sha1.digestOf(content).base32() + " " + version + "\r\n"
                + "Host: x\r\nRange: " + range + "\r\n\r\n";
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the end of " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private final class Notes implements NodeListener {
        @Override
        public void onDone(Sha1 sha1, String path) {
            news.add("done " + path);
        }

        @Override
        public void onFailed(Sha1 sha1, String reason) {
            news.add("failed " + reason);
        }
    }
}
