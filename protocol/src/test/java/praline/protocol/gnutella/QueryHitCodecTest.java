package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;

/** A hit is taken whole or not at all (spec/hardening.md W7). */
class QueryHitCodecTest {

    private static final int COUNT_AT = Message.HEADER_SIZE;
    private static final Bytes TRAILER = Bytes.ofHex("50524c4e021c09");

    @Test
    void aHitWithoutRecordsIsMalformed() {
        assertThat(decoded(withCount(encoded(hit(1, TRAILER)), 0)))
                .isEqualTo(new Decoded.Malformed<>(Defect.BAD_COUNT, COUNT_AT + 1));
    }

    @Test
    void aCountThatIsNotTheNumberOfRecordsIsMalformed() {
        for (int records = 1; records <= 20; records++) {
            for (int count = 0; count <= 255; count++) {
                Decoded<Message> decoded = decoded(withCount(encoded(hit(records, TRAILER)), count));
                if (count == records) {
                    assertThat(decoded).isInstanceOf(Decoded.Complete.class);
                } else {
                    assertThat(decoded).as("%d of %d", count, records).isInstanceOf(Decoded.Malformed.class);
                }
            }
        }
    }

    @Test
    void aHitCutAnywhereIsMalformed() {
        byte[] whole = encoded(hit(2, TRAILER));
        for (int cut = 1; cut < whole.length - Message.HEADER_SIZE; cut++) {
            byte[] shorter = Arrays.copyOf(whole, whole.length - cut);
            shorter[19] = (byte) (shorter.length - Message.HEADER_SIZE);
            Decoded<Message> decoded = decoded(shorter);
            // Cut by exactly the trailer it is another hit, one without a trailer: nothing can tell.
            if (cut != TRAILER.size()) {
                assertThat(decoded).as("cut by %d", cut).isInstanceOf(Decoded.Malformed.class);
            }
        }
    }

    @Test
    void aTrailerMayBeMissingAsInTheHitsOfOld() {
        assertThat(decoded(encoded(hit(1, Bytes.EMPTY)))).isEqualTo(new Decoded.Complete<>(hit(1, Bytes.EMPTY)));
    }

    @Test
    void aTrailerThatIsNoneIsMalformed() {
        for (String trailer :
                new String[] {"50524c4e", "50524c4e00", "50524c4e021c", "00524c4e021c09", "50522c4e021c09"}) {
            assertThat(decoded(encoded(hit(1, Bytes.ofHex(trailer)))))
                    .as(trailer)
                    .isInstanceOfSatisfying(
                            Decoded.Malformed.class,
                            malformed -> assertThat(malformed.defect()).isEqualTo(Defect.BAD_COUNT));
        }
    }

    private static QueryHit hit(int records, Bytes trailer) {
        ImmutableList.Builder<HitRecord> all = ImmutableList.builder();
        for (int i = 0; i < records; i++) {
            all.add(new HitRecord(i, 1, Bytes.ofUtf8("a"), Bytes.EMPTY));
        }
        return new QueryHit(
                Guid.ZERO, 4, 0, Endpoint.ofIpv4(0xC000020A, 6346), 1_000, all.build(), trailer, new Guid(1, 2));
    }

    private static byte[] encoded(QueryHit hit) {
        return RandomMessages.encoded(hit);
    }

    private static byte[] withCount(byte[] hit, int count) {
        hit[COUNT_AT] = (byte) count;
        return hit;
    }

    private static Decoded<Message> decoded(byte[] bytes) {
        return GnutellaCodec.decode(ByteBuffer.wrap(bytes), WireLimits.STANDARD);
    }
}
