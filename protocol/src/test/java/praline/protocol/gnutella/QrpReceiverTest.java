package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Guid;
import praline.protocol.Limits;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.QrpReceiver.Outcome;
import praline.protocol.testing.Recording;
import praline.protocol.testing.Seeds;

/** Query routing tables as they arrive: the vectors of spec/gnutella.md 9.6, every legal form, and every lie of W6. */
class QrpReceiverTest {

    private static final WireLimits.Qrp LIMITS = WireLimits.STANDARD.qrp();
    private static final String RESET_8 = "00 08000000 07";

    @ParameterizedTest
    @CsvSource({
        "01 01 01 00 08 0000fa0000000000, 2",
        "01 01 01 00 04 00a00000, 2",
        "01 01 01 00 04 0000000a, 7",
        "01 01 01 01 04 789c6358c0c0000001e400a1, 2"
    })
    void thePatchesOfTheReferenceSetTheirSlot(String patch, int slot) {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        assertThat(slots(receiving.complete(patch))).containsExactly(slot);
    }

    @Test
    void patchesSetClearAndFlip() {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        receiving.complete("01 01 01 00 04 00a00000");
        assertThat(slots(receiving.complete("01 01 01 00 04 0000000a"))).containsExactly(2, 7);
        assertThat(slots(receiving.complete("01 01 01 00 04 00600000"))).containsExactly(7);
        assertThat(slots(receiving.complete("01 01 01 00 01 21"))).containsExactly(2);
        assertThat(slots(receiving.complete("01 01 01 00 02 0008"))).containsExactly(2, 6);
    }

