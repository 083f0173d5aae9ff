package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.overlay.DynamicQuery.Candidate;
import praline.node.overlay.DynamicQuery.Step;
import praline.protocol.testing.Seeds;

/** One dynamic query by itself: how far whom it asks next, and when it ends (spec/gnutella.md 14.5). */
class DynamicQueryTest {

    private static final int DEGREE = 32;
    private static final long LATE = 1_000_000;

    @Test
    void horizonsAreThoseOfTheReference() {
        assertThat(DynamicQueryConfig.E5.horizon(32, 1)).isEqualTo(1);
        assertThat(DynamicQueryConfig.E5.horizon(32, 2)).isEqualTo(32);
        assertThat(DynamicQueryConfig.E5.horizon(32, 3)).isEqualTo(993);
        assertThat(DynamicQueryConfig.E5.horizon(32, 4)).isEqualTo(30_784);
        assertThat(DynamicQueryConfig.E5.horizon(6, 4)).isEqualTo(156);
    }

    @Test
    void eachFurtherHopFindsFewerNewHosts() {
        assertThat(DynamicQueryConfig.STANDARD.horizon(32, 1)).isEqualTo(1);
        assertThat(DynamicQueryConfig.STANDARD.horizon(32, 3)).isCloseTo(993 * 0.64, within(1e-9));
    }

    @Test
    void theTargetDependsOnWhoAsksAndForWhat() {
        DynamicQueryConfig.Targets targets = DynamicQueryConfig.STANDARD.targets();

        assertThat(targets.of(true, false)).isEqualTo(150);
        assertThat(targets.of(false, false)).isEqualTo(50);
        assertThat(targets.of(true, true)).isEqualTo(6);
        assertThat(targets.of(false, true)).isEqualTo(2);
    }

    @Test
    void aProbeGoesToTheThreeMatchingNeighboursWithTheShortestQueues() {
        List<Candidate> candidates = List.of(
                new Candidate(1, DEGREE, 4, true, true, 10),
                new Candidate(2, DEGREE, 4, true, true, 40),
                new Candidate(3, DEGREE, 4, false, true, 90), // takes no probes
                new Candidate(4, DEGREE, 4, true, false, 90), // has no such words
                new Candidate(5, DEGREE, 2, true, true, 30),
                new Candidate(6, DEGREE, 4, true, true, 20));

        List<Step> probes = query(4).probe(candidates);

        assertThat(probes).extracting(Step::link).containsExactly(2, 5, 6);
        assertThat(probes)
                .extracting(Step::ttl)
                .as("no farther than each wants")
                .containsExactly(4, 2, 4);
    }

    @Test
    void theMoreTablesMatchTheLessFarAProbeGoes() {
        assertThat(query(4).probe(candidates(9)).get(0).ttl()).isEqualTo(4);
        assertThat(query(4).probe(candidates(10)).get(0).ttl()).isEqualTo(3);
        assertThat(query(4).probe(candidates(19)).get(0).ttl()).isEqualTo(2);
        assertThat(query(2).probe(candidates(19)).get(0).ttl()).isEqualTo(1);
    }

    @Test
    void aRareThingIsAskedForAsFarAsPossible() {
        DynamicQuery query = query(4);
        query.asked(new Step(99, DEGREE, 3));

        assertThat(next(query, candidates(10)).ttl()).isEqualTo(4);
    }

    @Test
    void aPopularThingIsAskedForNearby() {
        DynamicQuery query = query(4);
        query.asked(new Step(99, DEGREE, 3)); // 636.5 hosts
        query.addResults(25);

        // 25 more need 636 hosts; each of 10 neighbours is to bring 64, and TTL 2 brings 26, TTL 3 brings 636
        assertThat(next(query, candidates(10)).ttl()).isEqualTo(2);
        assertThat(next(query, candidates(1)).ttl()).isEqualTo(3);
        assertThat(next(query, candidates(640)).ttl())
                .as("less than one host each")
                .isEqualTo(1);
    }

