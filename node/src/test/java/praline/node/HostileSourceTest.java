package praline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static praline.node.RawSource.bytes;

import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.node.overlay.OverlayObserver;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** A node that fetches over real HTTP from servers that mean it harm, and from an honest node after them. */
class HostileSourceTest {
    private static final int SIZE = 300_000;
    private static final Map<String, Long> IMPATIENT =
            ImmutableMap.of("limits.download.answerMillis", 500L, "limits.download.stallMillis", 500L);

    private final NodeRig rig = new NodeRig();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final byte[] content = new byte[SIZE];

    @TempDir
    private Path folder;

    @BeforeEach
    void writeContent() {
        Seeds.generator(1).nextBytes(content);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /** One way to do harm; the name is for the report. */
    private record Harm(String name, RawSource.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Harm> harms() {
        String whole = "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n";
        return Stream.of(
                new Harm("wrong bytes", out -> {
                    out.write(bytes(whole));
                    out.write(new byte[SIZE]);
                }),
                new Harm("another range", out -> {
                    out.write(bytes("HTTP/1.1 206 OK\r\nContent-Range: bytes 10-99/" + SIZE
                            + "\r\nContent-Length: 90\r\n\r\n"));
                    out.write(new byte[90]);
                }),
                new Harm(
                        "another size", out -> out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n1234567"))),
                new Harm(
                        "a gigantic size",
                        out -> out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n"))),
                new Harm("no answer", out -> {}),
                new Harm("half an answer", out -> {
                    out.write(bytes(whole));
                    out.write(new byte[SIZE / 2]);
                }),
                new Harm("more than it promised", out -> {
                    out.write(bytes(
                            "HTTP/1.1 206 OK\r\nContent-Range: bytes 0-9/" + SIZE + "\r\nContent-Length: 10\r\n\r\n"));
                    endless(out, new byte[10_000]);
                }),
                new Harm("a body without end", out -> {
                    out.write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
                    endless(out, new byte[10_000]);
                }),
                new Harm("a chunked body", out -> {
                    out.write(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
                    endless(out, bytes("2710\r\n" + "x".repeat(10_000) + "\r\n"));
                }),
                new Harm("a head without end", out -> {
                    out.write(bytes("HTTP/1.1 200 OK\r\n"));
                    endless(out, bytes("X-More: and more\r\n"));
                }),
                new Harm("no HTTP", out -> endless(out, bytes("GNUTELLA/0.6 200 OK\n\0\r\n"))),
                new Harm(
                        "busy for ever",
                        out -> out.write(
                                bytes("HTTP/1.1 503 Busy\r\nRetry-After: 99999999\r\nContent-Length: 0\r\n\r\n"))));
    }

    @ParameterizedTest
    @MethodSource("harms")
    void aHostileSourceDoesNotKeepTheFileFromComing(Harm harm) throws IOException {
        try (RawSource hostile = new RawSource(harm.script())) {
            NodeControl honest = sharer();
            NodeControl seeker = fetcher();

            fetch(seeker, "a film.bin", hostile.endpoint(), honest.endpoint());

            Path fetched = folder.resolve("downloads/a film.bin");
            await().until(() -> news.contains("done " + fetched));
            assertThat(fetched).hasBinaryContent(content);
            assertThat(hostile.requests).isNotEmpty();
            assertThat(NodeRig.status(seeker).host().engineBugs()).isZero();
            await().until(() -> NodeRig.status(seeker).host().links() == 0);
        }
    }

    @Test
    void theFinalNameAppearsOnlyWhenTheHashIsRight() throws IOException {
        try (RawSource liar = new RawSource(harms().findFirst().orElseThrow().script())) {
            NodeControl seeker = fetcher();

            fetch(seeker, "a film.bin", liar.endpoint());

            await().until(() -> news.stream().anyMatch(line -> line.startsWith("failed ")));
            assertThat(news).last().asString().contains("gives wrong bytes");
            assertThat(folder.resolve("downloads")).isEmptyDirectory();
        }
    }

    @Test
    void aHostileNameStaysInTheFolder() throws IOException {
        NodeControl honest = sharer();
        NodeControl seeker = fetcher();

        fetch(seeker, "../../.ssh/authorized\u202E_keys", honest.endpoint());

        await().until(() -> news.stream().anyMatch(line -> line.startsWith("done ")));
        try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("___.._.ssh_authorized_keys");
        }
    }

    @Test
    void aFileThatChangedIsNotGivenAndItsNewContentIs() throws IOException {
        NodeControl sharer = sharer();
        byte[] edited = content.clone();
        edited[0]++;
        Path file = folder.resolve("share/a film.bin");
        Files.write(file, edited);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        NodeControl seeker = fetcher();

        fetch(seeker, "old", sharer.endpoint());

        await().until(() -> news.stream().anyMatch(line -> line.startsWith("failed ")));
        assertThat(news).last().asString().contains("does not share the file");
        Wanted renewed = new Wanted(Sha1.digestOf(edited), SIZE, RemoteText.of("new"), false);
        await().until(() -> {
            NodeRig.await(
                    Future.fromCompletionStage(seeker.fetch(renewed, List.of(FoundSource.plain(sharer.endpoint())))));
            return Files.exists(folder.resolve("downloads/new"));
        });
        assertThat(folder.resolve("downloads/new")).hasBinaryContent(edited);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\nHost: x\n\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void anAmbiguousRequestIsAnsweredOnceAndTheLinkCloses(String request) throws IOException {
        NodeControl sharer = rig.start(rig.flat());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    sharer.endpoint().host(), sharer.endpoint().port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes(request));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).matches("(?:HTTP/1\\.1 400 [^\\r]*\\r\\n(?:[^\\r]+\\r\\n)+\\r\\n)?");
        }
        assertThat(NodeRig.status(sharer).host().engineBugs()).isZero();
    }

    private static void endless(OutputStream out, byte[] more) throws IOException {
        while (true) {
            out.write(more);
        }
    }

    private NodeControl sharer() throws IOException {
        Path share = Files.createDirectory(folder.resolve("share"));
        Files.write(share.resolve("a film.bin"), content);
        NodeControl sharer = rig.start(rig.flat().shares(List.of(share)));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        return sharer;
    }

    private NodeControl fetcher() {
        NodeConfig config = rig.flat()
                .downloads(folder.resolve("downloads"))
                .state(folder.resolve("state"))
                .limits(IMPATIENT)
                .build();
        return rig.deploy(new PeerVerticle(config, null, new Watchers(new Notes(), OverlayObserver.NONE)))
                .control();
    }

    private void fetch(NodeControl node, String name, Endpoint... sources) {
        Wanted wanted = new Wanted(Sha1.digestOf(content), SIZE, RemoteText.of(name), false);
        assertThat(NodeRig.await(Future.fromCompletionStage(node.fetch(
                        wanted, Stream.of(sources).map(FoundSource::plain).toList()))))
                .isEmpty();
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
