package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.testing.Seeds;

/**
 * Handshake blocks: the canonical form both ways, the forms that are only read, and the bounds of spec/hardening.md W8.
 */
class HandshakeCodecTest {

    private static final String GREETING =
            "GNUTELLA CONNECT/0.6\r\nUser-Agent: Praline/0.1\r\nX-Ultrapeer: False\r\n\r\n";

    @Test
    void everyBlockSurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.check(5_000, random -> {
            Handshake block = block(random);
            byte[] bytes = encoded(block);
            assertThat(bytes).hasSize(block.wireSize());
            assertThat(decoded(bytes)).isEqualTo(new Decoded.Complete<>(block));
        });
    }

    @Test
    void everyPrefixOfABlockIsPartialAndUntouched() {
        byte[] whole = GREETING.getBytes(StandardCharsets.ISO_8859_1);
        for (int size = 0; size < whole.length; size++) {
            ByteBuffer in = ByteBuffer.wrap(whole, 0, size);
            assertThat(HandshakeCodec.decode(in, WireLimits.STANDARD)).isEqualTo(new Decoded.Partial<>(1));
            assertThat(in.position()).isZero();
        }
    }

    @Test
    void aBlockEndsWhereItEnds() {
        ByteBuffer in = bytes(GREETING + "more");

        assertThat(HandshakeCodec.decode(in, WireLimits.STANDARD)).isInstanceOf(Decoded.Complete.class);
        assertThat(in.remaining()).isEqualTo(4);
    }

    @Test
    void theOldHandshakeHasTwoBareLines() {
        Handshake greeting = complete("GNUTELLA CONNECT/0.4\n\n");
        assertThat(greeting.version()).isEqualTo(Handshake.Version.V0_4);
        assertThat(encoded(greeting)).asString(StandardCharsets.ISO_8859_1).isEqualTo("GNUTELLA CONNECT/0.4\n\n");

        Handshake answer = complete("GNUTELLA OK\n\n");
        assertThat(answer.agrees()).isTrue();
        assertThat(encoded(answer)).asString(StandardCharsets.ISO_8859_1).isEqualTo("GNUTELLA OK\n\n");
    }

    @Test
    void bareLineFeedsBlanksAndNewerVersionsAreReadToo() {
        assertThat(complete("GNUTELLA CONNECT/1.0\nUser-Agent:\t Praline/0.1  \nX-Ultrapeer:False\n\n"))
                .isEqualTo(complete(GREETING));
    }

    @Test
    void aContinuedLineBelongsToTheHeaderBeforeIt() {
        Headers headers = complete("GNUTELLA/0.6 503 Full\r\nX-Try: 192.0.2.1:6346,\r\n\t 192.0.2.2\r\n\r\n")
                .headers();

        assertThat(headers.get("x-try")).contains("192.0.2.1:6346, 192.0.2.2");
    }

    @Test
    void aRepeatedHeaderJoinsItsValues() {
        Headers headers = complete("GNUTELLA/0.6 503 Full\r\nX-Try: 192.0.2.1\r\nx-try: 192.0.2.2:7, nonsense\r\n\r\n")
                .headers();

        assertThat(headers.get("X-Try")).contains("192.0.2.1, 192.0.2.2:7, nonsense");
        assertThat(headers.endpoints("X-Try", 10))
                .containsExactly(Endpoint.ofIpv4(0xC0000201, 6346), Endpoint.ofIpv4(0xC0000202, 7));
        assertThat(headers.endpoints("X-Try", 1)).hasSize(1);
    }

    @Test
    void aStatusHasThreeDigitsAndMaybeAReason() {
        assertThat(complete("GNUTELLA/0.6 200 OK\r\n\r\n").reason()).isEqualTo("OK");
        assertThat(complete("GNUTELLA/0.6 503\r\n\r\n")).isEqualTo(Handshake.answer(503, "", Headers.NONE));
        for (String status : new String[] {"", "20", "2000", "099", "-20", "abc", "20 0"}) {
            assertThat(decoded(("GNUTELLA/0.6 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1)))
                    .as(status)
                    .isInstanceOf(Decoded.Fatal.class);
        }
    }

    @Test
    void whatIsNoBlockIsRefusedAsSoonAsItShows() {
        String[] junk = {
            "H",
            "GNUTELLB",
            "GNUTELLA CONNECT/0.5\r\n",
            "GNUTELLA CONNECT/x\r\n",
            "GNUTELLA SOMETHING\r\n",
            "GNUTELLA CONNECT/0.6\r\n continued\r\n",
            "GNUTELLA CONNECT/0.6\r\nno header\r\n",
            "GNUTELLA CONNECT/0.6\r\nno_header: 1\r\n",
            "GNUTELLA CONNECT/0.6\r\n: 1\r\n",
            "GNUTELLA CONNECT/0.6\r\nA: bare\rCR",
            "GNUTELLA CONNECT/0.6\r\nA: \0",
            "GNUTELLA CONNECT/0.4\nA: 1\n",
        };
        for (String text : junk) {
            assertThat(HandshakeCodec.decode(bytes(text), WireLimits.STANDARD))
                    .as(text)
                    .isInstanceOfSatisfying(
                            Decoded.Fatal.class,
                            fatal -> assertThat(fatal.defect()).isEqualTo(Defect.BAD_HEADER_BLOCK));
        }
    }

    @Test
    void aBlockHasItsBounds() {
        String first = "GNUTELLA CONNECT/0.6\r\n";
        assertThat(decodes(first + "a: 1\r\n".repeat(126) + "\r\n")).isTrue();
        assertThat(decodes(first + "a: 1\r\n".repeat(127) + "\r\n")).isFalse();
        assertThat(decodes(first + "a".repeat(64) + ": 1\r\n\r\n")).isTrue();
        assertThat(decodes(first + "a".repeat(65) + ": 1\r\n\r\n")).isFalse();
        assertThat(decodes(first + "a: " + "b".repeat(4_096 - 4) + "\r\n\r\n")).isFalse();
        assertThat(decodes(first + "a: " + "b".repeat(4_096 - 5) + "\r\n\r\n")).isTrue();
        String line = "a: " + "b".repeat(1_019) + "\r\n";
        assertThat(decodes(first + line.repeat(15) + "a: " + "b".repeat(16_384 - 22 - 15 * 1_024 - 7) + "\r\n\r\n"))
                .isTrue();
        assertThat(decodes(first + line.repeat(15) + "a: " + "b".repeat(16_384 - 22 - 15 * 1_024 - 6) + "\r\n\r\n"))
                .isFalse();
    }

    @Test
    void anEndlessLineIsRefusedWithoutItsEnd() {
        assertThat(HandshakeCodec.decode(bytes("GNUTELLA " + "a".repeat(4_088)), WireLimits.STANDARD))
                .isInstanceOf(Decoded.Fatal.class);
    }

    @Test
    void noHeaderOfOursCanSmuggleALine() {
        assertThatThrownBy(() -> Headers.builder().add("A", "1\r\nB: 2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.builder().add("A: 1", "2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Handshake.answer(503, "Full\r\nB: 2", Headers.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nearlyABlockIsNeverMoreThanAValue() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = encoded(block(random));
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (HandshakeCodec.decode(in, WireLimits.STANDARD) instanceof Decoded.Complete<Handshake> complete) {
                byte[] again = encoded(complete.message());
                assertThat(again).hasSize(complete.message().wireSize());
                assertThat(decoded(again)).isEqualTo(complete);
            } else {
                assertThat(in.position()).isZero();
            }
        });
    }

    private static Handshake block(RandomGenerator random) {
        Headers.Builder headers = Headers.builder();
        for (int i = random.nextInt(10); i > 0; i--) {
            headers.add(text(random, "aZ-09", 1), text(random, "a Z\u00e9\t:,/", 0));
        }
        return switch (random.nextInt(4)) {
            case 0 -> new Handshake(Handshake.Step.GREETING, Handshake.Version.V0_4, 0, "", Headers.NONE);
            case 1 -> new Handshake(Handshake.Step.ANSWER, Handshake.Version.V0_4, 200, "", Headers.NONE);
            case 2 -> Handshake.greeting(headers.build());
            default -> Handshake.answer(100 + random.nextInt(900), text(random, "OK Full", 0), headers.build());
        };
    }

    private static String text(RandomGenerator random, String alphabet, int sizeMin) {
        StringBuilder text = new StringBuilder();
        for (int i = sizeMin + random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().strip();
    }

    private static boolean decodes(String block) {
        return HandshakeCodec.decode(bytes(block), WireLimits.STANDARD) instanceof Decoded.Complete;
    }

    private static Handshake complete(String block) {
        if (decoded(block.getBytes(StandardCharsets.ISO_8859_1)) instanceof Decoded.Complete<Handshake> complete) {
            return complete.message();
        }
        throw new AssertionError("refused: " + block);
    }

    private static Decoded<Handshake> decoded(byte[] bytes) {
        return HandshakeCodec.decode(ByteBuffer.wrap(bytes), WireLimits.STANDARD);
    }

    private static byte[] encoded(Handshake block) {
        ByteBuffer out = ByteBuffer.allocate(block.wireSize());
        HandshakeCodec.encode(block, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
