package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;

/** Our index publication, byte by byte as spec/praline.md section 2 writes it. */
class IndexCodecTest {

    private static final Sha1 ABC = Sha1.digestOf(new byte[] {'a', 'b', 'c'});
    private static final String ABC_HEX = "a9993e364706816aba3e25717850c26c9cd0d89d";

    private static final String BATCH_HEX = "0".repeat(32) + "31010053000000"
            + "50524c4e" + "0100" + "0100" // vendor, selector, version
            + "07000000" + "02000000" + "03" + "0200" // epoch, seq, flags, count
            + "01" + "05000000" + "0001000000000000" + ABC_HEX + "03" + ABC_HEX + "0300" + "6f6e65"
            + "02" + "06000000";

    private static final IndexBatch BATCH = new IndexBatch(
            Guid.ZERO,
            1,
            0,
            7,
            2,
            true,
            true,
            ImmutableList.of(
                    new IndexRecord.Add(5, 256, ABC, ABC, true, Bytes.ofUtf8("one")), new IndexRecord.Remove(6)));

    @Test
    void aBatchHasTheBytesOfTheSpecification() {
        assertThat(Bytes.copyOf(RandomMessages.encoded(BATCH)).hex()).isEqualTo(BATCH_HEX);
        assertThat(decoded(BATCH_HEX)).isEqualTo(new Decoded.Complete<>(BATCH));
    }

    @Test
    void aStatusHasTheBytesOfTheSpecification() {
        IndexStatus status =
                new IndexStatus(Guid.ZERO, 1, 0, 7, 2, IndexStatus.Status.RESYNC, 300, 0x0102030405060708L);
        String hex = "0".repeat(32) + "3101001d000000" + "50524c4e02000100" + "07000000" + "02000000" + "01"
                + "2c010000" + "0807060504030201";

        assertThat(Bytes.copyOf(RandomMessages.encoded(status)).hex()).isEqualTo(hex);
        assertThat(decoded(hex)).isEqualTo(new Decoded.Complete<>(status));
    }

    @Test
    void theDigestOfARecordIsThatOfItsBytes() {
        IndexRecord.Add add = new IndexRecord.Add(5, 256, ABC, ABC, true, Bytes.ofUtf8("one"));
        byte[] record = Bytes.ofHex(BATCH_HEX).slice(42, 42 + add.wireSize()).toArray();

        assertThat(add.digest()).isEqualTo(Sha1.digestOf(record).first());
    }

    @Test
    void aBatchIsMalformedWhenItWouldNotEncodeToTheSameBytes() {
        assertThat(defectOf(BATCH_HEX.replace("0200000003", "0200000007"))).isEqualTo(Defect.BAD_INDEX_BATCH);
        assertThat(defectOf(BATCH_HEX.replace(ABC_HEX + "03", ABC_HEX + "07"))).isEqualTo(Defect.BAD_INDEX_BATCH);
        assertThat(defectOf(BATCH_HEX.replace("0206000000", "0306000000"))).isEqualTo(Defect.BAD_INDEX_BATCH);
        assertThat(defectOf(BATCH_HEX.replace("030200", "030100"))).isEqualTo(Defect.BAD_INDEX_BATCH);
        assertThat(defectOf(BATCH_HEX.replace("030200", "030300"))).isEqualTo(Defect.BAD_INDEX_BATCH);
        assertThat(defectOf(BATCH_HEX.replace("0001000000000000", "0001000000000080")))
                .isEqualTo(Defect.BAD_INDEX_BATCH);
    }

    @Test
    void aBatchHasAtMost256Records() {
        assertThat(decoded(withRecords(256))).isInstanceOf(Decoded.Complete.class);
        assertThat(defectOf(withRecords(257))).isEqualTo(Defect.BAD_INDEX_BATCH);
    }

    @Test
    void aNameHasAtMost255Bytes() {
        assertThat(decoded(withName(255))).isInstanceOf(Decoded.Complete.class);
        assertThat(defectOf(withName(256))).isEqualTo(Defect.BAD_INDEX_BATCH);
    }

    @Test
    void anUnknownStatusIsMalformed() {
        assertThat(defectOf("0".repeat(32) + "3101001d000000" + "50524c4e02000100" + "0700000002000000" + "04"
                        + "2c0100000807060504030201"))
                .isEqualTo(Defect.BAD_VALUE);
    }

    @Test
    void anotherSelectorOrVersionIsAnOrdinaryVendorMessage() {
        assertThat(decoded(BATCH_HEX.replace("01000100", "03000100")))
                .isInstanceOfSatisfying(
                        Decoded.Complete.class,
                        complete -> assertThat(complete.message()).isInstanceOf(Vendor.class));
        assertThat(decoded(BATCH_HEX.replace("01000100", "01000200")))
                .isInstanceOfSatisfying(
                        Decoded.Complete.class,
                        complete -> assertThat(complete.message()).isInstanceOf(Vendor.class));
    }

    private static String withRecords(int count) {
        ImmutableList<IndexRecord> records =
                ImmutableList.copyOf(Collections.nCopies(count, new IndexRecord.Remove(1)));
        return hexOf(new IndexBatch(Guid.ZERO, 1, 0, 1, 1, true, true, records));
    }

    private static String withName(int size) {
        byte[] name = new byte[size];
        Arrays.fill(name, (byte) 'n');
        IndexRecord record = new IndexRecord.Add(1, 1, ABC, null, false, Bytes.copyOf(name));
        return hexOf(new IndexBatch(Guid.ZERO, 1, 0, 1, 1, true, true, ImmutableList.of(record)));
    }

    private static String hexOf(Message message) {
        return Bytes.copyOf(RandomMessages.encoded(message)).hex();
    }

    private static Decoded<Message> decoded(String hex) {
        return GnutellaCodec.decode(ByteBuffer.wrap(Bytes.ofHex(hex).toArray()), WireLimits.STANDARD);
    }

    private static Defect defectOf(String hex) {
        if (decoded(hex) instanceof Decoded.Malformed<Message> malformed) {
            return malformed.defect();
        }
        throw new AssertionError("accepted: " + hex);
    }
}
