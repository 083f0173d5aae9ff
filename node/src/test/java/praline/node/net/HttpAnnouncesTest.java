package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Announced;
import praline.node.engine.JobResult.Failed;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest;

/** Announces over HTTP: to trackers as they should be, and to others. */
class HttpAnnouncesTest {

    private static final AnnounceRequest REQUEST = new AnnounceRequest(
            Sha1.digestOf(new byte[] {3}),
            Bytes.ofUtf8("-GN0001-abcdefghijkl"),
            6346,
            1,
            2,
            3,
            AnnounceRequest.Event.STARTED,
            0xABCD,
            50);

    private final HostRig rig = new HostRig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void peersComeFromTheAnswer() throws IOException {
        try (RawTracker tracker =
                RawTracker.saying(RawTracker.ok("d8:intervali900e5:peers6:\u007f\0\0\u0001\u0018\u00cae"))) {
            Announced answer = (Announced) announce(tracker.url() + "?user=7");
            assertThat(answer.reply().intervalSeconds()).isEqualTo(900);
            assertThat(answer.reply().peers()).containsExactly(Endpoint.ofIpv4(0x7F000001, 6346));
            assertThat(tracker.asked.get(0))
                    .startsWith("GET /announce?user=7&info_hash=")
                    .contains("&port=6346&", "&event=started", "&numwant=50")
                    .endsWith(" HTTP/1.1");
        }
    }

    /** A tracker tells others to connect to where the announce came from. */
    @Test
    void anAnnounceComesFromTheAddressThatWeListenOn() throws IOException {
        Endpoint listen = Endpoint.ofIpv4(0x7F000009, 0);
        try (RawTracker tracker = RawTracker.saying(RawTracker.ok(RawTracker.NO_PEERS))) {
            HostConfig config = new HostConfig(
                    listen, Profile.LAB, Limits.with(NetLimits.class, ImmutableMap.of()), WireLimits.STANDARD, 7);
            SwarmPeer engine = engine(config, tracker.url());
            await().until(() -> engine.results.size() == 1);
            assertThat(tracker.askers).containsExactly("127.0.0.9");
        }
    }

    @Test
    void aPackedAnswerIsUnpacked() throws IOException {
        byte[] packed = RawTracker.zipped(RawTracker.NO_PEERS.getBytes(StandardCharsets.ISO_8859_1));
        try (RawTracker tracker = new RawTracker(out -> out.write(packed))) {
            assertThat(announce(tracker.url())).isInstanceOf(Announced.class);
        }
    }

    @Test
    void aRefusalIsToldInTheTrackersWords() throws IOException {
        try (RawTracker tracker = RawTracker.saying(RawTracker.ok("d14:failure reason9:not \u001bheree"))) {
            assertThat(why(announce(tracker.url()))).isEqualTo("not \\x1bhere");
        }
    }

    @Test
    void whateverIsNoAnswerFails() throws IOException {
        failsWith("HTTP/1.1 404 Not Found\r\nContent-Length: 25\r\n\r\n" + RawTracker.NO_PEERS, "answers 404");
        failsWith(RawTracker.ok("<html>it works</html>"), "no bencoded dictionary");
        failsWith("SSH-2.0-OpenSSH_9.2\r\n\r\n", "");
        failsWith("", "");
        failsWith("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nd8:inter", "");
        failsWith("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nde", "packed in a way");
        failsWith("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nde", "packed in a way");
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() throws IOException {
        byte[] part = new byte[64 * 1_024];
        CountDownLatch brokenOff = new CountDownLatch(1);
        try (RawTracker tracker = new RawTracker(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\nd8:interval".getBytes(StandardCharsets.ISO_8859_1));
            try {
                for (int sent = 0; sent < 1 << 30; sent += part.length) {
                    out.write(part);
                }
            } finally {
                brokenOff.countDown();
            }
        })) {
            assertThat(why(announce(tracker.url()))).contains("too long");
            await().until(() -> brokenOff.getCount() == 0);
        }
    }

    @Test
    void aBombOfZerosIsUnpackedOnlySoFar() throws IOException {
        byte[] bomb = RawTracker.zipped(new byte[200 << 20]);
        try (RawTracker tracker = new RawTracker(out -> out.write(bomb))) {
            assertThat(why(announce(tracker.url()))).contains("too long");
        }
    }

