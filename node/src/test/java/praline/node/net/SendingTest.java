package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Query;

/** What an engine sends: budgets, slow readers, and last words. */
class SendingTest {

    private static final int BUDGET = NetLimits.STANDARD.net().overlaySendBudget();
    private static final int OVERDRAFT = NetLimits.STANDARD.net().overdraft();
    private static final int SMALL_BUFFER = 4_096;
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final HostRig rig = new HostRig();
    private final List<RawPeer> peers = new ArrayList<>();

    @AfterEach
    void end() throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
        rig.close();
    }

    @Test
    void aTurnTakesTheBudgetAndNotAByteMore() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Link<OverlayFrame> link = joinedLink(node, 0);
        int accepted = HostRig.call(node, () -> {
            int sum = 0;
            while (link.send(query(1_000))) {
                sum += query(1_000).wireSize();
                assertThat(link.room()).isEqualTo(BUDGET - sum);
            }
            return sum;
        });
        assertThat(accepted).isBetween(BUDGET - query(1_000).wireSize() + 1, BUDGET);
        assertThat(node.status().limitHits()).containsEntry("limits.net.overlaySendBudget", 1L);
    }

    @Test
    void aByeOverdrawsAndOnlySoFar() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Link<OverlayFrame> link = joinedLink(node, 0);
        int overdrawn = HostRig.call(node, () -> {
            fill(link);
            int sum = 0;
            while (link.send(bye(4_000))) {
                sum += bye(4_000).wireSize();
            }
            return sum;
        });
        assertThat(overdrawn)
                .isBetween(
                        OVERDRAFT - bye(4_000).wireSize(),
                        OVERDRAFT + query(1_000).wireSize());
    }

    @Test
    void onWritableFollowsARefusalWhenThereIsRoomAgain() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        AtomicInteger roomThen = new AtomicInteger();
        node.engine().onWritable = link -> roomThen.set(link.room());
        Link<OverlayFrame> link = joinedLink(node, SMALL_BUFFER);
        fillTheSystemsBuffersToo(node, link);

        RawPeer peer = peers.get(0);
        await().pollInterval(OFTEN).until(() -> {
            peer.socket.getInputStream().readNBytes(SMALL_BUFFER);
            return roomThen.get() >= BUDGET / 2;
        });
    }

    @Test
    void readersThatNeverReadCostNoMoreThanTheirBudgets() throws IOException {
        int readers = 100;
        int offered = 4 << 20;
        HostRig.Node node = rig.start(ImmutableMap.of());
        for (int i = 0; i < readers; i++) {
            peers.add(RawPeer.join(node.endpoint(), SMALL_BUFFER));
        }
        await().until(() -> node.engine().joined.size() == readers);
        long before = usedHeap();

        for (int sent = 0; sent < offered; sent += 64 * query(1_000).wireSize()) {
            HostRig.call(node, () -> {
                node.engine().joined.forEach(link -> send(link, 64));
                return 0;
            });
        }

        // Buffers outside the heap are bounded by the same numbers, for Vert.x is never given more.
        assertThat(usedHeap() - before).isLessThan(2L * readers * BUDGET);
        assertThat(HostRig.call(
                        node,
                        () -> node.engine().joined.stream()
                                .mapToInt(Link::room)
                                .max()
                                .getAsInt()))
                .as("they are all full")
                .isLessThan(BUDGET / 2);
    }

    /** Spec/hardening.md B4. */
    @Test
    void readersThatNeverReadAreCutWhenTheNodeHoldsTooMuchForAllOfThem() throws IOException {
        int readers = 4;
        int nodeQueues = 3 * BUDGET;
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.nodeQueues", (long) nodeQueues));
        for (int i = 0; i < readers; i++) {
            peers.add(RawPeer.join(node.endpoint(), SMALL_BUFFER));
        }
        await().until(() -> node.engine().joined.size() == readers);

        await().pollInterval(OFTEN).until(() -> {
            HostRig.call(node, () -> {
                node.engine().joined.forEach(SendingTest::fill);
                return 0;
            });
            return node.engine().ends.contains(CloseReason.OVER_LIMIT);
        });

        assertThat(node.status().limitHits()).containsKey("limits.net.nodeQueues");
        assertThat(node.status().links()).as("links that are left").isBetween(1, readers - 1);
    }

    @Test
    void aReaderThatStallsIsCut() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.stallMillis", 1_000L));
        Link<OverlayFrame> link = joinedLink(node, SMALL_BUFFER);
        await().atMost(Duration.ofSeconds(10)).pollInterval(OFTEN).until(() -> {
            HostRig.call(node, () -> {
                fill(link);
                return 0;
            });
            return node.engine().ends.contains(CloseReason.SLOW_READER);
        });
        assertThat(node.status().limitHits()).containsEntry("limits.net.stallMillis", 1L);
        assertThat(node.status().links()).isZero();
    }

    @Test
    void aReaderThatIsSlowButReadsIsNotCut() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.stallMillis", 1_000L));
        Link<OverlayFrame> link = joinedLink(node, SMALL_BUFFER);
        RawPeer peer = peers.get(0);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(OFTEN)
                .during(Duration.ofSeconds(3))
                .until(() -> {
                    HostRig.call(node, () -> {
                        fill(link);
                        return 0;
                    });
                    peer.socket.getInputStream().readNBytes(64 * 1_024);
                    return node.engine().ends.isEmpty();
                });
    }

    @Test
    void whatWasAcceptedGoesOutBeforeTheLinkCloses() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        Link<OverlayFrame> link = joinedLink(node, SMALL_BUFFER);
        int accepted = HostRig.call(node, () -> {
            int sum = 0;
            while (link.send(query(1_000))) {
                sum += query(1_000).wireSize();
            }
            assertThat(link.send(bye(100))).isTrue();
            link.close(CloseReason.BYE);
            assertThat(link.send(bye(100))).as("closed is closed").isFalse();
            return sum + bye(100).wireSize();
        });
        assertThat(peers.get(0).drain()).isEqualTo(accepted);
        await().until(() -> node.engine().ends.equals(List.of(CloseReason.BYE)));
    }

    @Test
    void aPeerThatDoesNotReadTheLastWordsIsCut() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.closeMillis", 300L));
        Link<OverlayFrame> link = joinedLink(node, SMALL_BUFFER);
        fillTheSystemsBuffersToo(node, link);
        HostRig.call(node, () -> {
            link.close(CloseReason.SHUTDOWN);
            return 0;
        });
        await().atMost(Duration.ofSeconds(3)).until(() -> node.engine().ends.equals(List.of(CloseReason.SHUTDOWN)));
        assertThat(node.status().limitHits()).containsEntry("limits.net.closeMillis", 1L);
    }

    private Link<OverlayFrame> joinedLink(HostRig.Node node, int receiveBuffer) throws IOException {
        peers.add(RawPeer.join(node.endpoint(), receiveBuffer));
        await().until(() -> node.engine().joined.size() == 1);
        return node.engine().joined.get(0);
    }

    /** Until nothing has gone out for a while. */
    private static void fillTheSystemsBuffersToo(HostRig.Node node, Link<OverlayFrame> link) {
        await().pollInterval(OFTEN).during(OFTEN.multipliedBy(10)).until(() -> {
            int before = HostRig.call(node, link::room);
            HostRig.call(node, () -> {
                fill(link);
                return 0;
            });
            return before < BUDGET / 4;
        });
    }

    private static void fill(Link<OverlayFrame> link) {
        send(link, Integer.MAX_VALUE);
    }

    private static void send(Link<OverlayFrame> link, int count) {
        for (int i = 0; i < count; i++) {
            if (!link.send(query(1_000))) {
                return;
            }
        }
    }

    private static Message query(int textSize) {
        return new Query(new Guid(1, 2), 3, 0, 0, Bytes.copyOf(new byte[textSize]), Bytes.EMPTY);
    }

    private static Message bye(int reasonSize) {
        return new Bye(Guid.ZERO, 1, 0, 200, Bytes.copyOf(new byte[reasonSize]));
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
