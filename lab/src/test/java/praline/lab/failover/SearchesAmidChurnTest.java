package praline.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * F11 of spec/hardening.md: nodes come and go, ten minutes each, supernodes as leaves, and meanwhile search as often as
 * people do; what they search for is found, and most of the traffic is searches.
 *
 * <p>What a node says to keep the network up does not depend on how many there are (some 35 bytes a second, more than
 * half of them pings of quiet links), while a search costs the more the more supernodes there are to be flooded. So its
 * part of the traffic shrinks as the network grows: the fifth that the specification allows is for large ones.
 */
class SearchesAmidChurnTest {

    private static final System.Logger LOG = System.getLogger(SearchesAmidChurnTest.class.getName());

    private static final long MINUTE = 60_000;
    private static final long MEAN_SESSION = 10 * MINUTE;
    private static final int LEAVES_PER_SUPERNODE = 19;

    @Test
    void searchesSucceedWhileAThousandNodesComeAndGo() {
        assertThat(controlPercent(50)).isLessThanOrEqualTo(35);
    }

    @Test
    @Tag("nightly")
    void thePartOfTrafficThatKeepsALargerNetworkUpIsSmall() {
        assertThat(controlPercent(150)).isLessThanOrEqualTo(20);
    }

    /** Of all bytes that nodes send, those that are neither query nor hit, while searches succeed. */
    private static double controlPercent(int supernodes) {
        int leaves = LEAVES_PER_SUPERNODE * supernodes;
        TierWorld world = TierWorld.settled(11, supernodes, leaves);
        Churn churn = new Churn(world, MEAN_SESSION, true);
        world.sim.runUntil(world.sim.now() + MINUTE);
        Traffic before = Traffic.of(world.members);
        Searching searching = new Searching(world, supernodes + leaves);
        world.sim.runUntil(world.sim.now() + 4 * MINUTE);
        Traffic traffic = Traffic.of(world.members).since(before);
        searching.end();
        churn.run(Searching.PATIENCE_MILLIS);
        LOG.log(
                System.Logger.Level.INFO,
                "{0}, {1} died, {2} searches, {3} % found, {4}; short of a supernode p50 {5} ms, p99 {6} ms",
                world,
                churn.deaths(),
                searching.count(),
                searching.successPercent(),
                traffic,
                TierWorld.percentile(world.gaps(), 50),
                TierWorld.percentile(world.gaps(), 99));

        assertThat(churn.deaths()).isGreaterThan(8 * supernodes);
        assertThat(searching.count()).isGreaterThan(leaves);
        assertThat(searching.successPercent()).isGreaterThanOrEqualTo(95);
        assertThat(world.bans()).as("no honest node is banned").isZero();
        return traffic.controlPercent();
    }
}
