package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.protocol.Endpoint;
import praline.protocol.Limits;

/** Who is shut out, for how long, and how many are remembered (spec/hardening.md S2, C14). */
class BansTest {

    private static final int HOUR = 3_600_000;

    private final Bans bans = new Bans(Limits.with(SwarmLimits.class, Map.of("limits.blame.bans", 16L)));

    @Test
    void aPublicAddressIsBannedAsAWholeForAnHour() {
        bans.ban(at("198.51.100.7:6881"), 5);

        assertThat(bans.isBanned(at("198.51.100.7:9999"), 5 + HOUR - 1)).isTrue();
        assertThat(bans.isBanned(at("198.51.100.7:6881"), 5 + HOUR)).isFalse();
        assertThat(bans.isBanned(at("198.51.100.8:6881"), 5)).isFalse();
    }

    @Test
    void onPrivateAndLoopbackAddressesOnlyThePortIsBanned() {
        for (String host : new String[] {"127.0.0.1", "192.168.1.2", "[::1]"}) {
            bans.ban(at(host + ":6881"), 5);

            assertThat(bans.isBanned(at(host + ":6881"), 6)).isTrue();
            assertThat(bans.isBanned(at(host + ":6882"), 6)).isFalse();
        }
    }

    @Test
    void aSecondOffenceBeginsTheHourAnew() {
        bans.ban(at("198.51.100.7:1"), 0);
        bans.ban(at("198.51.100.7:1"), HOUR / 2);

        assertThat(bans.isBanned(at("198.51.100.7:1"), HOUR)).isTrue();
        assertThat(bans.size()).isEqualTo(1);
    }

    @Test
    void theOldestBansGiveWayWhenThereAreTooMany() {
        for (int i = 0; i < 100; i++) {
            bans.ban(Endpoint.ofIpv4(0xC633_6400 + i, 1), i);
            assertThat(bans.size()).isLessThanOrEqualTo(16);
        }

        assertThat(bans.isBanned(Endpoint.ofIpv4(0xC633_6400 + 83, 1), 100)).isFalse();
        assertThat(bans.isBanned(Endpoint.ofIpv4(0xC633_6400 + 84, 1), 100)).isTrue();
    }

    private static Endpoint at(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
