package praline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.NodeStatus;
import praline.node.SearchHit;
import praline.node.Watchers;
import praline.node.engine.Counters;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;

/**
 * A leaf that nobody can dial shares a file, and a leaf of another supernode fetches it over real TCP: the sharer calls
 * when it is asked to, by a push over two supernodes or by its push proxy.
 */
class FirewalledTest {

    private static final int NETWORK = 0x7F040000;
    private static final int SIZE = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final byte[] content = new byte[SIZE];
    private int lastNumber;

    @TempDir
    Path folder;

    @BeforeEach
    void writeContent() {
        Seeds.generator(3).nextBytes(content);
    }

    @AfterEach
    void end() throws TimeoutException {
        outcome(vertx.close());
    }

    @Test
    void aPushOverTwoSupernodesMakesTheSharerCall() throws IOException, TimeoutException {
        RunningNode near = supernode();
        RunningNode far = supernode(near.control().endpoint());
        sharer(near);
        RunningNode seeker = seeker(far, Map.of("limits.push.proxies", 0L));

        SearchHit hit = found(seeker, near, far);

        assertThat(fetched(seeker, hit)).isEqualTo(content);
        assertThat(requestsTo(near)).isZero();
    }

    @Test
    void aPushProxyMakesTheSharerCall() throws IOException, TimeoutException {
        RunningNode near = supernode();
        RunningNode far = supernode(near.control().endpoint());
        sharer(near);
        RunningNode seeker = seeker(far, Map.of());

        SearchHit hit = found(seeker, near, far);

        assertThat(hit.path()).isNotNull();
        assertThat(hit.path().proxies()).containsExactly(near.control().endpoint());
        assertThat(fetched(seeker, hit)).isEqualTo(content);
        assertThat(requestsTo(near)).isPositive();
    }

    private SearchHit found(RunningNode seeker, RunningNode near, RunningNode far) throws TimeoutException {
        await().atMost(PATIENCE).until(() -> status(near).overlay().recordsHeld() == 1);
        await().atMost(PATIENCE).until(() -> status(far).overlay().links().size() == 2);
        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        Search search = new Search("", Sha1.digestOf(content), 4, Search.Spread.FLOOD);
        seeker.control().search(search, hits::add);
        await().atMost(PATIENCE).until(() -> !hits.isEmpty());
        return hits.get(0);
    }

    private static byte[] fetched(RunningNode seeker, SearchHit hit) throws IOException, TimeoutException {
        List<String> paths = new CopyOnWriteArrayList<>();
        TransferListener news = new TransferListener() {
            @Override
            public void onDone(Sha1 sha1, String path) {
                paths.add(path);
            }

            @Override
            public void onFailed(Sha1 sha1, String reason) {
                throw new AssertionError(reason);
            }
        };
        Wanted wanted = new Wanted(hit.sha1(), hit.size(), hit.name(), true);
        assertThat(outcome(seeker.fetch(wanted, List.of(hit.source()), news))).isEmpty();
        await().atMost(PATIENCE).until(() -> paths.size() == 1);
        return Files.readAllBytes(Path.of(paths.get(0)));
    }

    /** What a node was asked by HTTP: of a supernode here, as push proxy. */
    private static long requestsTo(RunningNode node) throws TimeoutException {
        return status(node).transfers().messages(Counters.Direction.IN, Counters.Cause.TRANSFER);
    }

    private RunningNode supernode(Endpoint... seeds) throws TimeoutException {
        return start(config(Role.SUPERNODE, seeds));
    }

    private RunningNode sharer(RunningNode supernode) throws IOException, TimeoutException {
        Path share = Files.createTempDirectory(folder, "share");
        Files.write(share.resolve("behind a wall.bin"), content);
        return start(config(Role.LEAF, supernode.control().endpoint())
                .linksWanted(1)
                .firewalled(true)
                .shares(List.of(share)));
    }

    private RunningNode seeker(RunningNode supernode, Map<String, Long> limits) throws TimeoutException {
        return start(config(Role.LEAF, supernode.control().endpoint())
                .linksWanted(1)
                .downloads(folder.resolve("downloads"))
                .limits(ImmutableMap.copyOf(limits)));
    }

    private NodeConfig.Builder config(Role role, Endpoint... seeds) {
        int number = ++lastNumber;
        return NodeConfig.builder(role, Endpoint.ofIpv4(NETWORK + number, 0))
                .seeds(List.of(seeds))
                .seed(number);
    }

    private RunningNode start(NodeConfig.Builder config) throws TimeoutException {
        return outcome(RunningNode.start(vertx, config.build(), Watchers.NONE));
    }

    private static NodeStatus status(RunningNode node) throws TimeoutException {
        return outcome(Future.fromCompletionStage(node.control().status()));
    }

    private static <T> T outcome(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
