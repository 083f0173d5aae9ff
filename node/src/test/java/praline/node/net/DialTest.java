package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.UserError;
import praline.protocol.WireLimits;

/** Where a node listens and whom it dials, and what it says when that does not work. */
class DialTest {

    private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

    private final HostRig rig = new HostRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aPortThatAnotherProgramHasIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            assertThatThrownBy(() -> startOn(Endpoint.ofIpv4(0x7F000001, other.getLocalPort()), Profile.LAB))
                    .hasMessage("the port is taken: 127.0.0.1:" + other.getLocalPort())
                    .isInstanceOfSatisfying(
                            UserError.class,
                            refused -> assertThat(refused.kind()).isEqualTo(UserError.Kind.NETWORK));
        }
    }

    @Test
    void aPortThatAnotherNodeOfThisProcessHasIsTaken() {
        HostRig.Node first = rig.start(ImmutableMap.of());
        assertThatThrownBy(() -> startOn(first.endpoint(), Profile.LAB)).isInstanceOf(UserError.class);
        HostRig.await(first.host().close());
        assertThat(startOn(first.endpoint(), Profile.LAB).endpoint()).isEqualTo(first.endpoint());
    }

    @Test
    void anAddressOfAnotherMachineIsNone() {
        assertThatThrownBy(() -> startOn(Endpoint.parse("192.0.2.1:0").orElseThrow(), Profile.INTERNET))
                .isInstanceOf(UserError.class)
                .hasMessage("this machine has no such address: 192.0.2.1:0");
    }

    @Test
    void aLaboratoryStaysOnLoopback() {
        assertThatThrownBy(() -> startOn(Endpoint.parse("0.0.0.0:0").orElseThrow(), Profile.LAB))
                .isInstanceOf(UserError.class)
                .hasMessage("a node of profile lab listens on loopback only: 0.0.0.0:0");
        HostRig.Node node = rig.start(ImmutableMap.of());
        long ticket = node.dial(Endpoint.parse("192.0.2.1:6346").orElseThrow());
        await().until(() -> node.engine().events.contains("failed " + ticket + " FORBIDDEN"));
    }

    @Test
    void nobodyListeningIsARefusal() {
        HostRig.Node gone = rig.start(ImmutableMap.of());
        HostRig.await(gone.host().close());
        HostRig.Node node = rig.start(ImmutableMap.of());
        long ticket = node.dial(gone.endpoint());
        await().until(() -> node.engine().events.contains("failed " + ticket + " REFUSED"));
        assertThat(node.status().halfOpen()).isZero();
    }

    @Test
    void aDialLeavesFromTheAddressThatTheNodeListensOn() throws IOException {
        HostRig.Node node = startOn(Endpoint.parse("127.0.3.7:0").orElseThrow(), Profile.LAB);
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            node.dial(Endpoint.ofIpv4(0x7F000001, other.getLocalPort()));
            try (RawPeer peer = RawPeer.of(other.accept())) {
                assertThat(peer.socket.getInetAddress().getHostAddress()).isEqualTo("127.0.3.7");
                assertThat(peer.hearBlock()).startsWith("GNUTELLA CONNECT/0.6");
            }
        }
    }

    @Test
    void dialsThatNobodyAnswersTimeOutAndTheOthersWaitForTheirTurn() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.halfOpen", 2L, "limits.net.dialMillis", 300L));
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, LOOPBACK)) {
            Endpoint full = Endpoint.ofIpv4(0x7F000001, deaf.getLocalPort());
            // A backlog of one is full with two connections that nobody accepts; the system drops what comes after
            // them.
            for (int i = 0; i < 2; i++) {
                Socket waiting = new Socket();
                waiting.connect(new InetSocketAddress(LOOPBACK, deaf.getLocalPort()));
                crowd.add(waiting);
            }
            List<Long> tickets = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                tickets.add(node.dial(full));
            }
            await().until(() -> node.status().halfOpen() == 2);
            for (long ticket : tickets) {
                await().until(() -> node.engine().events.contains("failed " + ticket + " TIMED_OUT"));
            }
            assertThat(node.status().limitHits()).containsKey("limits.net.halfOpen");
        }
        for (Socket socket : crowd) {
            socket.close();
        }
    }

    @Test
    void everyDialIsAnsweredExactlyOnce() {
        HostRig.Node target = rig.start(ImmutableMap.of());
        HostRig.Node gone = rig.start(ImmutableMap.of());
        HostRig.await(gone.host().close());
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.dialsWaiting", 100L));
        for (int i = 0; i < 50; i++) {
            node.dial(target.endpoint());
            node.dial(gone.endpoint());
        }
        await().until(() -> node.engine().joined.size() == 50);
        await().until(() -> failures(node).size() == 50);
        assertThat(node.engine().events)
                .filteredOn(line -> line.startsWith("open "))
                .doesNotHaveDuplicates()
                .hasSize(50);
        assertThat(failures(node)).doesNotHaveDuplicates();
    }

    private static List<String> failures(HostRig.Node node) {
        return node.engine().events.stream()
                .filter(line -> line.startsWith("failed "))
                .toList();
    }

    private HostRig.Node startOn(Endpoint where, Profile profile) {
        Future<HostRig.Node> start =
                rig.begin(new HostConfig(where, profile, NetLimits.STANDARD, WireLimits.STANDARD, 7), HostRig.NO_DISK);
        return HostRig.await(start);
    }
}
