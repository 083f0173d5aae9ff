package praline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.NodeStatus;
import praline.node.Watchers;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayStatus.JoinedLink;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.protocol.Endpoint;

/** A hundred nodes on real TCP: they find leaders among themselves, and replace those that die. */
class RolesOverTcpTest {

    private static final System.Logger LOG = System.getLogger(RolesOverTcpTest.class.getName());

    private static final int NETWORK = 0x7F050001;
    private static final int NODES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Map<Endpoint, RunningNode> living = new LinkedHashMap<>();
    private int lastNumber;

    @AfterEach
    void end() throws TimeoutException {
        outcome(vertx.close());
    }

    @Test
    void aHundredNodesThatMayChooseBecomeATwoTierNetwork() throws TimeoutException {
        Map<String, Long> slots = Map.of("limits.overlay.leavesMax", 40L);
        Endpoint first = start(Role.LEAF, RolePolicy.AUTO, List.of(), slots);
        for (int i = 1; i < NODES; i++) {
            start(Role.LEAF, RolePolicy.AUTO, List.of(first), slots);
        }
        long begun = System.nanoTime();

        await().atMost(PATIENCE).until(() -> isLed(1));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} nodes found {1} leaders in {2} ms",
                NODES,
                count(Role.SUPERNODE),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));

        assertThat(count(Role.SUPERNODE)).isBetween(2L, NODES / 3L);
    }

    @Test
    void theLeavesOfADeadLeaderHaveAnotherOneSoon() throws TimeoutException {
        List<Endpoint> leaders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            leaders.add(start(Role.SUPERNODE, RolePolicy.FIXED, List.copyOf(leaders), Map.of()));
        }
        for (int i = 0; i < NODES; i++) {
            List<Endpoint> seeds = new ArrayList<>(leaders);
            Collections.rotate(seeds, i);
            start(Role.LEAF, RolePolicy.FIXED, seeds, Map.of());
        }
        await().atMost(PATIENCE).until(() -> isLed(3));
        RunningNode victim = living.remove(leaders.get(0));
        long killedAt = System.nanoTime();

        outcome(victim.kill());
        await().atMost(PATIENCE).until(() -> !isLedBy(leaders.get(0)) && isLed(3));

        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedAt);
        LOG.log(System.Logger.Level.INFO, "all leaves of a killed leader had another one after {0} ms", millis);
        assertThat(millis).as("ten times what virtual time allows").isLessThan(25_000);
    }

    private Endpoint start(Role role, RolePolicy policy, List<Endpoint> seeds, Map<String, Long> limits)
            throws TimeoutException {
        int number = ++lastNumber;
        NodeConfig config = NodeConfig.builder(role, Endpoint.ofIpv4(NETWORK + number, 0))
                .policy(policy)
                .profile(Profile.LAB)
                .seeds(seeds)
                .limits(limits)
                .seed(number)
                .build();
        RunningNode node = outcome(RunningNode.start(vertx, config, Watchers.NONE));
        living.put(node.control().endpoint(), node);
        return node.control().endpoint();
    }

    private boolean isLed(int supernodes) throws TimeoutException {
        return statuses().stream()
                .filter(status -> status.overlay().role() == Role.LEAF)
                .allMatch(status -> leadersOf(status).size() >= supernodes);
    }

    private boolean isLedBy(Endpoint leader) throws TimeoutException {
        return statuses().stream().anyMatch(status -> leadersOf(status).contains(leader));
    }

    private long count(Role role) throws TimeoutException {
        return statuses().stream()
                .filter(status -> status.overlay().role() == role)
                .count();
    }

    private static List<Endpoint> leadersOf(NodeStatus status) {
        return status.overlay().links().stream()
                .filter(link -> link.role() == Role.SUPERNODE)
                .map(JoinedLink::contact)
                .toList();
    }

    private List<NodeStatus> statuses() throws TimeoutException {
        List<NodeStatus> statuses = new ArrayList<>();
        for (RunningNode node : living.values()) {
            statuses.add(outcome(Future.fromCompletionStage(node.control().status())));
        }
        return statuses;
    }

    private static <T> T outcome(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }
}
