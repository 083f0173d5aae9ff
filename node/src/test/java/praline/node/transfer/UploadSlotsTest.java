package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.testing.Seeds;

/** Two slots, three places in the queue. */
class UploadSlotsTest {
    private static final int SECOND = 1_000;

    private final UploadSlots slots = slots(Profile.INTERNET);
    private long now = 1_000_000;

    @Test
    void slotsAreGivenUntilThereAreNoneLeft() {
        assertThat(ask(1)).isZero();
        assertThat(ask(2)).isZero();
        assertThat(ask(3)).isEqualTo(30);
        assertThat(ask(4)).isEqualTo(45);
        assertThat(slots.active()).isEqualTo(2);
        assertThat(slots.queued()).isEqualTo(2);
    }

    @Test
    void aFreeSlotIsKeptForWhoWaitsInFront() {
        fill();
        ask(3);
        ask(4);
        release(1);

        now += 30 * SECOND;
        assertThat(ask(5)).as("a newcomer").isPositive();
        assertThat(ask(4)).as("the second").isPositive();
        assertThat(ask(3)).as("the first").isZero();
    }

    @Test
    void whoIsLateHoldsUpNobodyAndKeepsThePlace() {
        fill();
        ask(3);
        ask(4);
        release(1);

        now += 50 * SECOND;
        assertThat(ask(4)).as("the first is 20 s late").isZero();
        release(2);
        assertThat(ask(3)).isZero();
    }

    @Test
    void aPlaceIsForgottenInTheEnd() {
        fill();
        ask(3);

        now += 331 * SECOND;
        ask(4);

        assertThat(slots.queued()).isEqualTo(1);
    }

    @Test
    void whoFindsTheQueueFullIsPutOffTheLongest() {
        fill();
        ask(3);
        ask(4);
        ask(5);

        assertThat(ask(6)).isEqualTo(75);
        assertThat(slots.queued()).isEqualTo(3);
    }

    @Test
    void anAddressHasOneSlotAmongStrangersAndAnyNumberInALaboratory() {
        ask(1);
        assertThat(ask(1)).isPositive();

        UploadSlots laboratory = slots(Profile.LAB);
        assertThat(laboratory.ask(address(1), now).isGranted()).isTrue();
        assertThat(laboratory.ask(address(1), now).isGranted()).isTrue();
        assertThat(laboratory.ask(address(1), now).seconds()).isEqualTo(1);
    }

    @Test
    void aSlotThatNobodyHasCannotBeGivenBack() {
        assertThatThrownBy(() -> release(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theBoundsHoldWhateverIsAsked() {
        Seeds.check(500, random -> {
            UploadSlots drawn = slots(Profile.INTERNET);
            Deque<Integer> holders = new ArrayDeque<>();
            for (int step = 0; step < 200; step++) {
                now += random.nextInt(60 * SECOND);
                int asker = random.nextInt(12);
                if (random.nextBoolean() && !holders.isEmpty()) {
                    drawn.release(address(holders.remove()));
                } else if (drawn.ask(address(asker), now).isGranted()) {
                    assertThat(holders).doesNotContain(asker);
                    holders.add(asker);
                }
                assertThat(drawn.active()).isEqualTo(holders.size()).isLessThanOrEqualTo(2);
                assertThat(drawn.queued()).isLessThanOrEqualTo(3);
            }
        });
    }

    private void fill() {
        ask(1);
        ask(2);
    }

    private int ask(int asker) {
        return slots.ask(address(asker), now).seconds();
    }

    private void release(int asker) {
        slots.release(address(asker));
    }

    private static Endpoint address(int asker) {
        return Endpoint.ofIpv4(0x0A00_0000 + asker, 40_000 + asker);
    }

    private static UploadSlots slots(Profile profile) {
        Map<String, Long> limits = Map.of("limits.upload.active", 2L, "limits.upload.queued", 3L);
        return new UploadSlots(new TransferConfig(address(0), profile, Limits.with(TransferLimits.class, limits)));
    }
}
