package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.swarm.Blame.Verdict;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;

/** Peers are numbers; a block is right when its version is 0. */
class BlameTest {

    private final Blame blame = blame(Map.of());

    @Test
    void whoSentAllOfAWrongPieceIsBannedAtOnce() {
        Verdict verdict = wrong(blame, 7, List.of(1, 1, 1), List.of(0, 9, 0));

        assertThat(verdict.banned()).containsExactly(peer(1));
        assertThat(blame.isDisputed(7)).isFalse();
    }

    @Test
    void whenSeveralHadPartAllAreOnParoleUntilThePieceIsRight() {
        Verdict verdict = wrong(blame, 7, List.of(1, 2, 3), List.of(0, 9, 0));
        assertThat(verdict.banned()).isEmpty();
        assertThat(verdict.paroled()).containsExactly(peer(1), peer(2), peer(3));
        assertThat(blame.isDisputed(7)).isTrue();
        assertThat(blame.isOnParole(peer(3))).isTrue();

        Verdict right = right(blame, 7, List.of(1, 1, 1));
        assertThat(right.banned()).containsExactly(peer(2));
        assertThat(blame.isDisputed(7)).isFalse();
        assertThat(blame.isOnParole(peer(1))).isFalse();
        assertThat(blame.isOnParole(peer(3))).isFalse();
    }

    @Test
    void aRightPieceEndsAParole() {
        wrong(blame, 7, List.of(1, 2), List.of(0, 9));
        right(blame, 8, List.of(1, 1));

        assertThat(blame.isOnParole(peer(1))).isFalse();
        assertThat(blame.isOnParole(peer(2))).isTrue();
        assertThat(blame.isDisputed(7)).isTrue();
    }

    @Test
    void whoSendsABlockInTwoVersionsIsBannedAtOnce() {
        wrong(blame, 7, List.of(1, 2), List.of(0, 8));
        Verdict verdict = wrong(blame, 7, List.of(3, 2), List.of(0, 9));

        assertThat(verdict.banned()).containsExactly(peer(2));
        assertThat(verdict.paroled()).containsExactly(peer(3));
    }

    @Test
    void aLiarIsFoundEvenWhenItHasAnotherBlockInTheRightPiece() {
        wrong(blame, 7, List.of(1, 2), List.of(9, 0));
        Verdict verdict = right(blame, 7, List.of(2, 1));

        assertThat(verdict.banned()).containsExactly(peer(1));
        assertThat(blame.isOnParole(peer(2))).isFalse();
    }

    @Test
    void severalPiecesThatOneLiarSpoiledAtOnceCountOnceForTheOthers() {
        for (int piece = 0; piece < 20; piece++) {
            Verdict verdict = wrong(blame, piece, List.of(1, 2), List.of(0, 9));
            assertThat(verdict.banned()).isEmpty();
        }
        assertThat(right(blame, 3, List.of(1, 1)).banned()).containsExactly(peer(2));
        assertThat(blame.isOnParole(peer(1))).isFalse();
    }

