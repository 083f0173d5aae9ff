package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** The line that opens a pushed connection, as gtk-gnutella writes it and in every form that is allowed. */
class GivTest {

    private static final String LINE = "GIV 1:44213102b1c75d5fe3a07215ef80637a/file\n\n";
    private static final Giv GIV = new Giv(1, Guid.ofHex("44213102b1c75d5fe3a07215ef80637a"), Bytes.ofUtf8("file"));

    @Test
    void theLineOfALivingServentIsReadAndWritten() {
        assertThat(decoded(LINE)).isEqualTo(new Decoded.Complete<>(GIV));
        assertThat(encoded(GIV)).isEqualTo(LINE);
        assertThat(GIV.wireSize()).isEqualTo(LINE.length());
    }

    @Test
    void capitalsAndCarriageReturnsAreAllowed() {
        assertThat(decoded("GIV 1:44213102B1C75D5FE3A07215EF80637A/file\r\n\r\n"))
                .isEqualTo(new Decoded.Complete<>(GIV));
    }

    @Test
    void everyPrefixIsPartial() {
        for (int size = 0; size < LINE.length(); size++) {
            assertThat(decoded(LINE.substring(0, size))).as("%d bytes", size).isInstanceOf(Decoded.Partial.class);
        }
    }

    @Test
    void whatIsNoSuchLineIsFatal() {
        String[] junk = {
            "GIV 1:44213102b1c75d5fe3a07215ef80637/file\n\n",
            "GIV x:44213102b1c75d5fe3a07215ef80637a/file\n\n",
            "GIV -1:44213102b1c75d5fe3a07215ef80637a/file\n\n",
            "GIV 4294967296:44213102b1c75d5fe3a07215ef80637a/file\n\n",
            "GIV 1:g4213102b1c75d5fe3a07215ef80637a/file\n\n",
            "GIV 1:44213102b1c75d5fe3a07215ef80637a\n\n",
            "GIV 1/44213102b1c75d5fe3a07215ef80637a/file\n\n",
            "GIV 1:44213102b1c75d5fe3a07215ef80637a/file\nmore\n",
            "GIV " + "1".repeat(4_093),
        };
        for (String line : junk) {
            assertThat(decoded(line)).as(line).isInstanceOf(Decoded.Fatal.class);
        }
    }

    @Test
    void everyLineSurvivesTheRoundTrip() {
        Seeds.check(2_000, random -> {
            String name = new String(RandomMessages.bytes(random, 30).toArray(), StandardCharsets.ISO_8859_1)
                    .replace('\n', '_')
                    .replace('\r', '_');
            Giv giv = new Giv(
                    Integer.toUnsignedLong(random.nextInt()),
                    new Guid(random.nextLong(), random.nextLong()),
                    Bytes.ofUtf8(name));
            assertThat(decoded(encoded(giv))).isEqualTo(new Decoded.Complete<>(giv));
        });
    }

    private static String encoded(Giv giv) {
        ByteBuffer out = ByteBuffer.allocate(giv.wireSize());
        giv.encode(out);
        return new String(out.array(), 0, out.position(), StandardCharsets.ISO_8859_1);
    }

    private static Decoded<Giv> decoded(String line) {
        return Giv.decode(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)), WireLimits.STANDARD);
    }
}
