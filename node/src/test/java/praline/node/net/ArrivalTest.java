package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.testing.Seeds;

/** What comes in on the port before an engine has it: first bytes, deadlines, floods. */
class ArrivalTest {

    private static final int DRIPPERS = Integer.getInteger("praline.drippers", 50);

    private final HostRig rig = new HostRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void firstBytesDecideHoweverTheyAreCut() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        byte[] greeting = RawPeer.GREETING.getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 1; cut < greeting.length; cut++) {
            try (RawPeer peer = RawPeer.dial(node.endpoint())) {
                peer.say(new String(greeting, 0, cut, StandardCharsets.ISO_8859_1));
                peer.say(new String(greeting, cut, greeting.length - cut, StandardCharsets.ISO_8859_1));
                assertThat(peer.hearBlock()).startsWith("GNUTELLA/0.6 200");
            }
        }
    }

    @Test
    void bytesOneByOneAreAHandshakeToo() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        try (RawPeer peer = RawPeer.dial(node.endpoint())) {
            for (byte next : RawPeer.GREETING.getBytes(StandardCharsets.ISO_8859_1)) {
                peer.say(new byte[] {next});
            }
            assertThat(peer.hearBlock()).startsWith("GNUTELLA/0.6 200");
            peer.say(RawPeer.CONFIRMATION);
            await().until(() -> node.engine().joined.size() == 1);
        }
    }

    @Test
    void whatIsNoProtocolOfOursIsClosedWithoutAWord() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        List<String> junk = new ArrayList<>(List.of(
                "GNUTELLB",
                "SSH-2.0-x\r\n",
                "\u0016\u0003\u0001",
                "POST / HTTP/1.1\r\n",
                "gnutella connect",
                " GET /"));
        junk.add("\u0013BitTorrent protocol and more");
        junk.add("GET / HTTP/1.1\r\n\r\n");
        for (String first : junk) {
            try (RawPeer peer = RawPeer.dial(node.endpoint())) {
                peer.say(first);
                assertThat(peer.drain()).as(first).isZero();
            }
        }
        assertThat(node.engine().events).containsExactly("start");
        await().until(() -> node.status().handshaking() == 0);
    }

    @Test
    void randomFirstBytesNeverReachAnEngine() {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Seeds.check(50, random -> {
            byte[] junk = new byte[1 + random.nextInt(64)];
            random.nextBytes(junk);
            junk[0] = (byte) (junk[0] | 0x80);
            try (RawPeer peer = RawPeer.dial(node.endpoint())) {
                peer.say(junk);
                assertThat(peer.drain()).isZero();
            }
        });
        assertThat(node.engine().events).containsExactly("start");
    }

    @Test
    void whoSaysNothingIsShownOut() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.firstByteMillis", 200L));
        try (RawPeer silent = RawPeer.dial(node.endpoint());
                RawPeer hesitant = RawPeer.dial(node.endpoint())) {
            hesitant.say("GNUT");
            assertThat(silent.drain()).isZero();
            assertThat(hesitant.drain()).isZero();
        }
        assertThat(node.status().limitHits()).containsEntry("limits.net.firstByteMillis", 2L);
    }

    @Test
    void aHandshakeThatDripsIsCutAndOthersComeInMeanwhile() throws IOException {
        HostRig.Node node =
                rig.start(ImmutableMap.of("limits.net.firstByteMillis", 500L, "limits.net.handshakeMillis", 1_000L));
        List<RawPeer> drippers = new ArrayList<>();
        for (int i = 0; i < DRIPPERS; i++) {
            RawPeer dripper = RawPeer.dial(node.endpoint());
            dripper.say("GNUTELLA CONNECT/0.6\r\nX-Drip: ");
            drippers.add(dripper);
        }
        await().until(() -> node.engine().links.size() == DRIPPERS);

        RawPeer.join(node.endpoint(), 0).close();
        await().until(() -> node.engine().events.contains("closed REMOTE_CLOSED"));

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    drippers.forEach(dripper -> dripper.trySay("x"));
                    return node.engine().links.isEmpty();
                });
        assertThat(node.engine().ends)
                .filteredOn(CloseReason.HANDSHAKE_TIMED_OUT::equals)
                .hasSize(DRIPPERS);
        for (RawPeer dripper : drippers) {
            dripper.drain();
            dripper.close();
        }
    }

    @Test
    void aFullGateLetsNewcomersInWhenTheOldestHaveHadTheirTime() throws IOException {
        // Profile lab lets 100 times as many in; so four here are 400, and the test takes 401.
        HostRig.Node node = rig.start(ImmutableMap.of(
                "limits.net.handshakes",
                4L,
                "limits.net.firstByteMillis",
                300L,
                "limits.net.handshakeMillis",
                60_000L));
        List<RawPeer> silent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            RawPeer peer = RawPeer.dial(node.endpoint());
            peer.say("GNUTELLA CONNECT/0.6\r\n");
            silent.add(peer);
        }
        await().until(() -> node.status().handshaking() == 400);

        await().atMost(Duration.ofSeconds(3)).until(() -> joins(node));

        assertThat(node.engine().ends).contains(CloseReason.OVER_LIMIT);
        assertThat(node.status().limitHits()).containsKey("limits.net.handshakes");
        for (RawPeer peer : silent) {
            peer.close();
        }
    }

    private static boolean joins(HostRig.Node node) {
        try {
            RawPeer.join(node.endpoint(), 0).close();
            return true;
        } catch (IOException turnedAway) {
            return false;
        }
    }
}
