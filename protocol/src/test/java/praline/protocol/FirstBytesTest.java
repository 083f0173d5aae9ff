package praline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** Every prefix of every protocol, and what is none (spec/hardening.md W9). */
class FirstBytesTest {

    private static final Map<String, FirstBytes> PREFIXES = Map.of(
            "GNUTELLA ", FirstBytes.OVERLAY,
            "GET ", FirstBytes.HTTP,
            "HEAD ", FirstBytes.HTTP,
            "GIV ", FirstBytes.GIV,
            "\u0013BitTorrent protocol", FirstBytes.SWARM);

    @Test
    void everyShorterPrefixIsUndecidedAndTheWholeOneDecides() {
        PREFIXES.forEach((prefix, protocol) -> {
            for (int size = 0; size < prefix.length(); size++) {
                assertThat(of(prefix.substring(0, size))).isEqualTo(FirstBytes.UNDECIDED);
            }
            assertThat(of(prefix)).isEqualTo(protocol);
            assertThat(of(prefix + "whatever follows")).isEqualTo(protocol);
        });
    }

    @Test
    void aPrefixWithOneByteChangedIsUnknownAtThatByte() {
        PREFIXES.forEach((prefix, protocol) -> {
            for (int at = 0; at < prefix.length(); at++) {
                assertThat(of(prefix.substring(0, at) + "~")).isEqualTo(FirstBytes.UNKNOWN);
            }
        });
    }

    @Test
    void whatIsDecidedNeverChangesAsMoreArrives() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = new byte[30];
            random.nextBytes(bytes);
            String start = PREFIXES.keySet().stream().sorted().toList().get(random.nextInt(PREFIXES.size()));
            byte[] prefix = start.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(prefix, 0, bytes, 0, random.nextInt(prefix.length + 1));
            FirstBytes decided = FirstBytes.UNDECIDED;
            for (int size = 0; size <= bytes.length; size++) {
                ByteBuffer in = ByteBuffer.wrap(bytes, 0, size);
                FirstBytes now = FirstBytes.of(in);
                assertThat(in.position()).isZero();
                if (decided != FirstBytes.UNDECIDED) {
                    assertThat(now).isEqualTo(decided);
                }
                decided = now;
            }
            assertThat(decided).as("20 bytes always decide").isNotEqualTo(FirstBytes.UNDECIDED);
        });
    }

    @Test
    void otherProtocolsAreUnknown() {
        for (String other :
                new String[] {"\u0016\u0003\u0001", "\n\n", "QUEUE ", "PUSH ", "POST / ", "get / ", "SSH-2.0"}) {
            assertThat(of(other)).as(other).isEqualTo(FirstBytes.UNKNOWN);
        }
    }

    private static FirstBytes of(String bytes) {
        return FirstBytes.of(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
