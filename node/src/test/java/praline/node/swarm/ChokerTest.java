package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import praline.node.swarm.Crowd.Member;
import praline.node.swarm.SwarmConfig.Choking;
import praline.protocol.testing.Seeds;

/** What every strategy keeps to, and the rule of each. The rules they share are checked by {@link Crowd} each time. */
class ChokerTest {

    @ParameterizedTest
    @EnumSource
    void freeSlotsAreGivenAtOnceAndNoMoreThanThereAre(Choking choking) {
        Crowd crowd = crowd(choking, false, 1);
        for (int i = 0; i < Crowd.SLOTS + 3; i++) {
            crowd.join();
            crowd.fill();
        }

        assertThat(crowd.unchoked()).hasSize(Crowd.SLOTS);
    }

    @ParameterizedTest
    @EnumSource
    void theSlotOfWhoLeavesIsGivenToAnother(Choking choking) {
        Crowd crowd = crowdOf(8, choking, false);
        crowd.fill();
        crowd.leave(crowd.unchoked().get(2));
        crowd.fill();

        assertThat(crowd.unchoked()).hasSize(Crowd.SLOTS);
    }

    @ParameterizedTest
    @EnumSource
    void theSharedRulesHoldWhateverHappens(Choking choking) {
        Seeds.check(60, random -> {
            Crowd crowd = crowd(choking, random.nextBoolean(), random.nextLong());
            for (int step = 0; step < 100; step++) {
                long nextRound = crowd.now + Crowd.CONFIG.roundMillis();
                while (crowd.now < nextRound) {
                    anything(crowd, random);
                    crowd.fill();
                    crowd.now += random.nextInt(5 * Crowd.SECOND);
                }
                crowd.round();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedMakesTheSameDecisions(Choking choking) {
        assertThat(decisions(choking, 7)).isEqualTo(decisions(choking, 7));
    }

    @Test
    void whoGivesMostGetsAndOneMoreByChance() {
        Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, 3);
        List<Member> givers = List.of(
                crowd.join().gives(50),
                crowd.join().gives(40),
                crowd.join().gives(30),
                crowd.join().gives(20));
        crowdOf(crowd, 10);
        crowd.rounds(1);

        assertThat(crowd.unchoked()).containsAll(givers).hasSize(5);
    }

    @Test
    void aChanceLastsThirtySecondsAndThenAnotherHasIt() {
        Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, 3);
        for (int rate = 1; rate <= 4; rate++) {
            crowd.join().gives(rate);
        }
        crowdOf(crowd, 6);
        List<Member> lucky = new ArrayList<>();
        for (int round = 0; round < 9; round++) {
            crowd.rounds(1);
            lucky.add(crowd.unchoked().stream()
                    .filter(member -> member.downRate == 0)
                    .findFirst()
                    .orElseThrow());
        }

        assertThat(lucky.subList(0, 3)).containsOnly(lucky.get(0));
        assertThat(lucky.subList(3, 6)).containsOnly(lucky.get(3)).doesNotContain(lucky.get(0));
        assertThat(lucky.subList(6, 9)).containsOnly(lucky.get(6)).doesNotContain(lucky.get(3));
    }

    @Test
    void whoEarnsTheSlotThatItDrewLeavesItToTheNext() {
        Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, 3);
        for (int rate = 1; rate <= 4; rate++) {
            crowd.join().gives(rate);
        }
        crowdOf(crowd, 6);
        crowd.rounds(1);
        Member lucky = crowd.unchoked().stream()
                .filter(member -> member.downRate == 0)
                .findFirst()
                .orElseThrow();
        lucky.gives(100);
        crowd.rounds(1);

        assertThat(lucky.isUnchoked).isTrue();
        assertThat(crowd.unchoked())
                .as("the slowest giver made room")
                .hasSize(5)
                .noneMatch(m -> m.downRate == 1);
        assertThat(crowd.unchoked()).filteredOn(member -> member.downRate == 0).hasSize(1);
    }

    @Test
    void aFasterPeerThatWantsNothingTakesNoSlotUntilItDoes() {
        Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, 3);
        Member idle = crowd.join().gives(1_000);
        idle.isInterested = false;
        Member slowest = crowd.join().gives(10);
        for (int rate = 20; rate <= 40; rate += 10) {
            crowd.join().gives(rate);
        }
        Member slow = crowd.join();
        slow.isInterested = false;
        crowd.join();
        crowd.rounds(1);
        assertThat(crowd.unchoked())
                .contains(idle, slowest)
                .doesNotContain(slow)
                .hasSize(6);

        idle.isInterested = true;
        crowd.join();
        crowd.rounds(1);
        assertThat(crowd.unchoked()).contains(idle).doesNotContain(slowest).hasSize(5);
    }

