package praline.supernode;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.NodeConfig;
import praline.node.NodeControl;
import praline.node.NodeStatus;
import praline.node.PeerVerticle;
import praline.node.SearchHit;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Endpoint;

/** Two supernodes and their leaves: published, found, and gone at once when a leaf dies. */
class SupernodeVerticleTest {

    private static final int NETWORK = 0x7F030000;

    private final Vertx vertx = Vertx.vertx();
    private int lastNumber;

    @TempDir
    Path folder;

    @AfterEach
    void end() throws TimeoutException {
        outcome(vertx.close());
    }

    @Test
    void aLeafFindsWhatALeafOfAnotherSupernodeShares() throws IOException, TimeoutException {
        SupernodeVerticle first = supernode();
        SupernodeVerticle second = supernode(first.control().endpoint());
        PeerVerticle sharer = leaf(first, "tea and biscuits.txt", "coffee.txt");
        NodeControl seeker = leaf(second).control();
        await().until(() -> status(first.control()).overlay().recordsHeld() == 2);
        await().until(() -> status(second.control()).overlay().links().size() == 2);

        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        seeker.search(new Search("biscuits", null, 4, Search.Spread.FLOOD), hits::add);
        await().until(() -> hits.size() == 1);
        assertThat(hits.get(0).from()).isEqualTo(sharer.control().endpoint());
        assertThat(hits.get(0).servent()).isEqualTo(sharer.control().servent());

        sharer.kill();
        await().until(() -> status(first.control()).overlay().recordsHeld() == 0);
        List<SearchHit> late = new CopyOnWriteArrayList<>();
        seeker.search(new Search("coffee", null, 4, Search.Spread.FLOOD), late::add);
        seeker.search(new Search("", hits.get(0).sha1(), 4, Search.Spread.FLOOD), late::add);
        await().during(Duration.ofMillis(500)).until(late::isEmpty);
    }

    @Test
    void aFileThatTwoLeadersTellOfIsFoundOnce() throws IOException, TimeoutException {
        SupernodeVerticle first = supernode();
        SupernodeVerticle second = supernode(first.control().endpoint());
        Path share = Files.createTempDirectory(folder, "share");
        Files.writeString(share.resolve("tea and biscuits.txt"), "This is led by two");
        NodeConfig.Builder sharer =
                config(Role.LEAF, first.control().endpoint(), second.control().endpoint());
        deployed(new PeerVerticle(sharer.linksWanted(2).shares(List.of(share)).build()));
        NodeControl seeker = leaf(second).control();
        await().until(() -> status(first.control()).overlay().recordsHeld() == 1);
        await().until(() -> status(second.control()).overlay().recordsHeld() == 1);
        await().until(() -> status(second.control()).overlay().links().size() == 3);

        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        seeker.search(new Search("biscuits", null, 4, Search.Spread.FLOOD), hits::add);
        await().until(() -> status(seeker).limitHits().containsKey("dropped.foundAlready"));
        assertThat(hits).hasSize(1);
    }

    private SupernodeVerticle supernode(Endpoint... seeds) throws TimeoutException {
        return deployed(new SupernodeVerticle(config(Role.SUPERNODE, seeds).build()));
    }

    private PeerVerticle leaf(SupernodeVerticle supernode, String... names) throws IOException, TimeoutException {
        Path share = Files.createTempDirectory(folder, "share");
        for (String name : names) {
            Files.writeString(share.resolve(name), "This is " + name);
        }
        NodeConfig.Builder config = config(Role.LEAF, supernode.control().endpoint());
        return deployed(
                new PeerVerticle(config.linksWanted(1).shares(List.of(share)).build()));
    }

    private NodeConfig.Builder config(Role role, Endpoint... seeds) {
        int number = ++lastNumber;
        return NodeConfig.builder(role, Endpoint.ofIpv4(NETWORK + number, 0))
                .seeds(List.of(seeds))
                .seed(number);
    }

    private <V extends Deployable> V deployed(V verticle) throws TimeoutException {
        outcome(vertx.deployVerticle(verticle));
        return verticle;
    }

    private static NodeStatus status(NodeControl node) throws TimeoutException {
        return outcome(Future.fromCompletionStage(node.status()));
    }

    private static <T> T outcome(Future<T> future) throws TimeoutException {
        return future.await(20, SECONDS);
    }
}