    @Test
    void whoHasPartInFiveWrongPiecesIsBanned() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int piece = 0; piece < 5; piece++) {
            verdicts.add(wrong(blame, piece, List.of(1, 10 + piece), List.of(9, 0)));
            right(blame, 100 + piece, List.of(1, 1));
        }

        assertThat(verdicts.subList(0, 4)).allMatch(verdict -> verdict.banned().isEmpty());
        assertThat(verdicts.get(4).banned()).containsExactly(peer(1));
    }

    @Test
    void trustThatIsLostTooOftenIsABan() {
        Blame patient = blame(Map.of("limits.blame.wrongPieces", 100L));
        List<Verdict> verdicts = new ArrayList<>();
        for (int piece = 0; piece < 6; piece++) {
            verdicts.add(wrong(patient, piece, List.of(1, 10 + piece), List.of(9, 0)));
            right(patient, 100 + piece, List.of(1, 1));
        }

        assertThat(verdicts.subList(0, 5))
                .as("-2, -3, -4, -5, -6")
                .allMatch(v -> v.banned().isEmpty());
        assertThat(verdicts.get(5).banned()).containsExactly(peer(1));
    }

    @Test
    void earnedTrustHasABound() {
        Blame patient = blame(Map.of("limits.blame.wrongPieces", 100L));
        for (int piece = 0; piece < 50; piece++) {
            right(patient, 1_000 + piece, List.of(1, 1));
        }
        int needed = 0;
        boolean isBanned = false;
        while (!isBanned) {
            isBanned = !wrong(patient, needed, List.of(1, 10 + needed), List.of(9, 0))
                    .banned()
                    .isEmpty();
            right(patient, 500 + needed, List.of(1, 1));
            needed++;
        }

        assertThat(needed).as("8 - 2 n + n - 1 <= -7").isEqualTo(14);
    }

    @Test
    void aDisputeWithoutHashesConvictsNobody() {
        wrong(blame, 7, List.of(1, 2), List.of(0, 9));
        Verdict verdict = blame.onRight(7, senders(List.of(3, 3)), ImmutableList.of());

        assertThat(verdict.banned()).isEmpty();
        assertThat(blame.isDisputed(7)).isFalse();
    }

    @Test
    void tooManyDisputesAreForgottenTheOldestFirst() {
        Blame forgetful = blame(Map.of("limits.blame.blocks", 10L));
        for (int piece = 0; piece < 100; piece++) {
            wrong(forgetful, piece, List.of(1, 2), List.of(0, 9));
        }

        assertThat(IntStream.range(0, 100).filter(forgetful::isDisputed)).containsExactly(95, 96, 97, 98, 99);
        wrong(forgetful, 99, List.of(1, 2), List.of(0, 9));
        assertThat(forgetful.isDisputed(95)).as("the same again takes no room").isTrue();
    }

    /**
     * A third of the peers lie in some blocks. Pieces are fetched as an engine would: those on parole and disputed
     * pieces from one peer alone, the rest from several at once, several pieces at a time.
     */
    @Test
    void allPiecesComeRightAndNobodyHonestIsBanned() {
        Seeds.check(300, random -> {
            Blame judge = blame(Map.of());
            List<Integer> peers = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
            Set<Integer> missing =
                    new LinkedHashSet<>(IntStream.range(0, 40).boxed().toList());
            int fetched = 0;
            while (!missing.isEmpty()) {
                List<Integer> batch = missing.stream().limit(5).toList();
                List<List<Integer>> senders = batch.stream()
                        .map(piece -> chooseSenders(judge, piece, peers, random))
                        .toList();
                for (int i = 0; i < batch.size(); i++) {
                    fetched++;
                    store(judge, batch.get(i), senders.get(i), missing, peers, random);
                }
                assertThat(peers).as("an honest one is banned").containsAll(List.of(4, 5, 6, 7, 8, 9, 10, 11));
            }

            assertThat(fetched).as("fetches of 40 pieces").isLessThan(80);
        });
    }

    private static List<Integer> chooseSenders(Blame judge, int piece, List<Integer> peers, RandomGenerator random) {
        int first = peers.get(random.nextInt(peers.size()));
        if (judge.isDisputed(piece) || judge.isOnParole(peer(first))) {
            return List.of(first, first, first, first);
        }
        List<Integer> free =
                peers.stream().filter(peer -> !judge.isOnParole(peer(peer))).toList();
        return IntStream.range(0, 4)
                .mapToObj(block -> free.get(random.nextInt(free.size())))
                .toList();
    }

    private static void store(
            Blame judge,
            int piece,
            List<Integer> senders,
            Set<Integer> missing,
            List<Integer> peers,
            RandomGenerator random) {
        List<Integer> versions = senders.stream()
                .map(sender -> sender < 4 && random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0)
                .toList();
        boolean isRight = versions.stream().allMatch(version -> version == 0);
        Verdict verdict = isRight ? right(judge, piece, senders) : wrong(judge, piece, senders, versions);
        if (isRight) {
            missing.remove(piece);
        }
        peers.removeIf(peer -> verdict.banned().contains(peer(peer)));
    }

    private static Verdict wrong(Blame blame, int piece, List<Integer> senders, List<Integer> versions) {
        return blame.onWrong(piece, senders(senders), hashes(versions.size(), versions::get));
    }

    private static Verdict right(Blame blame, int piece, List<Integer> senders) {
        return blame.onRight(piece, senders(senders), hashes(senders.size(), block -> 0));
    }

    private static ImmutableList<Endpoint> senders(List<Integer> numbers) {
        return numbers.stream().map(BlameTest::peer).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Sha1> hashes(int count, IntFunction<Integer> versionOf) {
        return IntStream.range(0, count)
                .mapToObj(block -> new Sha1(block, versionOf.apply(block), 0))
                .collect(ImmutableList.toImmutableList());
    }

    private static Endpoint peer(int number) {
        return Endpoint.ofIpv4(0xC633_6400 + number, 6881);
    }

    private static Blame blame(Map<String, Long> limits) {
        SwarmConfig standard = SwarmConfig.standard(peer(99), Profile.INTERNET);
        return new Blame(new SwarmConfig(
                standard.self(),
                standard.profile(),
                standard.picker(),
                standard.choker(),
                standard.slots(),
                standard.optimisticSlots(),
                standard.roundMillis(),
                standard.optimisticMillis(),
                standard.upRate(),
                standard.downRate(),
                Limits.with(SwarmLimits.class, limits)));
    }
}