    @Test
    void whoSnubsUsEarnsNothingAndItsSlotGoesByChance() {
        Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, 3);
        for (int rate = 1; rate <= 4; rate++) {
            crowd.join().gives(rate).isSnubbed = true;
        }
        crowdOf(crowd, 30);
        crowd.rounds(10);

        assertThat(crowd.unchoked())
                .hasSize(5)
                .filteredOn(member -> member.isSnubbed)
                .hasSizeLessThan(3);
        assertThat(crowd.members()).filteredOn(member -> member.turns > 0).hasSizeGreaterThan(10);
    }

    @Test
    void aNewcomerIsThreeTimesAsLikelyToDrawASlot() {
        int draws = 6_000;
        int[] newcomers = {0};
        Seeds.check(draws, random -> {
            Crowd crowd = crowd(Choking.TIT_FOR_TAT, false, random.nextLong());
            for (int rate = 1; rate <= 4; rate++) {
                crowd.join().gives(rate);
            }
            Member old = crowd.join();
            old.isInterested = false;
            crowd.rounds(5);
            old.isInterested = true;
            Member newcomer = crowd.join();
            crowd.round();
            newcomers[0] += newcomer.isUnchoked ? 1 : 0;
        });

        assertThat(newcomers[0] / (double) draws).isBetween(0.72, 0.78);
    }

    @Test
    void whoTakesFastestKeepsItsSlot() {
        Crowd crowd = crowdOf(20, Choking.FASTEST, false);
        crowd.fill();
        for (int i = 0; i < 100; i++) {
            crowd.members().forEach(member -> member.takes(member.isUnchoked ? 1_000L * member.id : 0));
            crowd.rounds(1);
        }

        assertThat(crowd.unchoked()).extracting(member -> member.id).contains(17, 18, 19, 20);
    }

    @Test
    void aSeedServesFastAndSlowForTheSameTime() {
        Crowd crowd = crowdOf(12, Choking.TIT_FOR_TAT, true);
        long[] served = new long[13];
        for (int i = 0; i < 2_000; i++) {
            crowd.members().forEach(member -> member.isBeingServed = member.isUnchoked);
            crowd.members().forEach(member -> member.takes(member.isUnchoked ? 10L << member.id : 0));
            crowd.rounds(1);
            crowd.unchoked().forEach(member -> served[member.id]++);
        }

        long fair = 2_000L * Crowd.SLOTS / 12;
        for (int id = 1; id <= 12; id++) {
            assertThat(served[id]).as("rounds of peer %s", id).isBetween(fair * 85 / 100, fair * 115 / 100);
        }
    }

    @Test
    void inTurnNobodyWaitsLongerThanTheOthersTurns() {
        Crowd crowd = crowdOf(15, Choking.ROUND_ROBIN, false);
        crowd.rounds(3);
        assertThat(crowd.members()).allMatch(member -> member.turns == 1);
        crowd.rounds(3);
        assertThat(crowd.members()).allMatch(member -> member.turns == 2);
    }

    private static List<List<Integer>> decisions(Choking choking, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        Crowd crowd = crowd(choking, false, seed);
        List<List<Integer>> decisions = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            anything(crowd, random);
            crowd.rounds(1);
            decisions.add(crowd.unchoked().stream().map(member -> member.id).toList());
        }
        return decisions;
    }

    private static void anything(Crowd crowd, RandomGenerator random) {
        if (crowd.members().isEmpty() || random.nextInt(5) == 0) {
            crowd.join().isInterested = random.nextBoolean();
        }
        Member member = crowd.members().get(random.nextInt(crowd.members().size()));
        switch (random.nextInt(6)) {
            case 0 -> member.isInterested = !member.isInterested;
            case 1 -> member.gives(random.nextInt(100_000));
            case 2 -> member.takes(random.nextInt(100_000));
            case 3 -> member.isSnubbed = !member.isSnubbed;
            case 4 -> member.isBeingServed = !member.isBeingServed;
            default -> crowd.leave(member);
        }
    }

    private static Crowd crowdOf(int members, Choking choking, boolean isSeeding) {
        return crowdOf(crowd(choking, isSeeding, 5), members);
    }

    private static Crowd crowdOf(Crowd crowd, int members) {
        for (int i = 0; i < members; i++) {
            crowd.join();
        }
        return crowd;
    }

    private static Crowd crowd(Choking choking, boolean isSeeding, long seed) {
        return new Crowd(Choker.of(Crowd.choosing(choking), isSeeding, Seeds.generator(seed)));
    }
}
