package praline.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.overlay.KnownHost;
import praline.protocol.Endpoint;

/** What a node remembers of other hosts between two runs, as bytes. */
class HostsFileTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long DAY = 86_400_000;

    private final List<KnownHost> hosts = List.of(host("192.0.2.1:6346", true), host("[2001:db8::1]:7000", false));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(HostsFile.decoded(HostsFile.encoded(hosts, NOW), NOW + DAY)).isEqualTo(hosts);
    }

    @Test
    void ofHostsOfLongAgoOrOfTheFutureNobodyIsKnownToLive() {
        byte[] bytes = HostsFile.encoded(hosts, NOW);

        for (long wall : new long[] {NOW + 31 * DAY, NOW - 1, NOW - 3_650 * DAY}) {
            assertThat(HostsFile.decoded(bytes, wall))
                    .containsExactly(host("192.0.2.1:6346", false), host("[2001:db8::1]:7000", false));
        }
    }

    @Test
    void linesThatAreNoneOfOursArePassedOver() {
        byte[] bytes = "yesterday\n+ 192.0.2.1:6346\nnonsense\n- \n- 192.0.2.2:1\n".getBytes(StandardCharsets.UTF_8);

        assertThat(HostsFile.decoded(bytes, NOW))
                .containsExactly(host("192.0.2.1:6346", false), host("192.0.2.2:1", false));
        assertThat(HostsFile.decoded(new byte[0], NOW)).isEmpty();
    }

    private static KnownHost host(String address, boolean isProven) {
        return new KnownHost(Endpoint.parse(address).orElseThrow(), isProven);
    }
}
