package praline.supernode.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.overlay.LeafSources;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.HttpTracker;
import praline.protocol.bittorrent.ScrapeCounts;
import praline.protocol.bittorrent.TrackerReply;

/** The tracker over HTTP, asked as living clients ask (spec/bittorrent.md sections 8 and 14.5). */
class HttpDeskTest {

    private static final String LIBTORRENT = "info_hash=%3f%87%e7%cbfp%d0l%b2Ff%f9%cc%ae%c3%ffX%1fm%86"
            + "&peer_id=-LT2080-uhpgZKOJYqwn&port=7001&uploaded=0&downloaded=0&left=0&corrupt=0&key=9E476F23"
            + "&event=started&numwant=200&compact=1&no_peer_id=1&supportcrypto=1&redundant=0";
    private static final String ARIA2 = "info_hash=%3F%87%E7%CBfp%D0l%B2Ff%F9%CC%AE%C3%FFX%1Fm%86"
            + "&peer_id=A2-1-36-0-%B4%21%DB%8C%16%3B%1D%CDm%B7&uploaded=0&downloaded=0&left=0&compact=1"
            + "&key=%DB%8C%16%3B%1D%CDm%B7&numwant=50&no_peer_id=1&port=7001&event=started&supportcrypto=1";
    private static final String TRANSMISSION = "info_hash=%3f%87%e7%cbfp%d0l%b2Ff%f9%cc%ae%c3%ffX%1fm%86"
            + "&peer_id=-TR3000-ouhkh32k4mg5&port=7001&uploaded=0&downloaded=0&left=0&numwant=80&key=31ff24a7"
            + "&compact=1&supportcrypto=1&event=started";
    private static final Sha1 INFOHASH =
            Sha1.parseHex("3f87e7cb6670d06cb24666f9ccaec3ff581f6d86").orElseThrow();

    private LeadersTracker tracker = tracker(Profile.INTERNET);
    private long now = 1_000;

    @Test
    void livingClientsFindEachOther() {
        assertThat(accepted(announce(LIBTORRENT, "10.9.0.2:1")).peers()).isEmpty();
        assertThat(accepted(announce(ARIA2, "10.9.0.3:1")).peers()).containsExactly(at("10.9.0.2:7001"));

        AnnounceReply reply = accepted(announce(TRANSMISSION, "10.9.0.4:1"));

        assertThat(reply.peers()).containsExactlyInAnyOrder(at("10.9.0.2:7001"), at("10.9.0.3:7001"));
        assertThat(reply.seeds()).isEqualTo(3);
        assertThat(accepted(announce(LIBTORRENT.replace("event=started", "event=stopped"), "10.9.0.2:1"))
                        .peers())
                .isEmpty();
        assertThat(accepted(announce(TRANSMISSION, "10.9.0.4:1")).peers()).containsExactly(at("10.9.0.3:7001"));
    }

    @Test
    void anAnswerIsCompactHasAllCountsAndItsKeysInOrder() {
        announce(LIBTORRENT, "10.9.0.2:1");

        String answer =
                announce(ARIA2.replace("compact=1", "compact=0"), "10.9.0.3:1").hex();

        assertThat(answer)
                .isEqualTo(Bytes.ofUtf8("d8:completei2e10:downloadedi0e10:incompletei0e8:intervali600e"
                                        + "12:min intervali60e5:peers6:")
                                .hex()
                        + "0a090002" + "1b59"
                        + Bytes.ofUtf8("e").hex());
    }

