package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.lab.experiment.Comparison.ProgressListener;
import praline.node.overlay.Role;

/**
 * A small comparison in virtual time: what must be true of it whatever the seed, and that the seed decides the rest.
 */
class ComparisonTest {

    private static final int NODES = 30;
    private static final int SUPERNODES = 4;
    private static final int QUERIES = 60;

    @TempDir
    private static Path share;

    private static ComparisonResult result;

    @BeforeAll
    static void compare() throws IOException {
        for (int i = 0; i < 60; i++) {
            Files.writeString(share.resolve("file " + i + " of sixty, series " + i % 7 + ".txt"), "content " + i);
        }
        result = Comparison.run(options(1), ProgressListener.NONE);
    }

    @Test
    void aResultIsAFunctionOfItsSeed() {
        ComparisonResult again = Comparison.run(options(1), ProgressListener.NONE);
        ComparisonResult other = Comparison.run(options(2), ProgressListener.NONE);

        assertThat(ComparisonReport.json(again)).isEqualTo(ComparisonReport.json(result));
        assertThat(ComparisonReport.json(other)).isNotEqualTo(ComparisonReport.json(result));
    }

    @Test
    void everybodyIsAskedTheSame() {
        for (WayResult way : result.ways()) {
            assertThat(way.queries()).hasSize(2 * QUERIES);
            assertThat(way.queries().stream().map(QueryResult::query))
                    .containsExactlyElementsOf(result.of(Way.FLAT).queries().stream()
                            .map(QueryResult::query)
                            .toList());
        }
    }

    @Test
    void allFindAllWhenAllIsWithinReach() {
        assertThat(result.ways()).allSatisfy(way -> {
            assertThat(way.cost().lost()).isZero();
            assertThat(way.speed().unfinished()).isZero();
            if (way.way() != Way.QUERY_ROUTING) {
                assertThat(way.quality().coverage().mean()).isEqualTo(1);
                assertThat(way.quality().recall().mean()).isEqualTo(1);
            }
        });
    }

    @Test
    void queryRoutingFindsEnoughAndAsksFewer() {
        WayResult routed = result.of(Way.QUERY_ROUTING);
        WayResult indexed = result.of(Way.SUPERNODES);

        assertThat(routed.edgesSha256()).isEqualTo(indexed.edgesSha256());
        assertThat(routed.quality().success().mean()).isGreaterThan(0.9);
        assertThat(routed.quality().recall().mean()).isBetween(0.8, 0.999);
        assertThat(routed.cost().messages().mean())
                .isLessThan(result.of(Way.FLAT).cost().messages().mean());
        assertThat(routed.upkeep().publicationBytes()).as("tables").isPositive();
        assertThat(routed.largestIndex().entries()).isZero();
        assertThat(routed.largestIndex().bytes()).isPositive();
        assertThat(ComparisonReport.text(result).replaceAll("\\s+", " "))
                .contains("With query routing nobody is asked any more");
    }

    @Test
    void tablesComeBackWithTheLeavesOfADeadSupernode() {
        WayResult.Failure failure = result.of(Way.QUERY_ROUTING).failure();

        assertThat(failure.orphans()).isPositive();
        assertThat(failure.isRepaired()).isTrue();
        assertThat(failure.recordsMillis()).isBetween(failure.movedMillis(), 20_000.0);
        assertThat(failure.after().success()).isGreaterThan(0.9);
    }

    @Test
    void aDirectoryIsAskedOnceAndKnowsAll() {
        WayResult directory = result.of(Way.DIRECTORY);

        assertThat(directory.cost().queries()).isEqualTo(new Estimate(1, 0));
        assertThat(directory.cost().duplicateRatio()).isZero();
        assertThat(directory.speed().hops().max()).isEqualTo(1);
        assertThat(directory.load().topShare()).as("but for pings under way").isCloseTo(0.5, within(0.002));
        assertThat(directory.largestIndex().leaves()).isEqualTo(NODES - 1);
    }

    @Test
    void floodingCostsMostAndPublishesNothing() {
        WayResult flat = result.of(Way.FLAT);

        assertThat(flat.cost().messages().mean())
                .isGreaterThan(2 * result.of(Way.SUPERNODES).cost().messages().mean());
        assertThat(flat.upkeep().publicationBytes()).isZero();
        assertThat(flat.indexes()).isEmpty();
        assertThat(flat.load().byRole()).extracting(WayResult.RoleLoad::role).containsExactly(Role.FLAT);
    }

    @Test
    void leavesOfADeadSupernodeMoveAndNothingIsLostForLong() {
        WayResult.Failure failure = result.of(Way.SUPERNODES).failure();

        assertThat(failure.orphans()).isPositive();
        assertThat(failure.movedMillis()).isBetween(1.0, 10_000.0);
        assertThat(failure.recordsMillis()).isGreaterThanOrEqualTo(failure.movedMillis());
        assertThat(failure.after().success()).isEqualTo(1);
        assertThat(failure.after().recall()).isEqualTo(1);
    }

    @Test
    void whenTheDirectoryDiesNobodyFindsAnything() {
        WayResult.Failure failure = result.of(Way.DIRECTORY).failure();

        assertThat(failure.isRepaired()).isFalse();
        assertThat(failure.before().success()).isEqualTo(1);
        assertThat(failure.during().success()).isZero();
        assertThat(failure.after().queries()).isZero();
    }

    @Test
    void aPeerLessIsNotMissedInAFlatNetwork() {
        WayResult.Failure failure = result.of(Way.FLAT).failure();

        assertThat(failure.orphans()).isZero();
        assertThat(failure.after().success()).isEqualTo(1);
    }

    @Test
    void piecesOfTimeMeetAtTheKill() {
        assertThat(result.ways())
                .allSatisfy(way -> assertThat(way.failure().bins())
                        .anyMatch(bin -> Math.abs(bin.untilMillis()) < 1e-6)
                        .anyMatch(bin -> Math.abs(bin.fromMillis()) < 1e-6));
    }

    @Test
    void noLimitActsUnnoticed() {
        assertThat(result.limitsHit()).isEmpty();
        assertThat(result.ways())
                .allSatisfy(way -> assertThat(way.limitHits().keySet()).noneMatch(key -> key.startsWith("limits.")));
    }

    @Test
    void aFolderIsFilledForPeopleAndPrograms(@TempDir Path folder) throws IOException {
        ComparisonReport.write(result, folder.resolve("deep/down"));

        try (var files = Files.list(folder.resolve("deep/down"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "result.json",
                            "timing.json",
                            "compare.csv",
                            "queries.csv",
                            "load.csv",
                            "failure.csv",
                            ComparisonReport.PAGE);
        }
        assertThat(Files.readString(folder.resolve("deep/down/result.json"))).doesNotContain("NaN");
        assertThat(ComparisonReport.text(result).lines()).allMatch(line -> line.length() <= 80);
    }

    private static CompareOptions options(long seed) {
        return new CompareOptions(
                NODES, SUPERNODES, CompareOptions.DEFAULT.modes(), QUERIES, seed, World.SIM, share, ImmutableSet.of());
    }
}
