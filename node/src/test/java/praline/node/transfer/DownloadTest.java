package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import praline.node.engine.Job;
import praline.node.engine.Profile;
import praline.node.transfer.TransferListener.Obstacle;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/** One downloader among scripted sources, each with one fault. */
class DownloadTest {
    private static final long SIZE = 300_000;
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});
    private static final int MINUTE = 60_000;

    private final World world = new World(1);
    private final WorldNode node = world.add(1);
    private final Heard heard = new Heard();
    private final List<Endpoint> sources = new ArrayList<>();
    private TransferEngine engine = newEngine(Map.of());

    DownloadTest() {
        node.disk.truth.put(SHA1, SIZE);
    }

    @Test
    void aFileComesFromASource() {
        ScriptedSource source = addSource();
        source.introducesItself();

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).containsExactly("/finished/some name");
        assertThat(heard.stored).isEqualTo(SIZE);
        assertThat(source.asked).containsExactly(0L);
        assertThat(engine.downloads()).isEmpty();
    }

    @Test
    void theSizeIsLearntFromTheAnswer() {
        addSource();

        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void anEmptyFileComes() {
        node.disk.truth.put(SHA1, 0L);
        world.add(2).install(new ScriptedSource(world, SHA1, 0));
        sources.add(Endpoint.ofIpv4(0x0A00_0002, 6346));

        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void anotherSourceGoesOnWhereOneDies() {
        ScriptedSource dying = addSource();
        dying.breaksAfter = 100_000;
        dying.deaths = 1;
        ScriptedSource second = addSource();

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(second.asked).hasSize(1);
        assertThat(second.asked.get(0)).isPositive();
        assertThat(node.disk.discards).isZero();
    }

    @Test
    void anotherSourceGoesOnWhereOneStalls() {
        addSource().stallsAfter = 100_000;
        ScriptedSource second = addSource();

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(second.asked).containsExactly(100_000L);
    }

    @Test
    void aSourceThatDiesIsAskedAgainWhenThereIsNoOther() {
        ScriptedSource only = addSource();
        only.breaksAfter = 100_000;
        only.deaths = 2;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(only.asked).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shortAnswersAreContinuedOnTheSameLink() {
        ScriptedSource source = addSource();
        source.answerMax = 70_000;

        fetch(SIZE);
        runToTheEnd();

        assertThat(source.asked).containsExactly(0L, 70_000L, 140_000L, 210_000L, 280_000L);
        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void anAnnouncedAnswerIsWaitedFor() {
        addSource().announces = true;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aSourceThatClosesAfterEachAnswerIsNoBadSource() {
        ScriptedSource source = addSource();
        source.answerMax = 30_000;
        source.closesAfterAnswer = true;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(source.asked).hasSize(10);
    }

    @Test
    void aBusySourceIsNotAskedTooSoonAndAnotherIsTriedMeanwhile() {
        ScriptedSource busy = addSource();
        busy.busyAnswers = 1;
        ScriptedSource second = addSource();
        second.breaksAfter = 50_000;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(second.asked).isNotEmpty();
        assertThat(busy.askedAt.get(1) - busy.askedAt.get(0)).isBetween(7_000L, 7_100L);
    }

    @Test
    void theUserIsToldWhenAllSourcesAreBusy() {
        addSource().busyAnswers = 3;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.obstacles).containsExactly(Obstacle.SOURCES_BUSY);
        assertThat(heard.lastText).contains("10.0.0.2:6346 is busy");
        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aSourceThatSharesTheFileNoMoreIsDropped() {
        ScriptedSource source = addSource();
        source.status = 404;

        fetch(SIZE);
        runToTheEnd();

        assertThat(source.asked).hasSize(1);
        assertThat(heard.failures).containsExactly("no source is left: 10.0.0.2:6346 does not share the file");
    }

    @Test
    void aSourceThatNeverAnswersIsGivenUpAfterAFewTries() {
        ScriptedSource source = addSource();
        source.answersNothing = true;

        fetch(SIZE);
        runToTheEnd();

        assertThat(source.asked).hasSize(3);
        assertThat(heard.failures).containsExactly("no source is left: 10.0.0.2:6346 gives no answer");
    }

    @Test
    void aDeadAddressIsGivenUpAfterAFewTries() {
        sources.add(Endpoint.ofIpv4(0x0A00_0063, 6346));

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.failures).containsExactly("no source is left: 10.0.0.99:6346 cannot be reached");
    }

    @Test
    void aSourceWithAnotherRangeIsDropped() {
        ScriptedSource shifted = addSource();
        shifted.rangeShift = 10;
        addSource();

        fetch(SIZE);
        runToTheEnd();

        assertThat(shifted.asked).hasSize(1);
        assertThat(heard.paths).hasSize(1);
        assertThat(node.disk.discards).isZero();
    }

    @Test
    void aSourceOfAnotherContentIsDropped() {
        ScriptedSource other = addSource();
        other.urn = "urn:sha1:" + Sha1.digestOf(new byte[] {2});

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.failures).containsExactly("no source is left: 10.0.0.2:6346 gives another file");
    }

    @Test
    void aSourceThatGivesMoreThanItPromisesIsDropped() {
        ScriptedSource chatty = addSource();
        chatty.answerMax = 50_000;
        chatty.excess = 5_000;

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.failures).containsExactly("no source is left: 10.0.0.2:6346 gives more than it promised");
    }

    @Test
    void aSourceThatIgnoresRangesBeginsAnewWhenNobodyElseIsLeft() {
        ScriptedSource dying = addSource();
        dying.breaksAfter = 100_000;
        ScriptedSource stubborn = addSource();
        stubborn.ignoresRanges = true;

        fetch(SIZE);
        world.runFor(5_000);
        node(2).isUp = false;
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(node.disk.discards).isEqualTo(1);
    }

    @Test
    void aSourceWithWrongBytesIsNeverAskedAgain() {
        ScriptedSource liar = addSource();
        liar.place.content = 666;
        ScriptedSource honest = addSource();

        fetch(SIZE);
        runToTheEnd();
        engine.addSources(SHA1, sources);

        assertThat(heard.paths).hasSize(1);
        assertThat(heard.obstacles).containsExactly(Obstacle.WRONG_BYTES);
        assertThat(liar.asked).hasSize(1);
        assertThat(honest.asked).containsExactly(0L);
    }

    @Test
    void ofSeveralSuspectsTheHonestOneGetsItsTurn() {
        ScriptedSource liar = addSource();
        liar.place.content = 666;
        liar.breaksAfter = 100_000;
        liar.deaths = 1;
        ScriptedSource honest = addSource();

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(honest.asked).contains(0L);
        assertThat(liar.asked.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFalseSizeOfAHitIsCorrected() {
        addSource();
        addSource();

        fetch(SIZE * 2);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aFalseSizeOfTheFirstSourceIsCorrected() {
        ScriptedSource liar = addSource();
        liar.claimedSize = 2 * SIZE;
        liar.stallsAfter = 20_000;
        addSource();
        addSource();

        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aFalseSizeIsCorrectedWhenMoreHasComeThanThereIs() {
        ScriptedSource liar = addSource();
        liar.claimedSize = 2 * SIZE;
        liar.stallsAfter = SIZE + 50_000;
        addSource();

        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aSourceThatClaimsAGiganticFileIsDropped() {
        addSource().claimedSize = 1L << 50;

        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.failures).hasSize(1);
        assertThat(heard.failures.get(0)).contains("and 68719476736 are allowed");
        assertThat(engine.limitHits().all()).containsKey("limits.download.maxFile");
        assertThat(node.disk.isEmpty()).isTrue();
    }

    @Test
    void aFullDiskIsWaitedFor() {
        ScriptedSource source = addSource();
        node.disk.room = 100_000;

        fetch(SIZE);
        world.runFor(MINUTE);

        assertThat(heard.obstacles).containsExactly(Obstacle.DISK_FULL);
        assertThat(heard.hasEnded()).isFalse();
        int asked = source.asked.size();

        node.disk.room = SIZE;
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(source.asked).hasSize(asked + 1);
        assertThat(source.asked.get(asked)).isEqualTo(100_000);
    }

    @Test
    void aSlowDiskStopsTheLinkAndNotTheSource() {
        engine = newEngine(Map.of("limits.download.windowBytes", 32_768L));
        ScriptedSource source = addSource();
        node.diskMillis = 45_000;

        fetch(SIZE);
        long most = 0;
        while (!heard.hasEnded()) {
            world.runFor(1_000);
            most = Math.max(most, world.blocksAlive);
        }

        assertThat(heard.paths).hasSize(1);
        assertThat(source.asked).containsExactly(0L);
        assertThat(most * 10_000).isLessThanOrEqualTo(32_768 + WorldLink.BUDGET + 10_000);
    }

    @Test
    void whatAnEarlierRunLeftIsKept() {
        ScriptedSource source = addSource();
        fetch(SIZE);
        world.runUntil(() -> heard.stored > 100_000, MINUTE);
        engine.stop(SHA1);
        world.runFor(1_000);
        long kept = node.disk.present(SHA1);

        engine = newEngine(Map.of());
        fetch(Job.SIZE_UNKNOWN);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
        assertThat(source.asked).containsExactly(0L, kept);
    }

    @Test
    void aDownloadThatWaitsGoesOnWithTheFirstNewSource() {
        assertThat(engine.fetch(new Wanted(SHA1, SIZE, RemoteText.of("some name"), true), List.of()))
                .isEmpty();
        world.runFor(MINUTE);
        assertThat(heard.obstacles).containsExactly(Obstacle.NO_SOURCE);
        assertThat(engine.nextWake()).isEqualTo(Long.MAX_VALUE);

        addSource();
        engine.addSources(SHA1, sources);
        runToTheEnd();

        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aGivenUpSourceThatIsFoundAgainGetsAnotherChance() {
        ScriptedSource source = addSource();
        node(2).isUp = false;
        assertThat(engine.fetch(new Wanted(SHA1, SIZE, RemoteText.of("some name"), true), sources))
                .isEmpty();
        world.runFor(10 * MINUTE);
        assertThat(heard.obstacles).contains(Obstacle.NO_SOURCE);

        node(2).isUp = true;
        engine.addSources(SHA1, sources);
        runToTheEnd();

        assertThat(source.asked).containsExactly(0L);
        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void aSourceNamedTwiceIsAskedOnce() {
        ScriptedSource source = addSource();
        source.status = 404;
        sources.addAll(List.copyOf(sources));

        fetch(SIZE);
        runToTheEnd();

        assertThat(source.asked).hasSize(1);
    }

    @Test
    void whatCannotBeASourceIsNotDialled() {
        sources.add(node.endpoint);
        sources.add(Endpoint.ofIpv4(0x0A00_0002, 0));
        sources.add(Endpoint.ofIpv4(0x7F00_0001, 6346));
        sources.add(Endpoint.ofIpv4(0xA9FE_A9FE, 80));

        fetch(SIZE);
        runToTheEnd();

        assertThat(heard.failures).containsExactly("no source is known");
    }

    @Test
    void tooManyDownloadsAreRefusedAtOnce() {
        engine = newEngine(Map.of("limits.download.active", 1L));
        fetch(SIZE);

        assertThat(engine.fetch(new Wanted(Sha1.digestOf(new byte[] {9}), 1, RemoteText.of("x"), true), List.of()))
                .contains("1 downloads are under way already");
    }

    @Test
    void aFileComesWithTheSmallestLimitsAndWithTheLargest() {
        addSource();
        for (TransferLimits limits :
                List.of(Limits.minimum(TransferLimits.class), Limits.maximum(TransferLimits.class))) {
            engine = newEngine(limits);
            fetch(SIZE);
            world.runUntil(heard::hasEnded, MINUTE);
            assertThat(heard.paths).hasSize(1);
            heard.paths.clear();
        }
    }

    @Test
    void noBlockIsLostOnTheWay() {
        ScriptedSource source = addSource();
        source.breaksAfter = 120_000;
        source.deaths = 1;
        fetch(SIZE);
        world.runUntil(() -> heard.stored > 50_000, MINUTE);
        engine.stop(SHA1);
        world.runFor(MINUTE);

        assertThat(world.blocksAlive).isZero();
        assertThat(heard.hasEnded()).isFalse();
    }

    private TransferEngine newEngine(Map<String, Long> limits) {
        return newEngine(Limits.with(TransferLimits.class, limits));
    }

    private TransferEngine newEngine(TransferLimits limits) {
        TransferConfig config = new TransferConfig(node.endpoint, Profile.INTERNET, limits);
        return node.install(new TransferEngine(config, node, SharedContent.NONE, heard));
    }

    private ScriptedSource addSource() {
        WorldNode place = world.add(2 + sources.size());
        sources.add(place.endpoint);
        return place.install(new ScriptedSource(world, SHA1, SIZE));
    }

    private WorldNode node(int address) {
        return Stream.of(world.node(Endpoint.ofIpv4(0x0A00_0000 + address, 6346)))
                .findFirst()
                .orElseThrow();
    }

    private void fetch(long size) {
        assertThat(engine.fetch(new Wanted(SHA1, size, RemoteText.of("some name"), false), sources))
                .isEmpty();
    }

    private void runToTheEnd() {
        world.runUntil(heard::hasEnded, 60 * MINUTE);
        world.runFor(60 * MINUTE);
        assertThat(world.blocksAlive).isZero();
        assertThat(engine.nextWake()).isEqualTo(Long.MAX_VALUE);
    }
}