    @Test
    void theTablesOfLivingProgramsInTheReferenceHoldTheirFilesWords() {
        assertThat(slots(table(
                        "00 00000100 07",
                        "01 01 01 01 04 789cedd9c10900200c04c1bcedbf80946a0b8a480cce54b0cf838b00000000e86b5407000000000"
                                + "0c047b23a000056399301604b56074027b62600c021830a0080abb23a000000007883570a0000000000"
                                + "0000805313e7560213")))
                .containsExactly(8633, 20712, 24147, 27848, 29483, 34253, 39598, 47865);
        assertThat(slots(table(
                        "00 00400000 02",
                        "01 01 01 01 04 78daedd6310d00000803b039c0bf4b2460011eae5601d908210138691100b8f2a6120beab4"
                                + "9abc291100e0f30100d81a618906a0")))
                .containsExactly(2158, 5178, 5478, 6036, 6962, 7370, 8563, 11966);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qrp_leaf_4bit", "qrp_leaf_1bit", "session_leaf_ultra"})
    void theTablesThatWereRecordedHoldTheFilesWords(String recording) {
        QrpTable table = recorded(recording);
        for (String word : List.of("zanzibar", "quagmire", "sonata", "bin", "zanzi")) {
            assertThat(table.has(QrpHash.of(word))).as(word).isTrue();
        }
        assertThat(table.hasSlot(2250) && table.hasSlot(6913) && table.hasSlot(3111))
                .isTrue();
        assertThat(table.bits()).isEqualTo(14);
        assertThat(table.has(QrpHash.of("praline"))).isFalse();
    }

    @Test
    void aSupernodeThatSharesNothingSaysSo() {
        assertThat(recorded("session_ultra_first").count()).isZero();
    }

    @Test
    void theTableOfGnutellaBunIsRead() {
        QrpTable table = recorded("bun_session");
        assertThat(table.bits()).isEqualTo(16);
        assertThat(table.has(QrpHash.of("marimba"))).isTrue();
        assertThat(table.has(QrpHash.of("etude"))).isTrue();
        assertThat(table.count()).isEqualTo(7);
    }

    @Test
    void aSequenceInPartsCountsWhenItIsComplete() {
        QrpTable before = random(Seeds.generator(1), 16, 2_000);
        QrpTable after = random(Seeds.generator(2), 16, 20_000);
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(QrpPatches.reset(Guid.ZERO, 16));
        receiving.takeAll(QrpPatches.between(QrpTable.empty(16), before, Guid.ZERO));
        assertThat(receiving.table).isEqualTo(before);

        List<QrpPatch> parts = QrpPatches.between(before, after, Guid.ZERO);
        assertThat(parts.size()).isBetween(3, 20);
        assertThat(parts).allSatisfy(part -> assertThat(part.payloadSize()).isLessThanOrEqualTo(2_048));
        receiving.takeAll(parts.subList(0, parts.size() - 1));
        assertThat(receiving.table).isEqualTo(before);
        receiving.take(parts.get(parts.size() - 1));
        assertThat(receiving.table).isEqualTo(after);
    }

    @Test
    void anyTableSurvivesTheWayInAnyForm() {
        Seeds.check(200, random -> {
            int bits = 3 + random.nextInt(13);
            int width = 1 << random.nextInt(4);
            QrpTable before = random(random, bits, random.nextInt(1 << bits));
            QrpTable after = random(random, bits, random.nextInt(1 << bits));
            Receiving receiving = new Receiving(LIMITS);
            receiving.take(new QrpReset(Guid.ZERO, 1, 0, 1L << bits, 7));
            receiving.takeAll(patches(random, QrpTable.empty(bits), before, bits, width));
            assertThat(receiving.table).isEqualTo(before);
            receiving.takeAll(patches(random, before, after, bits, width));
            assertThat(receiving.table).isEqualTo(after);
        });
    }

    /**
     * A first table is folded exactly. One that changes afterwards may keep a slot too many, where several slots became
     * one and not all of them are cleared at once; never one too few.
     */
    @Test
    void foldingAPatchedTableAndPatchingAFoldedOneComeToTheSame() {
        WireLimits.Qrp folding = Limits.with(WireLimits.class, ImmutableMap.of("limits.qrp.slotsStored", 1_024L))
                .qrp();
        Seeds.check(200, random -> {
            int bits = 8 + random.nextInt(6);
            int width = 1 << random.nextInt(4);
            QrpTable first = random(random, bits, random.nextInt(1 << bits));
            QrpTable second = random(random, bits, random.nextInt(1 << bits));
            Receiving receiving = new Receiving(folding);
            receiving.take(new QrpReset(Guid.ZERO, 1, 0, 1L << bits, 7));
            receiving.takeAll(patches(random, QrpTable.empty(bits), first, bits, width));
            int stored = Math.min(10, bits);
            assertThat(receiving.table).isEqualTo(first.scaledTo(stored));
            receiving.takeAll(patches(random, first, second, bits, width));
            QrpTable exact = second.scaledTo(stored);
            assertThat(exact.toBuilder().add(receiving.table).build()).isEqualTo(receiving.table);
            if (bits <= 10) {
                assertThat(receiving.table).isEqualTo(exact);
            }
        });
    }

    @Test
    void aSlotThatIsClearedInAllItStandsForIsClearedInTheFoldedTable() {
        WireLimits.Qrp folding = Limits.with(WireLimits.class, ImmutableMap.of("limits.qrp.slotsStored", 1_024L))
                .qrp();
        QrpTable full = random(Seeds.generator(3), 12, 1 << 15);
        Receiving receiving = new Receiving(folding);
        receiving.take(new QrpReset(Guid.ZERO, 1, 0, 1 << 12, 7));
        receiving.takeAll(patches(Seeds.generator(4), QrpTable.empty(12), full, 12, 4));
        receiving.takeAll(patches(Seeds.generator(5), full, QrpTable.empty(12), 12, 4));
        assertThat(full.count()).isGreaterThan(4_000);
        assertThat(receiving.table.count()).isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00000000 07, Invalid QRP table length 0", "00 03000000 07, Invalid QRP table length 3",
        "00 04000000 07, Invalid QRP table length 4", "00 00004000 07, Invalid QRP table length 4194304",
        "00 00000080 07, Invalid QRP table length 2147483648", "00 ffffffff 07, Invalid QRP table length 4294967295",
        "00 39300000 07, Invalid QRP table length 12345", "00 08000000 00, Invalid QRP infinity 0"
    })
    void aResetOfAnIllegalTableIsAViolation(String reset, String reason) {
        assertThat(new Receiving(LIMITS).take(reset)).isEqualTo(new Outcome.Violation(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "01 02 02 00 04 00a00000, Out-of-sequence QRP PATCH 2/2",
        "01 00 01 00 04 00a00000, Out-of-sequence QRP PATCH 0/1",
        "01 01 00 00 04 00a00000, Out-of-sequence QRP PATCH 1/0",
        "01 01 01 00 03 00a00000, Invalid QRP entry bits 3",
        "01 01 01 00 00 00a00000, Invalid QRP entry bits 0",
        "01 01 01 02 04 00a00000, Unknown QRP compressor 2",
        "01 01 01 00 04 00a000, Incomplete 4-bit QRP patch",
        "01 01 01 00 04, Incomplete 4-bit QRP patch",
        "01 01 01 00 04 00a0000000, QRP 4-bit patch overflowed table",
        "01 01 01 01 04 789c6358c0c0000001e400a2, QRP PATCH decompression failed",
        "01 01 01 01 04 789c6358c0c0000001e400a100, QRP PATCH decompression failed",
        "01 01 01 01 08 789c6358c0c0000001e400a1, Incomplete 8-bit QRP patch",
        "01 01 01 01 02 789c6358c0c0000001e400a1, QRP 2-bit patch overflowed table",
        "01 01 02 01 04 789c6358c0c0000001e400a1, QRP PATCH decompression failed"
    })
    void aPatchThatLiesIsAViolation(String patch, String reason) {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        assertThat(receiving.take(patch)).isEqualTo(new Outcome.Violation(reason));
    }

    @Test
    void aPatchWithoutAResetIsAViolation() {
        assertThat(new Receiving(LIMITS).take("01 01 01 00 04 00a00000"))
                .isEqualTo(new Outcome.Violation("QRP PATCH before RESET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 03 03 00 04 00",
                "01 02 02 00 04 00",
                "01 02 03 01 04 00",
                "01 02 03 00 08 00",
                "01 01 03 00 04 00"
            })
    void aSequenceThatChangesOnItsWayIsAViolation(String second) {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        receiving.take("01 01 03 00 04 00a0");
        assertThat(receiving.take(second)).isInstanceOf(Outcome.Violation.class);
    }

    @Test
    void aResetInTheMiddleForgetsTheSequence() {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        receiving.take("01 01 02 00 04 a0a0");
        receiving.take("00 10000000 07");
        assertThat(slots(receiving.complete("01 01 01 00 04 0a00000000000000"))).containsExactly(1);
    }

    @Test
    void aSequenceMustFinishInTime() {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(RESET_8);
        receiving.take("01 01 02 00 04 a0a0");
        receiving.now += LIMITS.sequenceMillis() + 1;
        assertThat(receiving.receiver.isLate(receiving.now)).isTrue();
        assertThat(receiving.take("01 02 02 00 04 0000"))
                .isEqualTo(new Outcome.Violation("QRP sequence took too long"));
        assertThat(receiving.receiver.isLate(receiving.now)).isFalse();
    }

    @Test
    void resetsBeyondOneAMinuteAreIgnored() {
        Receiving receiving = new Receiving(LIMITS);
        for (int i = 0; i < 3; i++) {
            receiving.take(RESET_8);
            receiving.complete("01 01 01 00 04 a0000000");
        }
        receiving.take(RESET_8);
        assertThat(slots(receiving.complete("01 01 01 00 04 0a000000"))).containsExactly(0, 1);
        receiving.take("00 10000000 07");
        assertThat(receiving.take("01 01 01 00 04 0a00000000000000")).isEqualTo(QrpReceiver.PENDING);
        receiving.now += LIMITS.resetMillis();
        receiving.take(RESET_8);
        assertThat(slots(receiving.complete("01 01 01 00 04 00000a00"))).containsExactly(5);
    }

    @Test
    void aBombIsStoppedWhenTheTableIsFull() {
        byte[] bomb = deflated(new byte[4 << 20]);
        assertThat(bomb.length).isBetween(3_500, 4_500);
        QrpPatch patch = new QrpPatch(Guid.ZERO, 1, 0, 1, 1, 1, 4, Bytes.copyOf(bomb));
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(new QrpReset(Guid.ZERO, 1, 0, 1 << 21, 7));
        receiving.take(patch); // classes are loaded
        receiving.take(new QrpReset(Guid.ZERO, 1, 0, 1 << 21, 7));

        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Outcome outcome = receiving.take(patch);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        assertThat(outcome).isEqualTo(new Outcome.Violation("QRP 4-bit patch overflowed table"));
        assertThat(after - before).isLessThanOrEqualTo(64 << 10);
    }

    /** One link's receiver, with the caller's part: it keeps the last complete table. */
    private static final class Receiving {
        final QrpReceiver receiver;
        QrpTable table = QrpTable.empty(3);
        long now = 1_000;

        Receiving(WireLimits.Qrp limits) {
            receiver = new QrpReceiver(limits, now);
        }

        Outcome take(Message message) {
            Outcome outcome = message instanceof QrpReset reset
                    ? receiver.onReset(reset, now)
                    : receiver.onPatch((QrpPatch) message, () -> table, now);
            if (outcome instanceof Outcome.Complete complete) {
                table = complete.table();
            }
            return outcome;
        }

        Outcome take(String payload) {
            return take(message(payload));
        }

        QrpTable complete(String payload) {
            assertThat(take(payload)).isInstanceOf(Outcome.Complete.class);
            return table;
        }

        void takeAll(List<QrpPatch> patches) {
            for (QrpPatch patch : patches) {
                assertThat(take(patch)).isNotInstanceOf(Outcome.Violation.class);
            }
        }
    }

    private static QrpTable table(String reset, String patch) {
        Receiving receiving = new Receiving(LIMITS);
        receiving.take(reset);
        return receiving.complete(patch);
    }

    private static QrpTable recorded(String name) {
        Receiving receiving = new Receiving(LIMITS);
        for (Recording.Line line : Recording.recorded(name).lines()) {
            if (line.bytes().size() > 16 && line.bytes().at(16) == 0x30) {
                receiving.take(decoded(line.bytes()));
            }
        }
        return receiving.table;
    }

    private static List<Integer> slots(QrpTable table) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < table.slots(); slot++) {
            if (table.hasSlot(slot)) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private static QrpTable random(RandomGenerator random, int bits, int words) {
        QrpTable.Builder table = QrpTable.builder(bits);
        for (int i = 0; i < words; i++) {
            table.addHash(random.nextInt());
        }
        return table.build();
    }

    /** What makes {@code after} of {@code before} in entries of any width, cut anywhere, deflated or not. */
    private static List<QrpPatch> patches(
            RandomGenerator random, QrpTable before, QrpTable after, int bits, int width) {
        byte[] entries = new byte[(1 << bits) * width / 8];
        for (int slot = 0; slot < 1 << bits; slot++) {
            if (before.hasSlot(slot) != after.hasSlot(slot)) {
                int value = width == 1 || after.hasSlot(slot) ? -1 : 1;
                int shift = 8 - width - slot * width % 8;
                entries[slot * width / 8] |= (byte) ((value & ((1 << width) - 1)) << shift);
            }
        }
        boolean isDeflated = random.nextBoolean();
        byte[] data = isDeflated ? deflated(entries) : entries;
        int part = Math.max(1, data.length / (1 + random.nextInt(8)));
        int count = (data.length + part - 1) / part;
        ImmutableList.Builder<QrpPatch> patches = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Arrays.copyOfRange(data, i * part, Math.min(data.length, (i + 1) * part));
            patches.add(new QrpPatch(Guid.ZERO, 1, 0, i + 1, count, isDeflated ? 1 : 0, width, Bytes.copyOf(bytes)));
        }
        return patches.build();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] room = new byte[bytes.length + 128];
        int size = deflater.deflate(room);
        deflater.end();
        return Arrays.copyOf(room, size);
    }

    private static Message message(String payload) {
        Bytes bytes = Bytes.ofHex(payload.replace(" ", ""));
        String length = String.format("%02x%02x0000", bytes.size() & 0xFF, bytes.size() >>> 8);
        return decoded(Bytes.ofHex("00".repeat(16) + "300100" + length).concat(bytes));
    }

    private static Message decoded(Bytes bytes) {
        if (GnutellaCodec.decode(ByteBuffer.wrap(bytes.toArray()), WireLimits.STANDARD)
                instanceof Decoded.Complete<Message> complete) {
            return complete.message();
        }
        throw new AssertionError("no message: " + bytes);
    }
}
