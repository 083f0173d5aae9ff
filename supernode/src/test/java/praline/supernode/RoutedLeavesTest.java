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
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.overlay.SearchMode;
import praline.protocol.Endpoint;

/**
 * Supernodes over TCP, and leaves that send tables and publish nothing, as foreign ones do: a query takes its last hop
 * only to the supernode whose leaf can answer, and goes down to that leaf alone.
 */
class RoutedLeavesTest {

    private static final int NETWORK = 0x7F040000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private int lastNumber;

    @TempDir
    Path folder;

    @AfterEach
    void end() throws TimeoutException {
        outcome(vertx.close());
    }

    @Test
    void theLastHopGoesWhereATableAsksForIt() throws IOException, TimeoutException {
        NodeControl middle = supernode();
        NodeControl holding = supernode(middle.endpoint());
        NodeControl other = supernode(middle.endpoint());
        await().atMost(PATIENCE).until(() -> received(middle, Cause.ROUTING_TABLE) == 4);
        NodeControl sharer = leaf(holding, SearchMode.QUERY_ROUTING, "zanzibar sonata.bin");
        NodeControl bystander = leaf(holding, SearchMode.QUERY_ROUTING, "marimba etude.bin");
        await().atMost(PATIENCE).until(() -> received(holding, Cause.ROUTING_TABLE) >= 2 + 2 * 2);
        NodeControl seeker = leaf(middle, SearchMode.INDEX);

        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            seeker.search(new Search("zanzibar", null, 2, Search.Spread.FLOOD), hits::add);
            return !hits.isEmpty();
        });

        assertThat(hits.get(0).servent()).isEqualTo(sharer.servent());
        assertThat(received(sharer, Cause.QUERY)).isPositive();
        assertThat(received(bystander, Cause.QUERY)).isZero();
        assertThat(received(other, Cause.QUERY)).isZero();
    }

    private static long received(NodeControl node, Cause cause) throws TimeoutException {
        NodeStatus status = outcome(Future.fromCompletionStage(node.status()));
        return status.traffic().messages(Direction.IN, cause);
    }

    private NodeControl supernode(Endpoint... seeds) throws TimeoutException {
        NodeConfig config = config(Role.SUPERNODE, seeds).build();
        return deployed(new SupernodeVerticle(config)).control();
    }

    private NodeControl leaf(NodeControl supernode, SearchMode mode, String... names)
            throws IOException, TimeoutException {
        Path share = Files.createTempDirectory(folder, "share");
        for (String name : names) {
            Files.writeString(share.resolve(name), "This is " + name);
        }
        NodeConfig config = config(Role.LEAF, supernode.endpoint())
                .mode(mode)
                .linksWanted(1)
                .shares(List.of(share))
                .build();
        return deployed(new PeerVerticle(config)).control();
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

    private static <T> T outcome(Future<T> future) throws TimeoutException {
        return future.await(20, SECONDS);
    }
}
