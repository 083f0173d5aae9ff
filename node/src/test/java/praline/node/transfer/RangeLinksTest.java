package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.Block;
import praline.node.engine.Profile;
import praline.protocol.Sha1;

/** Ranges of a file from scripted sources, each with one fault; the taker counts what comes and says what it wants. */
class RangeLinksTest {

    private static final long SIZE = 300_000;
    private static final int PIECE = 60_000;
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});
    private static final int MINUTE = 60_000;

    private final World world = new World(1);
    private final WorldNode node = world.add(1);
    private final WorldNode other = world.add(2);
    private final ScriptedSource source = other.install(new ScriptedSource(world, SHA1, SIZE));
    private final Taker taker = new Taker();
    private final TransferEngine engine = engine();

    /** Notes what comes, and asks for one range after another while there are any. */
    private final class Taker implements RangeTaker {
        private final Map<Long, Integer> bytes = new TreeMap<>();
        private final List<Long> ends = new ArrayList<>();
        private final List<Long> next = new ArrayList<>();
        private boolean isInside;

        @Override
        public void onRangeBlock(long ticket, Block block) {
            assertThat(isInside).as("asking is answered later").isFalse();
            bytes.merge(ticket, block.size(), Integer::sum);
            block.release();
        }

        @Override
        public void onRangeEnd(long ticket, long retryMillis) {
            assertThat(isInside).as("asking is answered later").isFalse();
            ends.add(retryMillis);
            if (!next.isEmpty()) {
                ask(next.remove(0), PIECE);
            }
        }

        long ask(long offset, int length) {
            isInside = true;
            long ticket = engine.askRange(other.endpoint, SHA1, offset, length);
            isInside = false;
            return ticket;
        }
    }

    @AfterEach
    void nothingIsLost() {
        world.runFor(1_000);
        assertThat(world.blocksAlive).isZero();
    }

    @Test
    void oneRangeAfterAnotherComesOnOneLink() {
        taker.next.addAll(List.of(60_000L, 240_000L));

        taker.ask(180_000, PIECE);
        runUntilEnds(3);

        assertThat(source.asked).containsExactly(180_000L, 60_000L, 240_000L);
        assertThat(taker.ends).containsExactly(0L, 0L, 0L);
        assertThat(taker.bytes.values()).containsOnly(PIECE);
        assertThat(source.links).isEqualTo(1);
    }

    @Test
    void whatASourceLeavesOutOfARangeIsAskedForAgain() {
        source.answerMax = 25_000;

        taker.ask(60_000, PIECE);
        runUntilEnds(1);

        assertThat(source.asked).containsExactly(60_000L, 85_000L, 110_000L);
        assertThat(taker.bytes.values()).containsExactly(PIECE);
    }

    @Test
    void aLinkThatEndsWithEachAnswerIsDialledAgain() {
        source.answerMax = 25_000;
        source.closesAfterAnswer = true;

        taker.ask(60_000, PIECE);
        runUntilEnds(1);

        assertThat(taker.bytes.values()).containsExactly(PIECE);
        assertThat(taker.ends).containsExactly(0L);
    }

    @Test
    void aBusySourceSaysWhenToComeAgain() {
        source.busyAnswers = 1;
        taker.next.add(60_000L);

        taker.ask(0, PIECE);
        runUntilEnds(2);

        assertThat(taker.ends).containsExactly(7_000L, 0L);
    }

    @Test
    void aRangeBesideTheOneThatWasAskedIsNotTaken() {
        source.rangeShift = 10;

        assertThatItIsRefused();
    }

    @Test
    void aWholeFileInPlaceOfARangeIsNotTaken() {
        source.ignoresRanges = true;

        assertThatItIsRefused();
    }

    @Test
    void aFileThatEndsBeforeTheRangeIsNotTaken() {
        source.claimedSize = 100_000;

        assertThatItIsRefused();
    }

    @Test
    void whoDoesNotShareTheFileIsNotAskedAgainSoon() {
        source.status = 404;

        assertThatItIsRefused();
    }

    @Test
    void moreThanWasPromisedEndsTheLink() {
        source.excess = 100;

        taker.ask(60_000, PIECE);
        world.runFor(MINUTE);

        assertThat(taker.ends).hasSize(1);
        assertThat(taker.bytes.values()).containsExactly(PIECE);
    }

    @Test
    void aSourceThatStallsOrSaysNothingIsLeft() {
        source.stallsAfter = 20_000;
        taker.ask(60_000, PIECE);
        runUntilEnds(1);
        source.answersNothing = true;
        taker.ask(60_000, PIECE);
        runUntilEnds(2);

        assertThat(taker.ends).doesNotContain(0L).allMatch(retry -> retry < MINUTE);
    }

    @Test
    void aSourceThatBreaksOffOrIsDownMayBeAskedAgain() {
        source.breaksAfter = 20_000;
        taker.ask(60_000, PIECE);
        runUntilEnds(1);
        other.isUp = false;
        taker.ask(60_000, PIECE);
        runUntilEnds(2);

        assertThat(taker.ends).doesNotContain(0L).allMatch(retry -> retry < MINUTE);
    }

    @Test
    void nothingComesOfWhatIsCancelled() {
        long first = taker.ask(0, PIECE);
        long second = taker.ask(60_000, PIECE);
        world.runUntil(() -> taker.bytes.containsKey(first), MINUTE);
        engine.cancelRange(first);
        int before = taker.bytes.get(first);
        runUntilEnds(1);

        assertThat(taker.bytes.get(first)).isEqualTo(before).isLessThan(PIECE);
        assertThat(taker.bytes.get(second)).isEqualTo(PIECE);
    }

    private void assertThatItIsRefused() {
        taker.ask(60_000, PIECE);
        runUntilEnds(1);
        assertThat(taker.bytes).isEmpty();
        assertThat(taker.ends).allMatch(retry -> retry > 10 * MINUTE);
    }

    private void runUntilEnds(int count) {
        world.runUntil(() -> taker.ends.size() == count, 3 * MINUTE);
    }

    private TransferEngine engine() {
        TransferConfig config = new TransferConfig(node.endpoint, Profile.LAN, TransferLimits.STANDARD);
        return node.install(new TransferEngine(
                config, node, new Surroundings(SharedContent.NONE, null, taker, PushPort.NONE), TransferListener.NONE));
    }
}
