package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;
import praline.protocol.WireLimits;

/** The table of the host's limits, and hosts at its ends (spec/hardening.md L1, L6). */
class NetLimitsTest {

    @Test
    void everyLimitHasAKeyOfItsGroupARangeAndAReason() {
        assertThat(NetLimits.specs()).isNotEmpty().allSatisfy(spec -> {
            assertThat(spec.key()).startsWith("limits.net.");
            assertThat(spec.min()).isPositive().isLessThanOrEqualTo(spec.standard());
            assertThat(spec.max()).isGreaterThanOrEqualTo(spec.standard());
            assertThat(spec.unit()).isNotBlank();
            assertThat(spec.reason()).isNotBlank();
        });
    }

    @Test
    void everyKeyThatActsIsInTheTable() {
        List<String> keys = NetLimits.specs().stream().map(LimitSpec::key).toList();
        assertThat(keys)
                .contains(
                        "limits.net.accepts",
                        "limits.net.handshakes",
                        "limits.net.perAddress",
                        "limits.net.acceptsPerAddress",
                        "limits.net.dials",
                        "limits.net.halfOpen",
                        "limits.net.dialsWaiting",
                        "limits.net.firstByteMillis",
                        "limits.net.handshakeMillis",
                        "limits.net.overlaySendBudget",
                        "limits.net.stallMillis",
                        "limits.net.closeMillis",
                        "limits.net.inflow",
                        "limits.net.jobs",
                        "limits.net.jobBytes");
    }

    @Test
    void hostsWorkWithTheSmallestAndWithTheLargestLimits() {
        for (NetLimits limits : List.of(Limits.minimum(NetLimits.class), Limits.maximum(NetLimits.class))) {
            try (HostRig rig = new HostRig()) {
                HostRig.Node one = start(rig, limits);
                HostRig.Node other = start(rig, limits);
                one.dial(other.endpoint());
                await().until(() ->
                        one.engine().joined.size() == 1 && other.engine().joined.size() == 1);
            }
        }
    }

    private static HostRig.Node start(HostRig rig, NetLimits limits) {
        HostConfig config = new HostConfig(HostRig.ANYWHERE, Profile.LAB, limits, WireLimits.STANDARD, 1);
        return rig.start(config, HostRig.NO_DISK);
    }
}
