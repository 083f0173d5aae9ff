package praline.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;

/** Nodes that all may choose their role make a two-tier network by themselves, and keep it while they come and go. */
class RolesGrowTest {

    private static final System.Logger LOG = System.getLogger(RolesGrowTest.class.getName());

    private static final long MINUTE = 60_000;
    private static final int KNOWN_TO_ALL = 3;

    @Test
    void aThousandNodesFindLeadersAmongThemselves() {
        TierWorld world = grown(1_000, 10 * MINUTE);

        assertTwoTiers(world, 1_000);
        assertThat(world.successPercent(100, 100)).isGreaterThanOrEqualTo(99);
    }

    /** The three that all know are left: they have room for a third of the leaves. */
    @Test
    void whenNearlyAllLeadersDieLeavesLead() {
        TierWorld world = grown(new TierWorld(2).with("limits.overlay.leavesMax", 30), 300, 10 * MINUTE);
        List<Member> victims = world.living(Role.SUPERNODE).stream()
                .filter(leader -> leader.number >= KNOWN_TO_ALL)
                .toList();
        assertThat(victims).hasSizeGreaterThan(10);
        victims.forEach(leader -> leader.node.kill());
        world.sim.runUntil(world.sim.now() + 15 * MINUTE);

        assertTwoTiers(world, 300 - victims.size());
        assertThat(world.successPercent(100, 100)).isGreaterThanOrEqualTo(99);
    }

    @Test
    @Tag("nightly")
    void tenThousandNodesKeepTheirNetworkWhileTheyComeAndGo() {
        TierWorld world = grown(10_000, 15 * MINUTE);
        assertTwoTiers(world, 10_000);

        Churn churn = new Churn(world, 60 * MINUTE);
        churn.run(10 * MINUTE);
        LOG.log(System.Logger.Level.INFO, "after churn: {0}, {1} died", world, churn.deaths());

        assertTwoTiers(world, 10_000);
        assertThat(world.successPercent(200, 100)).isGreaterThanOrEqualTo(95);
        int changes = world.living().stream()
                .mapToInt(member -> member.roleChanges)
                .max()
                .orElseThrow();
        assertThat(changes).isLessThanOrEqualTo(2);
    }

    private static TierWorld grown(int count, long millis) {
        return grown(new TierWorld(1), count, millis);
    }

    /** All of them may choose, start within a minute and know the same three. */
    private static TierWorld grown(TierWorld world, int count, long millis) {
        IntStream.range(0, count).forEach(i -> world.add(Role.LEAF, RolePolicy.AUTO, 1));
        world.grow(KNOWN_TO_ALL, millis);
        LOG.log(System.Logger.Level.INFO, "{0} nodes after {1} min: {2}", count, millis / MINUTE, world);
        return world;
    }

    private static void assertTwoTiers(TierWorld world, int count) {
        assertThat(world.living()).hasSize(count);
        List<Member> leaves = world.living(Role.LEAF);
        long led =
                leaves.stream().filter(leaf -> leaf.links(Role.SUPERNODE) > 0).count();
        long wellLed =
                leaves.stream().filter(leaf -> leaf.links(Role.SUPERNODE) >= 3).count();
        LOG.log(System.Logger.Level.INFO, "{0}: {1} leaves led, {2} by three", world, led, wellLed);
        assertThat(world.living(Role.SUPERNODE).size()).isBetween(count / 100, count / 4);
        assertThat(led).isGreaterThanOrEqualTo(leaves.size() * 99L / 100);
        assertThat(wellLed).isGreaterThanOrEqualTo(leaves.size() * 9L / 10);
        assertThat(world.largestPartPercent()).isGreaterThanOrEqualTo(99);
        assertThat(world.bans()).as("no honest node is banned").isZero();
    }
}
