package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Ping;

/** The rules of the boundary: one event at a time, a clock that stands still, answers that come later. */
class EntryTest {

    private static final Sha1 SOME_SHA1 = Sha1.digestOf(new byte[0]);

    private final HostRig rig = new HostRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void anEntryFromInsideAnotherWaitsForItsEnd() {
        HostRig.Node node = rig.start(ImmutableMap.of());
        List<String> order = new CopyOnWriteArrayList<>();
        node.host().run(() -> {
            order.add("outer begins");
            node.host().run(() -> order.add("inner"));
            order.add("outer ends");
        });
        await().until(() -> order.size() == 3);
        assertThat(order).containsExactly("outer begins", "outer ends", "inner");
    }

    /** Spec/hardening.md B6. */
    @Test
    void anEventThatTakesTooLongIsCounted() {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.alarmMillis", 10L));
        HostRig.call(node, () -> {
            long began = System.nanoTime();
            while (System.nanoTime() - began < 20_000_000) {
                Thread.onSpinWait();
            }
            return 0;
        });
        assertThat(node.status().limitHits()).containsKey("alarms.eventTookTooLong");
    }

    @Test
    void theClockStandsStillDuringAnEntryAndNeverGoesBack() {
        HostRig.Node node = rig.start(ImmutableMap.of());
        AtomicLong last = new AtomicLong();
        for (int i = 0; i < 100; i++) {
            HostRig.call(node, () -> {
                long before = node.host().now();
                long spun = LongStream.range(0, 100_000).sum();
                assertThat(node.host().now()).isEqualTo(before + (spun < 0 ? 1 : 0));
                assertThat(before).isGreaterThanOrEqualTo(last.getAndSet(before));
                return 0;
            });
        }
    }

    @Test
    void anEngineIsWokenAtItsDeadlineAndNotMuchBefore() {
        HostRig.Node node = rig.start(ImmutableMap.of());
        List<Long> late = new CopyOnWriteArrayList<>();
        AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);
        node.engine().nextWake = deadline::get;
        node.engine().onWake = () -> {
            late.add(node.host().now() - deadline.get());
            deadline.set(late.size() < 20 ? node.host().now() + 10 : Long.MAX_VALUE);
        };
        node.host().run(() -> deadline.set(node.host().now() + 50));
        await().until(() -> late.size() == 20);
        assertThat(late).allMatch(millis -> millis >= 0);
        await().during(java.time.Duration.ofMillis(100)).until(() -> late.size() == 20);
    }

    @Test
    void aDeadlineThatMovesForwardIsMet() {
        HostRig.Node node = rig.start(ImmutableMap.of());
        AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);
        AtomicLong woken = new AtomicLong();
        node.engine().nextWake = deadline::get;
        node.engine().onWake = () -> {
            woken.incrementAndGet();
            deadline.set(Long.MAX_VALUE);
        };
        node.host().run(() -> deadline.set(node.host().now() + 3_600_000));
        node.host().run(() -> deadline.set(node.host().now() + 20));
        await().until(() -> woken.get() == 1);
    }

    @Test
    void anEngineThatFailsLosesTheLinkAndTheNodeGoesOn() throws IOException {
        HostRig.Node node = rig.start(ImmutableMap.of());
        node.engine().onMessage = (link, message) -> {
            throw new IllegalStateException("planted by the test");
        };
        HostRig.Node other = rig.start(ImmutableMap.of());
        other.engine().onJoined = link -> assertThat(
                        link.send(new Ping(praline.protocol.Guid.ZERO, 1, 0, praline.protocol.Bytes.EMPTY)))
                .isTrue();
        other.dial(node.endpoint());
        await().until(() -> node.engine().ends.contains(CloseReason.PROTOCOL_ERROR));
        assertThat(node.status().engineBugs()).isEqualTo(1);
        RawPeer.join(node.endpoint(), 0).close();
    }

    @Test
    void jobsOfADownloadAreAnsweredLaterInTheOrderInWhichTheyCame() {
        List<Job> done = new CopyOnWriteArrayList<>();
        HostRig.Node node = rig.start(HostRig.config(ImmutableMap.of()), HostRig.disk(job -> {
            done.add(job);
            return new JobResult.Opened(done.size(), 0);
        }));
        List<String> expected = new ArrayList<>(List.of("start"));
        HostRig.call(node, () -> {
            for (int i = 1; i <= 100; i++) {
                long ticket = node.host().overlay().submit(new Job.OpenDownload(SOME_SHA1, i));
                expected.add("done " + ticket + " " + new JobResult.Opened(i, 0));
            }
            assertThat(node.engine().events).as("not from inside").containsExactly("start");
            return 0;
        });
        await().until(() -> node.engine().events.size() == expected.size());
        assertThat(node.engine().events).isEqualTo(expected);
        assertThat(done).extracting(job -> ((Job.OpenDownload) job).size()).isSorted();
    }

    @Test
    void aSlowDownloadDoesNotHoldUpAnother() {
        CountDownLatch disk = new CountDownLatch(1);
        HostRig.Node node = rig.start(HostRig.config(ImmutableMap.of()), HostRig.disk(job -> {
            if (((Job.CloseDownload) job).sha1().equals(SOME_SHA1)) {
                waitFor(disk);
            }
            return new JobResult.Closed();
        }));
        Sha1 other = Sha1.digestOf(new byte[1]);
        HostRig.call(node, () -> {
            node.host().overlay().submit(new Job.CloseDownload(SOME_SHA1));
            node.host().overlay().submit(new Job.CloseDownload(SOME_SHA1));
            node.host().overlay().submit(new Job.CloseDownload(other));
            node.host().overlay().submit(new Job.CloseDownload(other));
            return 0;
        });
        await().until(() -> node.engine().events.size() == 3);
        disk.countDown();
        await().until(() -> node.engine().events.size() == 5);
        assertThat(node.engine().events)
                .extracting(line -> line.substring(0, Math.min(6, line.length())))
                .containsExactly("start", "done 3", "done 4", "done 1", "done 2");
    }

    @Test
    void moreJobsThanTheQueueHoldsFailAtOnceAndABrokenJobFailsToo() {
        CountDownLatch disk = new CountDownLatch(1);
        HostRig.Node node = rig.start(HostRig.config(ImmutableMap.of("limits.net.jobs", 4L)), HostRig.disk(job -> {
            waitFor(disk);
            throw new IllegalStateException("planted by the test");
        }));
        HostRig.call(node, () -> {
            for (int i = 1; i <= 6; i++) {
                node.host().overlay().submit(new Job.OpenDownload(SOME_SHA1, i));
            }
            return 0;
        });
        await().until(() -> node.engine().events.size() == 3);
        disk.countDown();
        await().until(() -> node.engine().events.size() == 7);
        assertThat(node.engine().events)
                .filteredOn(line -> line.contains("Failed"))
                .hasSize(6);
        assertThat(node.status().limitHits()).containsEntry("limits.net.jobs", 2L);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
