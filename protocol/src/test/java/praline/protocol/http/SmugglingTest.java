package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.WireLimits;

/** The corpus of ambiguous requests: each is refused, however it is cut (spec/hardening.md W10). */
class SmugglingTest {

    @Test
    void theCorpusHasAtLeastSixtyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsRefused() throws IOException {
        return cases().map(row -> DynamicTest.dynamicTest(row.get(0), () -> assertRefused(unescaped(row.get(1)))));
    }

    /** The first bytes that are refused stay refused, and none before them was taken for a whole request. */
    private static void assertRefused(byte[] request) {
        boolean refused = false;
        for (int size = 0; size <= request.length; size++) {
            ByteBuffer in = ByteBuffer.wrap(request, 0, size);
            Decoded<RequestHead> decoded = HeadCodec.decodeRequest(in, WireLimits.STANDARD);
            assertThat(decoded).isNotInstanceOf(Decoded.Complete.class);
            assertThat(in.position()).isZero();
            if (decoded instanceof Decoded.Fatal<RequestHead> fatal) {
                assertThat(fatal.defect()).isEqualTo(Defect.BAD_HTTP);
                refused = true;
            } else {
                assertThat(refused).as("refused, then not, at %d bytes", size).isFalse();
            }
        }
        assertThat(refused).isTrue();
    }

    private static Stream<List<String>> cases() throws IOException {
        return Resources.readLines(
                        Resources.getResource(SmugglingTest.class, "smuggling.txt"), StandardCharsets.US_ASCII)
                .stream()
                .filter(line -> !line.startsWith("#"))
                .map(Splitter.on(" | ").limit(2)::splitToList);
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(at, at + 2), 16));
                    at += 2;
                }
                default -> throw new IllegalArgumentException("no escape: " + escape);
            }
        }
        return bytes.toByteArray();
    }
}
