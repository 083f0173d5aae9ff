package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.gnutella.GnutellaCodec;
import praline.protocol.gnutella.Ping;

/** What arrives on a link: fair turns, pauses, ends, and bytes that are no message. */
class ReadingTest {

    private static final Ping PING = new Ping(new Guid(3, 4), 1, 0, Bytes.EMPTY);

    private final HostRig rig = new HostRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aFloodOnOneLinkLeavesTurnsForOthers() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.turnMessages", 16L));
        AtomicInteger inThisTurn = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        node.engine().onMessage = (link, message) -> {
            heard.incrementAndGet();
            if (inThisTurn.getAndIncrement() == 0) {
                node.host().later(() -> most.accumulateAndGet(inThisTurn.getAndSet(0), Math::max));
            }
        };
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            peer.say(pings(10_000));
            await().until(() -> heard.get() == 10_000);
        }
        // A continuation may be queued ahead of the probe, so that two shares fall between two probes, and never more.
        assertThat(most.get()).isBetween(16, 32);
    }

    @Test
    void everythingThatCameBeforeTheEndIsHeardBeforeTheEnd() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.turnBytes", 1_024L, "limits.net.turnMessages", 7L));
        AtomicInteger heard = new AtomicInteger();
        node.engine().onMessage = (link, message) -> heard.incrementAndGet();
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            peer.say(pings(20_000));
        }
        await().until(() -> node.engine().ends.size() == 1);
        assertThat(heard.get()).isEqualTo(20_000);
        assertThat(node.engine().ends).isEqualTo(List.of(CloseReason.REMOTE_CLOSED));
    }

    @Test
    void anEngineThatDoesNotReadHearsNothingUntilItReadsAgain() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        AtomicInteger heard = new AtomicInteger();
        node.engine().onMessage = (link, message) -> {
            if (heard.incrementAndGet() == 10) {
                link.read(false);
            }
        };
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            peer.say(pings(1_000));
            await().until(() -> heard.get() >= 10);
            await().during(Duration.ofMillis(200)).until(() -> heard.get() == 10);
            node.host().run(() -> node.engine().joined.get(0).read(true));
            await().until(() -> heard.get() == 1_000);
        }
    }

    @Test
    void anEngineThatDoesNotReadIsFeltByTheSender() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        node.engine().onJoined = link -> link.read(false);
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            await().until(() -> node.engine().joined.size() == 1);
            String lots = new String(pings(10_000), StandardCharsets.ISO_8859_1);
            AtomicInteger said = new AtomicInteger();
            Thread sender = new Thread(() -> {
                while (peer.trySay(lots)) {
                    said.incrementAndGet();
                }
            });
            sender.start();
            // The system's buffers take some megabytes; then the sender stands still.
            AtomicInteger lastSeen = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> lastSeen.getAndSet(said.get()) == said.get());
            assertThat(said.get()).isLessThan(1_000);
            assertThat(sender.isAlive()).isTrue();
        }
    }

    @Test
    void aFrameThatIsCutAnywhereIsStillOneFrame() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        AtomicInteger heard = new AtomicInteger();
        node.engine().onMessage = (link, message) -> heard.incrementAndGet();
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            for (byte next : pings(50)) {
                peer.say(new byte[] {next});
            }
            await().until(() -> heard.get() == 50);
        }
    }

    @Test
    void aLengthBeyondAllBoundsEndsTheLinkAtOnce() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        try (RawPeer peer = RawPeer.join(node.endpoint(), 0)) {
            byte[] endless = pings(1);
            endless[19] = (byte) 0xFF;
            endless[22] = (byte) 0xFF;
            peer.say(endless);
            peer.say(pings(100));
            peer.drain();
        }
        await().until(() -> !node.engine().ends.isEmpty());
        assertThat(node.engine().events).containsSubsequence("defect TOO_LARGE", "closed PROTOCOL_ERROR");
        assertThat(node.status().engineBugs()).isZero();
    }

    private static byte[] pings(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * PING.wireSize());
        for (int i = 0; i < count; i++) {
            GnutellaCodec.encode(PING, bytes);
        }
        return bytes.array();
    }
}