    @Test
    void aTrackerThatHangsOrDripsIsGivenUp() throws IOException {
        CountDownLatch enough = new CountDownLatch(1);
        try (RawTracker silent = new RawTracker(out -> awaitOrFail(enough));
                RawTracker dripping = new RawTracker(out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    while (enough.getCount() > 0) {
                        out.write('d');
                        out.flush();
                    }
                })) {
            ImmutableMap<String, Long> hasty =
                    ImmutableMap.of("limits.net.trackerIdleMillis", 300L, "limits.net.trackerMillis", 1_000L);
            SwarmPeer engine = engine(hasty, Profile.LAB, silent.url());
            await().atMost(Duration.ofSeconds(5)).until(() -> engine.results.size() == 1);
            // Byte by byte it never falls silent, so that only the bound for the whole ends it.
            assertThat(result(hasty, Profile.LAB, dripping.url())).isInstanceOf(Failed.class);
            enough.countDown();
        }
    }

    @Test
    void redirectsAreFollowedButNotForEver() throws IOException {
        try (RawTracker right = RawTracker.saying(RawTracker.ok(RawTracker.NO_PEERS));
                RawTracker first = RawTracker.saying(moved(right.url() + "?moved=1"))) {
            assertThat(announce(first.url())).isInstanceOf(Announced.class);
            assertThat(right.asked.get(0)).isEqualTo("GET /announce?moved=1 HTTP/1.1");
        }
        try (RawTracker loop = RawTracker.saying(moved("/announce"))) {
            assertThat(why(announce(loop.url()))).contains("sends us around");
            assertThat(loop.asked).hasSize(6);
        }
        failsWith(moved("udp://127.0.0.1:1/announce"), "nowhere");
        failsWith(moved("gopher://127.0.0.1/"), "nowhere");
        failsWith("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "nowhere");
    }

    @Test
    void nobodyIsSentFurtherInsideThanWhoSendsHim() {
        HostRig.Node node = rig.start(config(ImmutableMap.of(), Profile.INTERNET), HostRig.NO_DISK);
        Datagrams none = new Datagrams(node.host(), rig.vertx, Profile.INTERNET);
        Trackers trackers = new Trackers(node.host(), rig.vertx, config(ImmutableMap.of(), Profile.INTERNET), none);
        Endpoint loopback = Endpoint.parse("127.0.0.1:80").orElseThrow();
        Endpoint inside = Endpoint.parse("192.168.1.1:80").orElseThrow();
        Endpoint outside = Endpoint.parse("9.9.9.9:80").orElseThrow();
        Endpoint cloud = Endpoint.parse("169.254.169.254:80").orElseThrow();
        assertThat(trackers.mayRedirect(outside, outside)).isTrue();
        assertThat(trackers.mayRedirect(outside, inside)).isFalse();
        assertThat(trackers.mayRedirect(outside, loopback)).isFalse();
        assertThat(trackers.mayRedirect(inside, outside)).isTrue();
        assertThat(trackers.mayRedirect(inside, inside)).isTrue();
        assertThat(trackers.mayRedirect(inside, loopback)).isFalse();
        assertThat(trackers.mayRedirect(loopback, loopback)).isTrue();
        assertThat(trackers.mayRedirect(loopback, cloud)).isFalse();
    }

    @Test
    void onlyTheTrackersPathIsAskedOfThisMachine() throws IOException {
        try (RawTracker tracker = RawTracker.saying(RawTracker.ok(RawTracker.NO_PEERS))) {
            String elsewhere = "http://127.0.0.1:" + tracker.port() + "/admin/reboot?x=/announce";
            assertThat(why(announce(elsewhere))).contains("is not asked");
            assertThat(tracker.asked).isEmpty();
        }
    }

    @Test
    void aLaboratoryAsksNobodyElse() {
        assertThat(why(announce("http://192.0.2.1:80/announce"))).contains("is not asked");
        assertThat(why(announce("http://169.254.169.254/announce"))).contains("is not asked");
    }

    @Test
    void whatIsNoTrackersAddressFails() {
        assertThat(why(announce("wss://127.0.0.1/announce"))).contains("no tracker's address");
        assertThat(why(announce("http://no-such-host.invalid:80/announce"))).contains("no address is known");
    }

    private void failsWith(String answer, String why) throws IOException {
        try (RawTracker tracker = RawTracker.saying(answer)) {
            assertThat(why(announce(tracker.url()))).as(answer).contains(why);
        }
    }

    private static String moved(String where) {
        return "HTTP/1.1 302 Found\r\nLocation: " + where + "\r\nContent-Length: 0\r\n\r\n";
    }

    private JobResult announce(String url) {
        return result(ImmutableMap.of("limits.net.trackerIdleMillis", 2_000L), Profile.LAB, url);
    }

    private JobResult result(ImmutableMap<String, Long> limits, Profile profile, String url) {
        SwarmPeer engine = engine(limits, profile, url);
        await().until(() -> engine.results.size() == 1);
        return engine.results.get(0);
    }

    private SwarmPeer engine(ImmutableMap<String, Long> limits, Profile profile, String url) {
        return engine(config(limits, profile), url);
    }

    private SwarmPeer engine(HostConfig config, String url) {
        HostRig.Node node = rig.start(config, HostRig.NO_DISK);
        SwarmPeer engine = new SwarmPeer();
        node.host().swarm().install(engine);
        node.host().run(() -> node.host().swarm().submit(new Job.Announce(url, REQUEST)));
        return engine;
    }

    private static HostConfig config(ImmutableMap<String, Long> limits, Profile profile) {
        return new HostConfig(HostRig.ANYWHERE, profile, Limits.with(NetLimits.class, limits), WireLimits.STANDARD, 7);
    }

    private static String why(JobResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        assertThat(((Failed) result).problem()).isEqualTo(JobResult.Problem.TRACKER);
        return ((Failed) result).detail();
    }

    private static void awaitOrFail(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
