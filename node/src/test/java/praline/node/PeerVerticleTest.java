package praline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.Counters.Direction;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;
import praline.protocol.UserError;
import praline.protocol.gnutella.MessageType;

/** Whole peers of a flat network: they join, share, search and leave. */
class PeerVerticleTest {

    private static final int CROWD = 40;

    private final NodeRig rig = new NodeRig();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void whatOnePeerSharesAnotherFinds() throws IOException {
        NodeControl sharer =
                rig.start(rig.flat().shares(List.of(NodeRig.folder(folder, "a song of ice.txt", "b.txt"))));
        NodeControl seeker = rig.start(rig.flat(sharer.endpoint()));
        await().until(() -> NodeRig.status(sharer).overlay().filesShared() == 2);
        await().until(() -> linkCount(seeker) == 1);

        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        seeker.search(NodeRig.words("ICE song"), hits::add);

        await().until(() -> hits.size() == 1);
        SearchHit hit = hits.get(0);
        assertThat(hit.name()).hasToString("a song of ice.txt");
        assertThat(hit.from()).isEqualTo(sharer.endpoint());
        assertThat(hit.servent()).isEqualTo(sharer.servent());
        assertThat(hit.size()).isEqualTo(Files.size(shared("a song of ice.txt")));
        assertThat(hit.sha1()).isNotNull();
        assertThat(hit.hops()).isEqualTo(1);
    }

    @Test
    void aNodeThatStartsAgainFindsItsNetworkWithoutBeingToldOfAnybody() {
        NodeControl first = rig.start(rig.flat());
        NodeConfig.Builder again = rig.flat(first.endpoint()).state(folder.resolve("state"));
        PeerVerticle before = rig.deploy(new PeerVerticle(again.build()));
        await().until(() -> linkCount(before.control()) == 1);
        NodeRig.await(rig.vertx.undeploy(before.deploymentID()));

        NodeControl after = rig.start(again.seeds(List.of()));

        await().atMost(Duration.ofSeconds(20)).until(() -> linkCount(after) == 1);
    }

    @Test
    void aCrowdThatKnowsOnePeerBecomesOneNetwork() throws IOException {
        NodeControl first = rig.start(rig.flat().shares(List.of(NodeRig.folder(folder, "the one.txt"))));
        List<NodeControl> crowd = new ArrayList<>(List.of(first));
        for (int i = 1; i < CROWD; i++) {
            crowd.add(rig.start(rig.flat(first.endpoint())));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> crowd.stream().allMatch(node -> linkCount(node) >= 3));
        assertThat(crowd).allMatch(node -> linkCount(node) <= 30);

        List<SearchHit> hits = new CopyOnWriteArrayList<>();
        await().until(() -> NodeRig.status(first).overlay().filesShared() == 1);
        crowd.subList(1, CROWD).forEach(node -> node.search(NodeRig.words("one"), hits::add));
        await().until(() -> hits.size() == CROWD - 1);
        assertThat(crowd).allSatisfy(node -> {
            assertThat(NodeRig.status(node).host().engineBugs()).isZero();
        });
    }

    @Test
    void aPeerThatLeavesSaysByeAndOneThatDiesDoesNot() {
        NodeControl first = rig.start(rig.flat().linksWanted(0));
        PeerVerticle polite =
                rig.deploy(new PeerVerticle(rig.flat(first.endpoint()).build()));
        PeerVerticle rude =
                rig.deploy(new PeerVerticle(rig.flat(first.endpoint()).build()));
        await().until(() -> linkCount(first) == 2);

        rude.kill();
        await().until(() -> linkCount(first) == 1);
        assertThat(byes(first)).isZero();
        NodeRig.await(rig.vertx.undeploy(polite.deploymentID()));
        await().until(() -> linkCount(first) == 0);
        assertThat(byes(first)).isEqualTo(1);
        NodeRig.await(rig.vertx.undeploy(rude.deploymentID()));
    }

    @Test
    void aNodeThatHasEndedSaysSo() {
        PeerVerticle peer = rig.deploy(new PeerVerticle(rig.flat().build()));
        NodeControl control = peer.control();
        NodeRig.await(rig.vertx.undeploy(peer.deploymentID()));
        assertThatThrownBy(() -> NodeRig.status(control)).hasMessage("the node has ended");
    }

    @Test
    void aTakenPortAndAMissingFolderAreUserErrors() {
        NodeControl first = rig.start(rig.flat());
        assertThatThrownBy(() -> rig.start(NodeConfig.builder(Role.FLAT, first.endpoint())))
                .isInstanceOf(UserError.class)
                .hasMessage("the port is taken: " + first.endpoint());
        assertThatThrownBy(() -> rig.start(rig.flat().shares(List.of(folder.resolve("nowhere")))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aNodeKeepsItsNameAndItsStateFolderToItself() {
        Path state = folder.resolve("state");
        PeerVerticle peer = rig.deploy(new PeerVerticle(rig.flat().state(state).build()));
        assertThatThrownBy(() -> rig.start(rig.flat().state(state))).isInstanceOf(UserError.class);
        NodeRig.await(rig.vertx.undeploy(peer.deploymentID()));
        NodeControl again = rig.start(rig.flat().state(state));
        assertThat(again.servent()).isEqualTo(peer.control().servent());
    }

    @Test
    void aListenerHearsThatAScanIsThrough() throws IOException {
        List<Path> unshared = new CopyOnWriteArrayList<>();
        List<Integer> scanned = new CopyOnWriteArrayList<>();
        NodeListener news = new NodeListener() {
            @Override
            public void onScanned(int fileCount) {
                scanned.add(fileCount);
            }

            @Override
            public void onUnshared(Path path, String why) {
                unshared.add(path);
            }
        };
        NodeConfig config =
                rig.flat().shares(List.of(NodeRig.folder(folder, "x.txt"))).build();
        rig.deploy(new PeerVerticle(config, null, new Watchers(news, OverlayObserver.NONE)));
        await().until(() -> scanned.equals(List.of(1)));
        assertThat(unshared).isEmpty();
    }

    @Test
    void theProfileFollowsFromTheAddresses() {
        Endpoint loopback = Endpoint.parse("127.9.9.9:0").orElseThrow();
        Endpoint home = Endpoint.parse("192.168.1.2:6346").orElseThrow();
        Endpoint world = Endpoint.parse("198.51.100.1:6346").orElseThrow();
        assertThat(NodeConfig.profileOf(List.of(loopback))).isEqualTo(Profile.LAB);
        assertThat(NodeConfig.profileOf(List.of(loopback, home))).isEqualTo(Profile.LAN);
        assertThat(NodeConfig.profileOf(List.of(home, world))).isEqualTo(Profile.INTERNET);
    }

    @Test
    void aLimitOutsideItsRangeIsRefusedWithItsName() {
        assertThatThrownBy(() -> rig.flat()
                        .limits(ImmutableMap.of("limits.net.jobs", 0L))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.net.jobs");
    }

    private Path shared(String name) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private static int linkCount(NodeControl node) {
        return NodeRig.status(node).overlay().links().size();
    }

    private static long byes(NodeControl node) {
        return NodeRig.status(node).traffic().messages(Direction.IN, MessageType.BYE);
    }
}
