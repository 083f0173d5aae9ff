package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Headers;
import praline.protocol.testing.Seeds;

/** Heads of requests and answers: there and back, in any pieces, and their bounds one byte to each side. */
class HeadCodecTest {

    private static final String REQUEST =
            "GET /uri-res/N2R?urn:sha1:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV HTTP/1.1\r\nHost: a\r\nRange: bytes=0-\r\n\r\n";
    private static final String RESPONSE =
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/105000\r\nContent-Length: 100\r\n\r\n";

    @Test
    void everyRequestSurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.check(3_000, random -> {
            RequestHead.Method method = random.nextBoolean() ? RequestHead.Method.GET : RequestHead.Method.HEAD;
            RequestHead head =
                    new RequestHead(method, "/" + text(random, "a%2F?&=+", 0), random.nextInt(2), headers(random));
            ByteBuffer out = ByteBuffer.allocate(head.wireSize());
            HeadCodec.encode(head, out);
            assertThat(out.remaining()).isZero();
            assertThat(HeadCodec.decodeRequest(out.flip(), WireLimits.STANDARD))
                    .isEqualTo(new Decoded.Complete<>(head));
        });
    }

    @Test
    void everyAnswerSurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.check(3_000, random -> {
            ResponseHead head = new ResponseHead(
                    random.nextInt(2), 100 + random.nextInt(900), text(random, "Not Found", 0), headers(random));
            ByteBuffer out = ByteBuffer.allocate(head.wireSize());
            HeadCodec.encode(head, out);
            assertThat(out.remaining()).isZero();
            assertThat(HeadCodec.decodeResponse(out.flip(), WireLimits.STANDARD))
                    .isEqualTo(new Decoded.Complete<>(head));
        });
    }

    @Test
    void everyPrefixIsPartialAndUntouched() {
        for (int size = 0; size < REQUEST.length(); size++) {
            ByteBuffer in = bytes(REQUEST.substring(0, size));
            assertThat(HeadCodec.decodeRequest(in, WireLimits.STANDARD)).isEqualTo(new Decoded.Partial<>(1));
            assertThat(in.position()).isZero();
        }
        for (int size = 0; size < RESPONSE.length(); size++) {
            ByteBuffer in = bytes(RESPONSE.substring(0, size));
            assertThat(HeadCodec.decodeResponse(in, WireLimits.STANDARD)).isEqualTo(new Decoded.Partial<>(1));
        }
    }

    @Test
    void aRequestEndsWhereTheNextBegins() {
        ByteBuffer in = bytes(REQUEST + REQUEST);

        assertThat(HeadCodec.decodeRequest(in, WireLimits.STANDARD)).isInstanceOf(Decoded.Complete.class);
        assertThat(in.position()).isEqualTo(REQUEST.length());
        assertThat(HeadCodec.decodeRequest(in, WireLimits.STANDARD)).isInstanceOf(Decoded.Complete.class);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void whatIsUnusualButClearIsRead() {
        String[] requests = {
            "HEAD / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:a\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\t a \t\r\nX-Empty:\r\nX_y.z!: \u00e9\r\n\r\n",
            "GET /?a=http://b/ HTTP/1.1\r\nhost: a\r\nX: 1\r\nx: 2\r\n\r\n",
        };
        for (String request : requests) {
            assertThat(HeadCodec.decodeRequest(bytes(request), WireLimits.STANDARD))
                    .as(request)
                    .isInstanceOf(Decoded.Complete.class);
        }
    }

    @Test
    void anAnswerOfUnknownLengthIsRefused() {
        String[] answers = {
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1234567890123456789\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 099 OK\r\n\r\n",
            "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1200 OK\r\n\r\n",
            "HTTP 200 OK\r\n\r\n",
        };
        for (String answer : answers) {
            assertThat(HeadCodec.decodeResponse(bytes(answer), WireLimits.STANDARD))
                    .as(answer)
                    .isInstanceOf(Decoded.Fatal.class);
        }
    }

    @Test
    void anAnswerSaysHowLongItIsAndWhetherMoreMayBeAsked() {
        ResponseHead head = answer(RESPONSE);
        assertThat(head.contentLength()).hasValue(100);
        assertThat(head.keepsAlive()).isTrue();
        assertThat(answer("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n").keepsAlive())
                .isFalse();
        assertThat(answer("HTTP/1.1 404\r\nConnection: Upgrade, Close\r\n\r\n").keepsAlive())
                .isFalse();
        assertThat(answer("HTTP/1.0 404 Not Found\r\n\r\n").keepsAlive()).isFalse();
        assertThat(answer("HTTP/1.0 404 Not Found\r\n\r\n").contentLength()).isEmpty();
    }

    @Test
    void aHeadHasItsBounds() {
        assertThat(isRequest("GET /" + "a".repeat(4_096 - 16) + " HTTP/1.1\r\n\r\n"))
                .isTrue();
        assertThat(isRequest("GET /" + "a".repeat(4_096 - 15) + " HTTP/1.1\r\n\r\n"))
                .isFalse();
        String first = "GET / HTTP/1.1\r\n";
        assertThat(isRequest(first + "a: 1\r\n".repeat(64) + "\r\n")).isTrue();
        assertThat(isRequest(first + "a: 1\r\n".repeat(65) + "\r\n")).isFalse();
        assertThat(isRequest(first + "a: " + "b".repeat(8_192 - 7) + "\r\n\r\n"))
                .isTrue();
        assertThat(isRequest(first + "a: " + "b".repeat(8_192 - 6) + "\r\n\r\n"))
                .isFalse();
        assertThat(HeadCodec.decodeRequest(bytes("GET /" + "a".repeat(4_091)), WireLimits.STANDARD))
                .as("without its end")
                .isInstanceOf(Decoded.Fatal.class);
    }

    @Test
    void noHeadOfOursCanSmuggleALine() {
        assertThatThrownBy(() -> new RequestHead(RequestHead.Method.GET, "/a b", 1, Headers.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResponseHead(1, 200, "OK\r\nX: 1", Headers.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nearlyAHeadIsNeverMoreThanAValue() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = (random.nextBoolean() ? REQUEST : RESPONSE).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (HeadCodec.decodeRequest(in, WireLimits.STANDARD) instanceof Decoded.Complete<RequestHead> complete) {
                assertThat(complete.message().route()).isNotNull();
                in.rewind();
            }
            assertThat(in.position()).isZero();
            assertThat(HeadCodec.decodeResponse(in, WireLimits.STANDARD)).isNotNull();
        });
    }

    private static Headers headers(RandomGenerator random) {
        Headers.Builder headers = Headers.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            headers.add("X-" + text(random, "aZ-09", 1), text(random, "a Z\u00e9\t:,/", 0));
        }
        return headers.build();
    }

    private static String text(RandomGenerator random, String alphabet, int sizeMin) {
        StringBuilder text = new StringBuilder();
        for (int i = sizeMin + random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().strip();
    }

    private static boolean isRequest(String head) {
        return HeadCodec.decodeRequest(bytes(head), WireLimits.STANDARD) instanceof Decoded.Complete;
    }

    private static ResponseHead answer(String head) {
        if (HeadCodec.decodeResponse(bytes(head), WireLimits.STANDARD)
                instanceof Decoded.Complete<ResponseHead> whole) {
            return whole.message();
        }
        throw new AssertionError("refused: " + head);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