    @Test
    void addressesInTheQueryMeanNothing() {
        announce(LIBTORRENT + "&ip=192.0.2.1&ipv4=192.0.2.2", "10.9.0.2:1");

        assertThat(accepted(announce(ARIA2, "10.9.0.3:1")).peers()).containsExactly(at("10.9.0.2:7001"));
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsRemembered() {
        assertThat(refused(announce("", "10.9.0.2:1"))).contains("info_hash");
        assertThat(refused(announce(LIBTORRENT.replace("%3f%87", "%3f"), "10.9.0.2:1")))
                .contains("info_hash");
        assertThat(refused(announce(LIBTORRENT.replace("-LT2080-", "-LT"), "10.9.0.2:1")))
                .contains("peer_id");
        assertThat(refused(announce(LIBTORRENT.replace("port=7001", "port=0"), "10.9.0.2:1")))
                .contains("port");
        assertThat(refused(announce(LIBTORRENT.replace("port=7001", "port=65536"), "10.9.0.2:1")))
                .contains("port");
        assertThat(tracker.swarmCount()).isZero();
    }

    @Test
    void aScrapeCountsWhatItAsksFor() {
        announce(LIBTORRENT, "10.9.0.2:1");
        announce(ARIA2.replace("left=0", "left=5"), "10.9.0.3:1");
        announce(TRANSMISSION.replace("event=started", "event=completed"), "10.9.0.4:1");
        Sha1 unknown = Sha1.digestOf(new byte[0]);

        ImmutableMap<Sha1, ScrapeCounts> counts = HttpTracker.decodeScrape(
                tracker.scrape("info_hash=" + hex(INFOHASH) + "&info_hash=" + hex(unknown), at("10.9.0.5:1"), now),
                WireLimits.STANDARD);

        assertThat(counts).isEqualTo(Map.of(INFOHASH, new ScrapeCounts(2, 1, 1), unknown, new ScrapeCounts(0, 0, 0)));
    }

    @Test
    void whoScrapesEverythingIsRefused() {
        announce(LIBTORRENT, "10.9.0.2:1");

        assertThat(refused(tracker.scrape("", at("10.9.0.5:1"), now))).isNotEmpty();
        assertThat(refused(tracker.scrape("info_hash=short", at("10.9.0.5:1"), now)))
                .isNotEmpty();
    }

    @Test
    void aScrapeIsBoundedAndTwiceTheSameIsOnce() {
        String many = IntStream.range(0, 100)
                .mapToObj(i -> "info_hash=" + hex(Sha1.digestOf(new byte[] {(byte) i})))
                .collect(Collectors.joining("&"));

        assertThat(HttpTracker.decodeScrape(tracker.scrape(many, at("10.9.0.5:1"), now), WireLimits.STANDARD))
                .hasSize(74);
        String twice = "info_hash=" + hex(INFOHASH) + "&info_hash=" + hex(INFOHASH);
        assertThat(HttpTracker.decodeScrape(tracker.scrape(twice, at("10.9.0.5:1"), now), WireLimits.STANDARD))
                .hasSize(1);
    }

    @Test
    void anAddressMayAskAHundredTimesASecond() {
        for (int i = 0; i < 100; i++) {
            accepted(announce(LIBTORRENT, "10.9.0.2:" + (1 + i)));
        }

        assertThat(refused(announce(LIBTORRENT, "10.9.0.2:1"))).isEqualTo("Too many requests");
        assertThat(refused(tracker.scrape("info_hash=" + hex(INFOHASH), at("10.9.0.2:1"), now)))
                .isEqualTo("Too many requests");
        accepted(announce(ARIA2, "10.9.0.3:1"));
        assertThat(tracker.limitHits().all()).containsEntry("limits.tracking.requestsPerSecond", 2L);
        now += 1_000;
        accepted(announce(LIBTORRENT, "10.9.0.2:1"));
    }

    @Test
    void aLaboratoryMayAskAHundredTimesAsOften() {
        tracker = tracker(Profile.LAB);
        for (int i = 0; i < 10_000; i++) {
            accepted(announce(LIBTORRENT, "127.0.0.1:1"));
        }

        assertThat(refused(announce(LIBTORRENT, "127.0.0.1:1"))).isNotEmpty();
    }

    private static LeadersTracker tracker(Profile profile) {
        TrackerLimits limits = TrackerLimits.of(profile, Map.of());
        return new LeadersTracker(limits, WireLimits.STANDARD, LeafSources.NONE, new SplitMix64(1));
    }

    private Bytes announce(String query, String from) {
        return tracker.announce(query, at(from), now);
    }

    private static AnnounceReply accepted(Bytes body) {
        TrackerReply reply = HttpTracker.decodeReply(body, WireLimits.STANDARD);
        assertThat(reply).isInstanceOf(TrackerReply.Accepted.class);
        return ((TrackerReply.Accepted) reply).reply();
    }

    private static String refused(Bytes body) {
        TrackerReply reply = HttpTracker.decodeReply(body, WireLimits.STANDARD);
        assertThat(reply).isInstanceOf(TrackerReply.Refused.class);
        return ((TrackerReply.Refused) reply).reason().toString();
    }

    private static String hex(Sha1 infohash) {
        return infohash.hex().toUpperCase(Locale.ROOT).replaceAll("(..)", "%$1");
    }

    private static Endpoint at(String endpoint) {
        return Endpoint.parse(endpoint).orElseThrow();
    }
}
