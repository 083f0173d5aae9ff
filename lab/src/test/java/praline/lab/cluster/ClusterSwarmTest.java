package praline.lab.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.SearchHit;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;

/** Twenty nodes on real TCP: one has a file, and all others get it at the same time. */
class ClusterSwarmTest {

    private static final int SIZE = 8_000_000;
    private static final long SEED_RATE = 2_000_000;
    private static final int SEED = 20;
    private static final int PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final byte[] content = new byte[SIZE];
    private final Sha1 sha1;

    @TempDir
    private Path folder;

    private LocalCluster cluster;

    ClusterSwarmTest() {
        Seeds.generator(1).nextBytes(content);
        sha1 = Sha1.digestOf(content);
    }

    @BeforeEach
    void start() throws IOException, TimeoutException {
        ClusterOptions options = new ClusterOptions(20, 2, null, 2, 7);
        ClusterPlan plan = ClusterPlan.draw(options);
        ClusterFiles files = new ClusterFiles(folder);
        files.spread(Files.createDirectory(folder.resolve("nothing")), plan, 7);
        Files.write(files.shareFolder(SEED).resolve("a film.bin"), content);
        cluster = await(LocalCluster.start(vertx, options, plan, files, count -> {}));
        node(SEED).control().limitRates(SEED_RATE, Long.MAX_VALUE);
    }

    @AfterEach
    void end() throws TimeoutException {
        await(vertx.close());
    }

    @Test
    void whatOneHasReachesAllAndMostOfItGoesBetweenThem() throws TimeoutException, IOException {
        List<Future<Path>> fetching =
                IntStream.range(1, SEED).mapToObj(number -> get(node(number))).toList();

        for (Future<Path> file : fetching) {
            assertEquals(sha1, Sha1.digestOf(Files.readAllBytes(await(file))));
        }
        long given = 0;
        for (int number = 1; number < SEED; number++) {
            given += await(Future.fromCompletionStage(node(number).control().torrents())).stream()
                    .mapToLong(torrent -> torrent.uploaded())
                    .sum();
        }
        assertTrue(given > 10L * SIZE, given + " bytes were given by those who had to get them first");
    }

    /** Searches by the hash until somebody is found, fetches, and adds who is found later. */
    private Future<Path> get(RunningNode node) {
        CompletableFuture<Path> done = new CompletableFuture<>();
        CompletableFuture<SearchHit> found = new CompletableFuture<>();
        long timer = vertx.setPeriodic(1, 500, again -> search(node, found));
        TransferListener asker = new TransferListener() {
            @Override
            public void onDone(Sha1 which, String path) {
                done.complete(Path.of(path));
            }
        };
        return Future.fromCompletionStage(found)
                .compose(hit -> {
                    vertx.cancelTimer(timer);
                    Wanted wanted = new Wanted(sha1, hit.size(), hit.name(), true);
                    return node.fetch(wanted, List.of(new FoundSource(hit.from(), hit.infohash())), asker);
                })
                .compose(refusal ->
                        refusal.isEmpty() ? Future.fromCompletionStage(done) : Future.failedFuture(refusal.get()));
    }

    private void search(RunningNode node, CompletableFuture<SearchHit> found) {
        node.control().search(Search.forContent(sha1, Role.LEAF), found::complete);
    }

    private RunningNode node(int number) {
        return cluster.node(number).orElseThrow();
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE_SECONDS, SECONDS);
    }
}
