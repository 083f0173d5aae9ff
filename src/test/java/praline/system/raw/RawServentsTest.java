package praline.system.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.SearchHit;
import praline.node.Watchers;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Endpoint;

/**
 * Raw leaves and ultrapeers join a running cluster of two supernodes and a leaf, search through it, are searched, and
 * are shown out when they misbehave (spec/gnutella.md sections 2, 4, 9, 19 and 22).
 */
class RawServentsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GUID = "a1b2c3d4e5f60718ff2a3b4c5d6e7f";
    private static final String SERVENT = "00112233445566778899aabbccddeeff";
    private static final Map<String, Long> COMPRESSING = Map.of("limits.overlay.deflatersMax", 8L);

    private static final Vertx VERTX = Vertx.vertx();
    private static RunningNode supernode;
    private static RunningNode other;
    private static RunningNode leaf;

    @BeforeAll
    static void startCluster(@TempDir Path home) throws Exception {
        Path share = Files.createDirectories(home.resolve("share"));
        Files.writeString(share.resolve("The Voyage of the Beagle.txt"), "After having been twice driven back");
        supernode =
                start(NodeConfig.builder(Role.SUPERNODE, anyPort("127.0.0.2")).limits(COMPRESSING));
        other = start(NodeConfig.builder(Role.SUPERNODE, anyPort("127.0.0.3"))
                .limits(COMPRESSING)
                .seeds(List.of(supernode.control().endpoint())));
        leaf = start(NodeConfig.builder(Role.LEAF, anyPort("127.0.0.4"))
                .linksWanted(1) // or it would join the supernode that it is told of, too
                .shares(List.of(share))
                .seeds(List.of(other.control().endpoint())));
        await().atMost(PATIENCE).until(() -> links(supernode) == 1 && links(other) == 2 && links(leaf) == 1);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aRawLeafFindsAFileBehindTheOtherSupernode() throws IOException {
        try (RawServent raw = RawServent.leaf(at(supernode))) {
            raw.send(RawBytes.query(GUID + "01", 4, 0, "voyage beagle"));

            RawServent.Descriptor hit = raw.next(RawBytes.QUERY_HIT);
            assertThat(hit.guid()).isEqualTo(GUID + "01");
            assertThat(hit.octetAt(0)).isEqualTo(1);
            assertThat(hit.text()).contains("The Voyage of the Beagle.txt\0urn:sha1:");
            assertThat(hit.text().substring(hit.text().length() - 16 - 7)).contains("PRLN");
        }
    }

    @Test
    void aRawLeafIsGreetedAsALivingOneDemands() throws IOException {
        try (RawServent raw = RawServent.dial(at(supernode))) {
            String answer = raw.greet("X-Ultrapeer: False", "X-Query-Routing: 0.2", "Accept-Encoding: deflate");

            assertThat(answer).startsWith("GNUTELLA/0.6 200 OK\r\n");
            assertThat(RawServent.header(answer, "X-Ultrapeer")).isEqualTo("True");
            assertThat(Integer.parseInt(RawServent.header(answer, "X-Degree"))).isGreaterThanOrEqualTo(16);
            assertThat(RawServent.header(answer, "X-Dynamic-Querying")).isEqualTo("0.1");
            assertThat(RawServent.header(answer, "Remote-IP")).isEqualTo("127.0.0.1");
            assertThat(RawServent.header(answer, "X-Live-Since")).endsWith(" +0000");
            assertThat(RawServent.header(answer, "Content-Encoding"))
                    .as("links of leaves stay plain")
                    .isEmpty();
            raw.confirm();
            assertThat(raw.next().text())
                    .as("the first message is the list of vendor messages")
                    .startsWith("\0".repeat(8))
                    .contains("BEAR\4\0\1\0")
                    .contains("LIME\25\0");
        }
    }

    @Test
    void aPingForTheNeighbourIsAnsweredAtOnceEachTime() throws IOException {
        try (RawServent raw = RawServent.leaf(at(supernode))) {
            for (int i = 0; i < 3; i++) {
                raw.send(RawBytes.ping(GUID + "1" + i, 1));
                RawServent.Descriptor pong = raw.next(RawBytes.PONG);
                assertThat(pong.guid()).isEqualTo(GUID + "1" + i);
                assertThat(pong.ttl()).isEqualTo(1);
                assertThat(pong.hops()).isZero();
                assertThat(pong.shortAt(0))
                        .isEqualTo(supernode.control().endpoint().port());
                assertThat(pong.octetAt(10)).as("8 KiB: an ultrapeer").isEqualTo(8);
            }
        }
    }

    @Test
    void aRawLeafWithATableGetsTheQueriesThatItAsksForAndNoOthers() throws IOException {
        try (RawServent sharer = RawServent.leaf(at(supernode));
                RawServent asker = RawServent.leaf(at(supernode))) {
            sharer.send(RawBytes.tableReset());
            sharer.send(RawBytes.tablePatch("bassoon", "sonata"));
            sharer.send(RawBytes.ping(GUID + "20", 1));
            sharer.next(RawBytes.PONG); // so the table has been read

            asker.send(RawBytes.query(GUID + "21", 4, 0, "oboe concerto"));
            asker.send(RawBytes.query(GUID + "22", 4, 0, "bassoon concerto"));
            asker.send(RawBytes.query(GUID + "23", 4, 0, "bassoon sonata"));

            RawServent.Descriptor query = sharer.next(RawBytes.QUERY);
            assertThat(query.guid())
                    .as("the only one of which it has all words")
                    .isEqualTo(GUID + "23");
            assertThat(query.text()).contains("bassoon sonata\0");
            sharer.send(RawBytes.hit(query.guid(), 3, "Bassoon Sonata.ogg", SERVENT));
            assertThat(asker.next(RawBytes.QUERY_HIT).text()).contains("Bassoon Sonata.ogg");
        }
    }

    @Test
    void aRawUltrapeerIsAskedAndItsHitGoesBackToWhoSearched() throws IOException {
        List<SearchHit> found = new CopyOnWriteArrayList<>();
        try (RawServent raw = RawServent.ultrapeer(at(other))) {
            raw.send(RawBytes.ping(GUID + "30", 1));
            raw.next(RawBytes.PONG);
            Search search = new Search("contrabassoon", null, 4, Search.Spread.FLOOD);
            leaf.control().search(search, found::add);

            RawServent.Descriptor query = raw.next(RawBytes.QUERY);
            assertThat(query.text()).contains("contrabassoon\0");
            assertThat(query.hops()).isEqualTo(1);
            assertThat(query.ttl() + query.hops()).isLessThanOrEqualTo(4);
            raw.send(RawBytes.hit(query.guid(), 3, "Contrabassoon.ogg", SERVENT));

            await().atMost(PATIENCE).until(() -> found.size() == 1);
            assertThat(found.get(0).name().cut(80)).isEqualTo("Contrabassoon.ogg");
            assertThat(found.get(0).servent()).hasToString(SERVENT);
        }
    }

    @Test
    void aLinkOfUltrapeersIsDeflatedInBothDirections() throws IOException {
        try (RawServent raw = RawServent.dial(at(supernode));
                RawServent asker = RawServent.leaf(at(supernode))) {
            String answer =
                    raw.greet("X-Ultrapeer: True", "X-Query-Routing: 0.2", "Accept-Encoding: deflate", "X-Degree: 32");
            assertThat(RawServent.header(answer, "Accept-Encoding")).isEqualTo("deflate");
            assertThat(RawServent.header(answer, "Content-Encoding")).isEqualTo("deflate");
            raw.confirmDeflated();

            raw.send(RawBytes.ping(GUID + "40", 1));
            assertThat(raw.next(RawBytes.PONG).guid()).isEqualTo(GUID + "40");
            asker.send(RawBytes.query(GUID + "41", 4, 0, "heckelphone quartet"));
            assertThat(raw.next(RawBytes.QUERY).guid()).isEqualTo(GUID + "41");
            raw.send(RawBytes.hit(GUID + "41", 3, "Heckelphone Quartet.ogg", SERVENT));
            assertThat(asker.next(RawBytes.QUERY_HIT).text()).contains("Heckelphone Quartet.ogg");
        }
    }

    @Test
    void aSupernodeOfOursJoinsARawUltrapeerAndDeflatesWithIt() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            supernode
                    .control()
                    .connect(Endpoint.parse("127.0.0.1:" + door.getLocalPort()).orElseThrow());
            try (RawServent raw = RawServent.accept(door)) {
                String greeting = raw.block();
                assertThat(greeting).startsWith("GNUTELLA CONNECT/0.6\r\n");
                assertThat(RawServent.header(greeting, "X-Ultrapeer")).isEqualTo("True");
                assertThat(RawServent.header(greeting, "X-Ultrapeer-Query-Routing"))
                        .isEqualTo("0.1");
                assertThat(RawServent.header(greeting, "Accept-Encoding")).isEqualTo("deflate");
                raw.agree(true);
                String confirmation = raw.block();
                assertThat(confirmation).startsWith("GNUTELLA/0.6 200 ");
                assertThat(RawServent.header(confirmation, "Content-Encoding")).isEqualTo("deflate");
                raw.inflateInput();

                assertThat(raw.next().type()).isEqualTo(RawBytes.VENDOR);
                raw.send(RawBytes.ping(GUID + "50", 1));
                assertThat(raw.next(RawBytes.PONG).guid()).isEqualTo(GUID + "50");
            }
        }
    }

    @Test
    void aLeafOfOursOffersARawUltrapeerWhatItDemands() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint ultrapeer =
                    Endpoint.parse("127.0.0.1:" + door.getLocalPort()).orElseThrow();
            start(NodeConfig.builder(Role.LEAF, anyPort("127.0.0.5"))
                    .linksWanted(1)
                    .seeds(List.of(ultrapeer)));
            try (RawServent raw = RawServent.accept(door)) {
                String greeting = raw.block();
                assertThat(RawServent.header(greeting, "X-Ultrapeer")).isEqualTo("False");
                assertThat(RawServent.header(greeting, "Accept-Encoding")).isEqualTo("deflate");
                assertThat(greeting.lines().count()).isLessThan(30);
                raw.agree(true);
                assertThat(RawServent.header(raw.block(), "Content-Encoding"))
                        .as("a leaf does not deflate what it sends")
                        .isEmpty();

                raw.send(RawBytes.ping(GUID + "60", 1));
                assertThat(raw.next(RawBytes.PONG).guid()).isEqualTo(GUID + "60");
            }
        }
    }

    @Test
    void whoBreaksTheRulesIsShownOutWithTheRightReason() throws IOException {
        try (RawServent relaying = RawServent.leaf(at(supernode))) {
            relaying.send(RawBytes.query(GUID + "70", 4, 1, "somebody else asks"));
            assertThat(relaying.byeCode()).isEqualTo(414);
            assertThat(relaying.isClosed()).isTrue();
        }
        try (RawServent huge = RawServent.leaf(at(supernode))) {
            huge.send(RawBytes.hex(GUID + "71" + "800400" + "01000100"));
            assertThat(huge.byeCode()).isEqualTo(400);
        }
        try (RawServent routing = RawServent.leaf(at(supernode))) {
            routing.send(RawBytes.descriptor("3".repeat(32), RawBytes.QRP, 1, 0, RawBytes.hex("003930000007")));
            assertThat(routing.byeCode()).isEqualTo(413);
        }
        try (RawServent newer = RawServent.joined(at(supernode), "X-Ultrapeer: False", "X-Query-Routing: 0.3")) {
            assertThat(newer.byeCode()).isEqualTo(505);
        }
        try (RawServent garbled = RawServent.dial(at(supernode))) {
            garbled.greet("X-Ultrapeer: True", "X-Query-Routing: 0.2", "Accept-Encoding: deflate");
            garbled.confirmDeflated();
            garbled.sendPlain(new byte[] {0x78, (byte) 0x9C, 1, 2, 3, 4, 5, 6, 7, 8});
            assertThat(garbled.byeCode()).isEqualTo(501);
        }
    }

    @Test
    void whoDoesNotWaitOrDoesNotFitIsRefused() throws IOException {
        try (RawServent normal = RawServent.dial(at(supernode))) {
            assertThat(normal.greet("X-Query-Routing: 0.1")).startsWith("GNUTELLA/0.6 403 Normal nodes refused");
            assertThat(normal.isClosed()).isTrue();
        }
        try (RawServent eager = RawServent.dial(at(supernode))) {
            eager.write("GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: False\r\n\r\nGNUTELLA/0.6 200 OK\r\n\r\n");
            assertThat(eager.isClosed()).as("nothing may follow step 1").isTrue();
        }
        try (RawServent toLeaf = RawServent.dial(at(leaf))) {
            String answer = toLeaf.greet("X-Ultrapeer: False");
            assertThat(answer).startsWith("GNUTELLA/0.6 503 Shielded leaf node");
            assertThat(RawServent.header(answer, "X-Try-Ultrapeers"))
                    .contains(other.control().endpoint().toString());
        }
        try (RawServent first = RawServent.leaf(at(supernode));
                RawServent again = RawServent.dial(at(supernode))) {
            again.write(
                    "GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: False\r\nListen-IP: 127.0.0.1:" + first.port() + "\r\n\r\n");
            assertThat(again.block()).startsWith("GNUTELLA/0.6 409 Already connected");
        }
    }

    @Test
    void aCrawlerIsToldWhoIsHere() throws IOException {
        try (RawServent crawler = RawServent.dial(at(supernode))) {
            crawler.write("GNUTELLA CONNECT/0.6\r\nUser-Agent: Crawler/1\r\nCrawler: 0.1\r\n\r\n");
            String answer = crawler.block();
            assertThat(RawServent.header(answer, "Peers"))
                    .contains(other.control().endpoint().toString());
            assertThat(crawler.isClosed()).isTrue();
        }
    }

    private static RunningNode start(NodeConfig.Builder config) throws Exception {
        Future<RunningNode> started = RunningNode.start(VERTX, config.build(), Watchers.NONE);
        return started.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Endpoint anyPort(String address) {
        return Endpoint.parse(address + ":0").orElseThrow();
    }

    private static int links(RunningNode node) throws Exception {
        return node.control()
                .status()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .overlay()
                .links()
                .size();
    }

    private static InetSocketAddress at(RunningNode node) {
        Endpoint endpoint = node.control().endpoint();
        return new InetSocketAddress(endpoint.host(), endpoint.port());
    }
}