    @Test
    void theNearestRateIsThatOfThisNodeItself() {
        DynamicQuery query = query(4);
        query.addResults(49);

        assertThat(next(query, candidates(5)).ttl()).isEqualTo(1);
    }

    @Test
    void matchingNeighboursComeFirstThenShortQueues() {
        List<Candidate> candidates = List.of(
                new Candidate(1, DEGREE, 4, true, false, 90),
                new Candidate(2, DEGREE, 4, true, true, 10),
                new Candidate(3, DEGREE, 4, true, true, 20));
        DynamicQuery query = query(4);

        List<Integer> order = new ArrayList<>();
        for (Step step = query.next(candidates); step != null; step = query.next(candidates)) {
            order.add(step.link());
            query.asked(step);
        }

        assertThat(order).containsExactly(3, 2, 1);
    }

    @Test
    void aNeighbourWithoutTheWordsIsNotAskedForItselfAlone() {
        DynamicQuery query = query(1);

        assertThat(query.next(List.of(new Candidate(1, DEGREE, 4, true, false, 0))))
                .isNull();
        assertThat(query.next(List.of(new Candidate(1, DEGREE, 4, true, true, 0))))
                .isNotNull();
    }

    @Test
    void aProbedNeighbourIsAskedAgainOnlyFarther() {
        List<Candidate> only = candidates(1);
        DynamicQuery query = query(3);
        query.probed(new Step(1, DEGREE, 1));
        assertThat(query.horizon()).isEqualTo(2);

        Step again = next(query, only);
        assertThat(again.ttl()).isEqualTo(3);
        query.asked(again);

        assertThat(query.horizon()).as("what it had reached counts once").isCloseTo(1 + 993 * 0.64, within(1e-9));
        assertThat(query.next(only)).isNull();

        DynamicQuery sated = query(3);
        sated.probed(new Step(1, DEGREE, 3));
        assertThat(sated.next(only)).isNull();
    }

    @Test
    void itEndsWithEnoughResultsHostsOrTime() {
        DynamicQuery found = query(4);
        found.addResults(49);
        assertThat(found.isDone(0)).isFalse();
        found.addResults(1);
        assertThat(found.isDone(0)).isTrue();

        DynamicQuery wide = query(5);
        wide.asked(new Step(1, DEGREE, 5));
        assertThat(wide.isDone(0)).as("390,873 hosts").isFalse();
        wide.asked(new Step(2, DEGREE, 5));
        assertThat(wide.isDone(0)).isTrue();

        assertThat(query(4).isDone(LATE - 1)).isFalse();
        assertThat(query(4).isDone(LATE)).isTrue();
    }

    @Test
    void whatTheLeafKeepsCountsAndNotWhatWentBy() {
        DynamicQuery query = query(4);
        query.addResults(60);
        query.guided(5);

        assertThat(query.isDone(0)).isFalse();
        query.addResults(45);
        assertThat(query.isDone(0)).isTrue();
        query.guided(0);
        assertThat(query.isDone(0)).isFalse();
        query.addResults(1_000);
        query.guided(0);
        assertThat(query.isDone(0)).as("twenty times the target went by").isTrue();
    }

    @Test
    void aLeafIsAskedAfterThreeNeighboursAndTwentyResults() {
        DynamicQuery query = query(4);
        query.addResults(20);
        for (int link = 1; link <= 2; link++) {
            query.asked(new Step(link, DEGREE, 1));
            assertThat(query.needsGuidance()).isFalse();
        }
        query.asked(new Step(3, DEGREE, 1));
        assertThat(query.needsGuidance()).isTrue();

        assertThat(query.guidanceAsked()).isEqualTo(40_000);
        assertThat(query.needsGuidance()).isFalse();
        query.guided(3);
        assertThat(query.needsGuidance()).as("nothing new").isFalse();
    }

