package praline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Counters;
import praline.node.engine.Profile;
import praline.node.retrieval.FoundSource;
import praline.node.swarm.SwarmConfig;
import praline.node.swarm.TorrentStatus;
import praline.node.transfer.Wanted;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** What was found is fetched in pieces, over real TCP: from search to swarm. */
class SwarmFetchTest {

    private static final int SIZE = 3_000_000;

    private final NodeRig rig = new NodeRig();
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

    @Test
    void whatASearchFoundComesByTheSwarm() throws IOException {
        NodeControl sharer = sharer(SwarmConfig.UNLIMITED);
        NodeControl seeker = fetcher(1, sharer);

        fetch(seeker, find(seeker, 1));

        awaitFile(1);
        assertThat(torrents(seeker)).hasSize(1).allMatch(torrent -> torrent.downloaded() == SIZE);
        assertThat(NodeRig.status(sharer).host().engineBugs()).isZero();
        assertThat(NodeRig.status(seeker).host().engineBugs()).isZero();
    }

    @Test
    void whoHasOnlyAPartIsFoundAndGivesIt() throws IOException {
        NodeControl sharer = sharer(SIZE / 5);
        NodeControl first = fetcher(1, sharer);
        NodeControl second = fetcher(2, sharer);
        fetch(first, find(first, 1));

        List<SearchHit> hits = find(second, 2);

        assertThat(torrents(first)).allMatch(torrent -> torrent.bytesHad() < SIZE);
        assertThat(hits).extracting(SearchHit::from).contains(first.endpoint());
        assertThat(hits)
                .extracting(SearchHit::infohash)
                .containsOnly(hits.get(0).infohash());
        fetch(second, of(hits, first));
        awaitFile(2);
        awaitFile(1);
        assertThat(torrents(first)).allMatch(torrent -> torrent.uploaded() > 0);
    }

    @Test
    void whatIsDoneIsSharedFromThenOn() throws IOException {
        NodeControl sharer = sharer(SwarmConfig.UNLIMITED);
        NodeControl first = fetcher(1, sharer);
        NodeControl second = fetcher(2, first);
        fetch(first, find(first, 1));
        awaitFile(1);

        List<SearchHit> hits = find(second, 2);
        fetch(second, FoundSource.plain(first.endpoint()));
        assertThat(of(hits, first)).hasSize(1);

        awaitFile(2);
        assertThat(torrents(second)).isEmpty();
    }

    @Test
    void whoSpeaksHttpOnlyGivesRangesToTheSwarm() throws IOException {
        NodeControl peer = sharer(SIZE / 5);
        NodeControl servent = sharer(SwarmConfig.UNLIMITED);
        NodeControl seeker = fetcher(1, peer);
        SearchHit hit = of(find(seeker, 1), peer).get(0);

        fetch(seeker, new FoundSource(hit.from(), hit.infohash()), FoundSource.plain(servent.endpoint()));

        awaitFile(1);
        long byHttp = NodeRig.status(servent).transfers().bytes(Counters.Direction.OUT, Counters.Cause.TRANSFER);
        assertThat(byHttp).isPositive();
        assertThat(torrents(servent)).isEmpty();
        assertThat(torrents(seeker)).allMatch(torrent -> torrent.downloaded() < 2 * SIZE);
    }

    private NodeControl sharer(long upRate) throws IOException {
        Path share = Files.createTempDirectory(folder, "share");
        Files.write(share.resolve("a film.bin"), content);
        NodeConfig.Builder config = rig.flat().shares(List.of(share));
        SwarmConfig swarm = SwarmConfig.standard(config.build().listen(), Profile.LAB);
        NodeControl sharer = rig.start(config.swarm(swarm.withRates(upRate, SwarmConfig.UNLIMITED)));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 1);
        return sharer;
    }

    private NodeControl fetcher(int number, NodeControl seed) {
        NodeControl node = rig.start(rig.flat(seed.endpoint()).downloads(downloads(number)));
        await().until(() -> !NodeRig.status(node).overlay().links().isEmpty());
        return node;
    }

    private Path downloads(int number) {
        return folder.resolve("downloads " + number);
    }

    /** Searches until so many have answered. */
    private static List<SearchHit> find(NodeControl seeker, int count) {
        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        await().until(() -> {
            hits.clear();
            RunningSearch search = seeker.search(NodeRig.words("film"), hits::add);
            await().pollInterval(Duration.ofMillis(20)).until(() -> !hits.isEmpty());
            boolean areAll = hits.size() >= count;
            search.end();
            return areAll;
        });
        return List.copyOf(hits);
    }

    private static List<SearchHit> of(List<SearchHit> hits, NodeControl sharer) {
        return hits.stream().filter(hit -> hit.from().equals(sharer.endpoint())).toList();
    }

    private void fetch(NodeControl node, List<SearchHit> hits) {
        fetch(
                node,
                hits.stream()
                        .map(hit -> new FoundSource(hit.from(), hit.infohash()))
                        .toArray(FoundSource[]::new));
    }

    private void fetch(NodeControl node, FoundSource... sources) {
        Wanted wanted = new Wanted(Sha1.digestOf(content), SIZE, RemoteText.of("a film.bin"), true);
        assertThat(NodeRig.await(Future.fromCompletionStage(node.fetch(wanted, List.of(sources)))))
                .isEmpty();
    }

    private void awaitFile(int number) throws IOException {
        Path file = downloads(number).resolve("a film.bin");
        await().until(() -> Files.exists(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    private static List<TorrentStatus> torrents(NodeControl node) {
        return NodeRig.await(Future.fromCompletionStage(node.torrents()));
    }
}
