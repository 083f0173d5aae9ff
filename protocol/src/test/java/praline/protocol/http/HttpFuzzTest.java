package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.protocol.Decoded;
import praline.protocol.Limits;
import praline.protocol.WireLimits;

/**
 * The target of spec/hardening.md section 12 for heads of HTTP. Each build replays the inputs in
 * {@code HttpFuzzTestInputs}; the nights look for new ones.
 */
class HttpFuzzTest {

    private static final WireLimits STANDARD = WireLimits.STANDARD;
    private static final WireLimits HUGE = Limits.maximum(WireLimits.class);

    @FuzzTest
    void httpRequestLine(byte[] data) {
        checkRequest(data);
        checkAnswer(data);
        ByteBuffer in = ByteBuffer.wrap(data);
        if (!(Giv.decode(in, STANDARD) instanceof Decoded.Complete)) {
            assertThat(in.position()).isZero();
        }
    }

    private static void checkRequest(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        if (HeadCodec.decodeRequest(in, STANDARD) instanceof Decoded.Complete<RequestHead> complete) {
            RequestHead head = complete.message();
            ByteBuffer out = ByteBuffer.allocate(head.wireSize());
            HeadCodec.encode(head, out);
            assertThat(out.remaining()).isZero();
            assertThat(HeadCodec.decodeRequest(out.flip(), HUGE)).isEqualTo(complete);
            assertThat(head.headers().get("Transfer-Encoding")).isEmpty();
            assertThat(head.route()).isNotNull();
            assertThat(RangeAsked.of(head.headers().get("Range"), 100)).isNotNull();
        } else {
            assertThat(in.position()).isZero();
        }
    }

    private static void checkAnswer(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        if (HeadCodec.decodeResponse(in, STANDARD) instanceof Decoded.Complete<ResponseHead> complete) {
            ResponseHead head = complete.message();
            ByteBuffer out = ByteBuffer.allocate(head.wireSize());
            HeadCodec.encode(head, out);
            assertThat(out.remaining()).isZero();
            assertThat(HeadCodec.decodeResponse(out.flip(), HUGE)).isEqualTo(complete);
            Optional<ContentRange> range = head.headers().get("Content-Range").flatMap(ContentRange::parse);
            range.ifPresent(given -> assertThat(given.size()).isPositive());
            assertThat(head.contentLength().orElse(0)).isNotNegative();
        } else {
            assertThat(in.position()).isZero();
        }
    }
}