    @Test
    void aLeafThatDoesNotAnswerTwiceIsNotAskedAgain() {
        DynamicQuery query = query(4);
        for (int round = 0; round < 2; round++) {
            query.addResults(20);
            for (int i = 0; i < 3; i++) {
                query.asked(new Step(3 * round + i, DEGREE, 1));
            }
            assertThat(query.needsGuidance()).isTrue();
            query.guidanceAsked();
            query.guidanceTimedOut();
        }
        query.addResults(20);
        for (int i = 0; i < 3; i++) {
            query.asked(new Step(10 + i, DEGREE, 1));
        }

        assertThat(query.needsGuidance()).isFalse();
    }

    @Test
    void waitsGrowShorterWhileResultsAreRare() {
        DynamicQuery rare = query(4);
        assertThat(rare.asked(new Step(1, DEGREE, 3))).isEqualTo(3_700);
        assertThat(rare.asked(new Step(2, DEGREE, 4))).isEqualTo(3_600);
        for (int link = 3; link < 60; link++) {
            rare.asked(new Step(link, DEGREE, 1));
        }
        assertThat(rare.asked(new Step(60, DEGREE, 1))).isEqualTo(1_500);

        DynamicQuery found = query(4);
        found.addResults(40);
        found.asked(new Step(1, DEGREE, 3));
        found.addResults(40);
        assertThat(found.asked(new Step(2, 10, 4))).isEqualTo(3_700);
    }

    @Test
    void theDocumentWaitsForEachHop() {
        DynamicQuery query = new DynamicQuery(DynamicQueryConfig.E5, false, false, 38, 6, LATE);

        assertThat(query.asked(new Step(1, DEGREE, 2))).isEqualTo(4_790);
        assertThat(query.asked(new Step(2, DEGREE, 1))).isEqualTo(2_380);
        DynamicQueryConfig near = DynamicQueryConfig.E5.hastened(20);
        assertThat(new DynamicQuery(near, false, false, 38, 6, LATE).asked(new Step(1, DEGREE, 2)))
                .isEqualTo(240);
    }

    @Test
    void itAlwaysEndsAndNeverAsksANeighbourWithoutGoingFarther() {
        Seeds.check(2_000, random -> {
            int ttlMax = 1 + random.nextInt(6);
            DynamicQuery query = query(ttlMax);
            List<Candidate> candidates = IntStream.rangeClosed(1, random.nextInt(40))
                    .mapToObj(link -> new Candidate(
                            link,
                            1 + random.nextInt(60),
                            1 + random.nextInt(5),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextInt(1_000)))
                    .toList();
            Map<Integer, Integer> ttls = new LinkedHashMap<>();
            for (Step probe : query.probe(candidates)) {
                assertThat(ttls.put(probe.link(), probe.ttl())).isNull();
                query.probed(probe);
            }
            assertThat(ttls).hasSizeLessThanOrEqualTo(3);
            int asked = 0;
            while (!query.isDone(0)) {
                Step step = query.next(candidates);
                if (step == null) {
                    break;
                }
                double before = query.horizon();
                assertThat(query.asked(step)).isBetween(1_500L, 3_700L);
                assertThat(step.ttl())
                        .isBetween(1, Math.min(5, ttlMax))
                        .isGreaterThan(ttls.getOrDefault(step.link(), 0));
                assertThat(query.horizon()).isGreaterThanOrEqualTo(before);
                ttls.put(step.link(), step.ttl());
                asked++;
                query.addResults(random.nextInt(10));
            }
            assertThat(asked).isLessThanOrEqualTo(candidates.size());
        });
    }

    private static DynamicQuery query(int ttlMax) {
        return new DynamicQuery(DynamicQueryConfig.STANDARD, false, true, 50, ttlMax, LATE);
    }

    private static Step next(DynamicQuery query, List<Candidate> candidates) {
        Step step = query.next(candidates);
        assertThat(step).isNotNull();
        return step;
    }

    private static List<Candidate> candidates(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(link -> new Candidate(link, DEGREE, 5, true, true, 100))
                .toList();
    }
}
