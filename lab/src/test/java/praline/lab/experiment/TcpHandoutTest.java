package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A few real nodes, real files, real sockets. How fast they are depends on the machine; that they hold rates does not.
 */
class TcpHandoutTest {

    private static final DistributionOptions OPTIONS = DistributionOptions.DEFAULT
            .withFile(1_000_000, 16_384)
            .withRates(1_000_000, 1_000_000)
            .withPeers(3);

    @Test
    void everybodyGetsTheFileFromTheServerAndNoSoonerThanItsRateAllows() {
        DistributionRun run = handOut(Manner.CLIENT_SERVER);

        // A bucket lets 50 ms pass that were not used.
        assertThat(run.lastMillis()).isGreaterThan(2_950);
        assertThat(run.serverCopies()).isBetween(3.0, 3.01);
    }

    @Test
    void everybodyGetsTheFileFromTheSwarm() {
        DistributionRun run = handOut(Manner.SWARM);

        assertThat(run.lastMillis()).isGreaterThan(950);
        assertThat(run.byPeer()).allSatisfy(peer -> assertThat(peer.taken()).isGreaterThanOrEqualTo(1_000_000));
    }

    private static DistributionRun handOut(Manner manner) {
        Handout seen = new TcpHandout().handOut(manner, new HandoutPlan(OPTIONS, 3));
        return DistributionRun.of(OPTIONS, manner, 3, seen);
    }
}
