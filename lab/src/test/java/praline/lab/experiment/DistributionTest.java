package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.UserError;

/** Small distributions in virtual time: what must be true of them whatever the seed, and what a report says. */
class DistributionTest {

    private static final DistributionOptions SMALL = DistributionOptions.DEFAULT
            .withWorld(World.SIM)
            .withFile(2_000_000, 16_384)
            .withRates(1_000_000, 1_000_000)
            .withPeers(4, 8);

    private static final DistributionResult RESULT = Distribution.run(SMALL, Distribution.ProgressListener.NONE);

    @Test
    void nobodyIsFasterThanTheBound() {
        assertThat(RESULT.runs()).hasSize(4).allSatisfy(run -> {
            assertThat(run.ratio()).isGreaterThanOrEqualTo(1);
            assertThat(run.firstMillis()).isLessThanOrEqualTo(run.meanMillis());
            assertThat(run.meanMillis()).isLessThanOrEqualTo(run.lastMillis());
            // What a link has taken counts as given, though a little of it has not left at the end.
            assertThat(run.serverUse()).isLessThanOrEqualTo(1.02);
            assertThat(run.peerUse()).isLessThanOrEqualTo(1.02);
        });
        assertThat(RESULT.isComplete()).isTrue();
    }

    @Test
    void aServerNeedsItsBoundAndSendsEachACopy() {
        for (DistributionRun run : RESULT.of(Manner.CLIENT_SERVER)) {
            assertThat(run.ratio()).isLessThan(1.02);
            assertThat(run.serverCopies()).isBetween((double) run.peers(), run.peers() + 0.01);
            assertThat(run.peerUse()).isZero();
        }
    }

    @Test
    void aSwarmIsSoonerDoneThanAServerAndPeersShareTheWork() {
        for (DistributionRun run : RESULT.of(Manner.SWARM)) {
            assertThat(run.ratio()).isLessThan(1.4);
            assertThat(run.serverCopies()).isBetween(1.0, 1.4);
            assertThat(run.fairness()).isGreaterThan(0.9);
            assertThat(run.byPeer()).allSatisfy(peer -> assertThat(peer.taken()).isGreaterThanOrEqualTo(2_000_000));
        }
    }

    @Test
    @Tag("nightly")
    void aThousandPeersAreAllServed() {
        DistributionOptions many = SMALL.withPeers(1_000);
        Handout seen = new SimulatedHandout().handOut(Manner.SWARM, new HandoutPlan(many, 1_000));
        DistributionRun run = DistributionRun.of(many, Manner.SWARM, 1_000, seen);

        assertThat(run.ratio()).isBetween(1.0, 2.5);
        assertThat(run.serverCopies()).isLessThan(2.5);
    }

    @Test
    void aResultIsAFunctionOfItsSeed() {
        DistributionResult again = Distribution.run(SMALL, Distribution.ProgressListener.NONE);
        DistributionResult other = Distribution.run(SMALL.withSeed(2), Distribution.ProgressListener.NONE);

        assertThat(DistributionReport.json(again)).isEqualTo(DistributionReport.json(RESULT));
        assertThat(DistributionReport.json(other)).isNotEqualTo(DistributionReport.json(RESULT));
    }

    @Test
    void aReportHasThePlotTheTablesAndTheCommand(@TempDir Path folder) throws IOException {
        DistributionReport.write(RESULT, folder);

        String page = Files.readString(folder.resolve(DistributionReport.PAGE));
        assertThat(page).contains("Minimum distribution time", "swarm, bound", "client-server, measured");
        assertThat(page).contains(SMALL.command());
        assertThat(Files.readAllLines(folder.resolve("distribution.csv"))).hasSize(5);
        assertThat(Files.readAllLines(folder.resolve("peers.csv"))).hasSize(1 + 2 * (4 + 8));
        assertThat(folder.resolve("result.json")).content().isEqualTo(DistributionReport.json(RESULT));
        assertThat(folder.resolve("timing.json")).exists();
    }

    @Test
    void theTextFitsATerminal() {
        assertThat(DistributionReport.text(RESULT).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(DistributionReport.text(RESULT)).contains("8 swarm", "4 server", "bound");
    }

    @Test
    void theBoundsAreThoseOfTheFluidModel() {
        DistributionOptions options = SMALL.withRates(2_000_000, 500_000).withFile(20_000_000, 65_536);

        assertThat(Manner.CLIENT_SERVER.boundMillis(options, 10)).isEqualTo(100_000);
        assertThat(Manner.SWARM.boundMillis(options, 10)).isEqualTo(1_000 * 200.0 / 7);
        assertThat(Manner.SWARM.boundMillis(options, 1)).isEqualTo(10_000);
        assertThat(Manner.SWARM.boundMillis(options.withRates(1_000_000, 9_000_000), 10))
                .isEqualTo(20_000);
        DistributionOptions narrow = new DistributionOptions(
                ImmutableList.of(1), 20_000_000, 2_000_000, 500_000, 100_000, 65_536, 5, 1, World.SIM);
        assertThat(Manner.CLIENT_SERVER.boundMillis(narrow, 1)).isEqualTo(200_000);
        assertThat(Manner.SWARM.boundMillis(narrow, 10)).isEqualTo(200_000);
    }

    @Test
    void jainsIndexIsOneForEqualsAndTheirShareForOneAlone() {
        assertThat(DistributionRun.jain(new double[] {3, 3, 3})).isEqualTo(1);
        assertThat(DistributionRun.jain(new double[] {5, 0, 0, 0})).isEqualTo(0.25);
    }

    @Test
    void aPeerKnowsSomeOfThoseWhoCameBefore() {
        ImmutableList<ImmutableList<Integer>> neighbours = new HandoutPlan(SMALL, 200).neighbours();

        for (int peer = 1; peer <= 200; peer++) {
            int below = peer;
            ImmutableList<Integer> known = neighbours.get(peer - 1);
            assertThat(known).hasSize(Math.min(peer, 50)).allMatch(other -> other < below);
            assertThat(new HashSet<>(known)).hasSameSizeAs(known);
        }
        assertThat(new HandoutPlan(SMALL, 200).neighbours()).isEqualTo(neighbours);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> SMALL.withPeers()).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SMALL.withPeers(0)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SMALL.withPeers(31).withWorld(World.TCP)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SMALL.withRates(10, 1_000_000)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SMALL.withFile(1_000_000, 50_000)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> SMALL.withFile(0, 65_536)).isInstanceOf(UserError.class);
    }
}
