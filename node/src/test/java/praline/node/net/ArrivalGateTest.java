package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.node.net.ArrivalGate.Visit;
import praline.protocol.Endpoint;
import praline.protocol.Limits;

/** Who may come in, with a clock by hand. */
class ArrivalGateTest {

    private static final int FIRST_BYTE_MILLIS = 5_000;

    private final LimitHits hits = new LimitHits();
    private final List<Integer> turnedOut = new ArrayList<>();

    @Test
    void theOldestGivesWayOnlyAfterItHadTimeToSpeak() {
        ArrivalGate gate = gate(Profile.INTERNET, ImmutableMap.of("limits.net.handshakes", 4L));
        for (int i = 0; i < 4; i++) {
            assertThat(enter(gate, i, i)).isNotNull();
        }
        assertThat(enter(gate, 4, FIRST_BYTE_MILLIS - 1)).isNull();
        assertThat(turnedOut).isEmpty();
        assertThat(enter(gate, 5, FIRST_BYTE_MILLIS)).isNotNull();
        assertThat(turnedOut).containsExactly(0);
        assertThat(enter(gate, 6, FIRST_BYTE_MILLIS))
                .as("the next oldest is 1 ms too young")
                .isNull();
        assertThat(hits.all()).containsEntry("limits.net.handshakes", 3L);
    }

    @Test
    void aFinishedHandshakeMakesRoom() {
        ArrivalGate gate = gate(Profile.INTERNET, ImmutableMap.of("limits.net.handshakes", 4L));
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            visits.add(enter(gate, i, 0));
        }
        visits.get(1).settled();
        assertThat(enter(gate, 4, 0)).isNotNull();
        visits.get(2).left();
        assertThat(enter(gate, 5, 0)).isNotNull();
        assertThat(enter(gate, 6, 0)).isNull();
    }

    @Test
    void oneAddressHasAFewConnectionsAtATime() {
        ArrivalGate gate = gate(Profile.INTERNET, ImmutableMap.of());
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            visits.add(gate.enter(address(1), 0, () -> {}));
        }
        assertThat(visits).doesNotContainNull();
        assertThat(gate.enter(address(1), 0, () -> {})).isNull();
        assertThat(gate.enter(address(2), 0, () -> {})).as("somebody else").isNotNull();
        visits.get(0).left();
        assertThat(gate.enter(address(1), 0, () -> {})).isNotNull();
    }

    @Test
    void oneAddressComesTenTimesAndThenThirtyTimesAMinute() {
        ArrivalGate gate = gate(Profile.INTERNET, ImmutableMap.of());
        assertThat(comesAndGoes(gate, address(1), 0)).isEqualTo(10);
        assertThat(comesAndGoes(gate, address(1), 2_000)).isEqualTo(1);
        assertThat(comesAndGoes(gate, address(1), 12_000)).isEqualTo(5);
        assertThat(hits.all()).containsKey("limits.net.acceptsPerAddress");
    }

    @Test
    void aLanIsFourTimesAsPatientAndALaboratoryDoesNotAsk() {
        assertThat(comesAndGoes(gate(Profile.LAN, ImmutableMap.of()), address(1), 0))
                .isEqualTo(40);
        assertThat(comesAndGoes(gate(Profile.LAB, ImmutableMap.of()), address(1), 0))
                .isEqualTo(1_000);
    }

    @Test
    void theAddressesOfOneSubscriberCountTogether() {
        ArrivalGate gate = gate(Profile.INTERNET, ImmutableMap.of());
        int admitted = 0;
        for (int host = 0; host < 20; host++) {
            admitted += gate.enter(ipv6(0x20010DB8_00000000L, host), 0, () -> {}) == null ? 0 : 1;
        }
        assertThat(admitted).isEqualTo(8);
        for (int subscriber = 1; subscriber < 200; subscriber++) {
            admitted += gate.enter(ipv6(0x20010DB8_00000000L | subscriber << 8, 1), 0, () -> {}) == null ? 0 : 1;
        }
        assertThat(admitted).as("eight times as many from one /48").isEqualTo(64);
    }

    @Test
    void allTogetherComeAtALimitedRate() {
        ArrivalGate gate =
                gate(Profile.INTERNET, ImmutableMap.of("limits.net.accepts", 3L, "limits.net.handshakes", 1_000L));
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += enter(gate, i, 0) == null ? 0 : 1;
        }
        assertThat(admitted).isEqualTo(3);
        assertThat(enter(gate, 100, 334)).isNotNull();
    }

    private ArrivalGate gate(Profile profile, Map<String, Long> overrides) {
        return new ArrivalGate(Limits.with(NetLimits.class, overrides).net(), profile, hits, 0);
    }

    private Visit enter(ArrivalGate gate, int who, long now) {
        return gate.enter(address(who), now, () -> turnedOut.add(who));
    }

    private static int comesAndGoes(ArrivalGate gate, Endpoint who, long now) {
        for (int times = 0; times < 1_000; times++) {
            Visit visit = gate.enter(who, now, () -> {});
            if (visit == null) {
                return times;
            }
            visit.left();
        }
        return 1_000;
    }

    private static Endpoint address(int who) {
        return Endpoint.ofIpv4(0xC0000200 + who, 40_000);
    }

    private static Endpoint ipv6(long network, long host) {
        return new Endpoint(network, host, 40_000);
    }
}
