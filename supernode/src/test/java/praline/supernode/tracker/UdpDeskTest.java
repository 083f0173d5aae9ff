package praline.supernode.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import praline.node.engine.DatagramEngine;
import praline.node.engine.Profile;
import praline.node.overlay.LeafSources;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.ScrapeCounts;
import praline.protocol.bittorrent.UdpTrackerCodec;
import praline.protocol.bittorrent.UdpTrackerReply;
import praline.protocol.bittorrent.UdpTrackerRequest;
import praline.protocol.testing.Seeds;

/** The tracker by datagrams (BEP 15), asked as living clients ask (spec/bittorrent.md 8.5 and 14.5). */
class UdpDeskTest {

    private static final Bytes CONNECT = Bytes.ofHex("00000417271019800000000001020304");
    private static final String LIBTORRENT = "112233445566778800000001750f5248936f8db57f9a70fdae8f380b56d3c068906ffd97"
            + "2d4c54323038302d495a4a4f5345442d6343284400000000000000000000000000800000000000000000000000000002"
            + "00000000a397294d000000c81b59020d2f616e6e6f756e63653f783d31";
    private static final String ARIA2 = "112233445566778800000001855b01a8936f8db57f9a70fdae8f380b56d3c068906ffd97"
            + "41322d312d33362d302d6bfe5621126e89b8e95500000000000000000000000000800000000000000000000000000002"
            + "000000006a95ea7c000000321b590000";
    private static final String TRANSMISSION = "112233445566778800000001912302fa936f8db57f9a70fdae8f380b56d3c068906f"
            + "fd972d5452333030302d77306f6539787834336a39300000000000000000000000000080000000000000000000000000"
            + "0002000000003d2fe587000000501b59";

    private static final Endpoint FIRST = at("10.9.0.2:5000");

    private LeadersTracker tracker = tracker(Map.of());
    private long now = 1_000_000;

    @Test
    void aConnectIsAnsweredWithItsTransactionAndAnId() {
        Bytes answer = ask(CONNECT, FIRST).orElseThrow();

        assertThat(answer.size()).as("no more than was sent").isEqualTo(16);
        assertThat(answer.hex()).startsWith("0000000001020304");
    }

    @Test
    void livingClientsFindEachOther() {
        assertThat(announced(withId(LIBTORRENT, FIRST), FIRST).reply().peers()).isEmpty();
        Endpoint second = at("10.9.0.3:5000");
        assertThat(announced(withId(ARIA2, second), second).reply().peers()).containsExactly(at("10.9.0.2:7001"));

        Endpoint third = at("10.9.0.4:5000");
        UdpTrackerReply.Announced answer = announced(withId(TRANSMISSION, third), third);

        assertThat(answer.transaction()).isEqualTo(0x912302FA);
        assertThat(answer.reply().intervalSeconds()).isEqualTo(600);
        assertThat(answer.reply().leechers()).isEqualTo(3);
        assertThat(answer.reply().seeds()).isZero();
        assertThat(answer.reply().peers()).containsExactlyInAnyOrder(at("10.9.0.2:7001"), at("10.9.0.3:7001"));
    }

    @Test
    void anAnnouncementWithoutAValidIdGetsNothingAndLeavesNothing() {
        assertThat(ask(Bytes.ofHex(LIBTORRENT), FIRST)).isEmpty();
        assertThat(ask(withId(LIBTORRENT, at("10.9.0.3:5000")), FIRST))
                .as("another's id")
                .isEmpty();
        assertThat(tracker.swarmCount()).isZero();
    }

    @Test
    void anIdIsGoodForAMinuteAndNeverForMoreThanTwo() {
        for (long start = 0; start < 120_000; start += 7_000) {
            now = 1_000_000 + start;
            Bytes announcement = withId(TRANSMISSION, FIRST);
            now += 60_000;
            assertThat(ask(announcement, FIRST)).isPresent();
            now += 60_000;
            assertThat(ask(announcement, FIRST)).isEmpty();
        }
    }

    @Test
    void aDatagramIsOursByTheIdThatItBeginsWith() {
        assertThat(tracker.verdict(CONNECT, FIRST, now)).isEqualTo(DatagramEngine.Verdict.UNPROVEN);
        assertThat(tracker.verdict(withId(LIBTORRENT, FIRST), FIRST, now)).isEqualTo(DatagramEngine.Verdict.PROVEN);
        assertThat(tracker.verdict(Bytes.ofHex(LIBTORRENT), FIRST, now)).isEqualTo(DatagramEngine.Verdict.NOT_OURS);
        assertThat(tracker.verdict(CONNECT.slice(0, 15), FIRST, now)).isEqualTo(DatagramEngine.Verdict.NOT_OURS);
    }

    @Test
    void anIdIsGoodForEveryPortOfItsAddress() {
        assertThat(ask(withId(TRANSMISSION, FIRST), FIRST.withPort(6_000))).isPresent();
    }

    @Test
    void trackersWithOtherKeysGiveOtherIds() {
        LeadersTracker other =
                new LeadersTracker(TrackerLimits.STANDARD, WireLimits.STANDARD, LeafSources.NONE, new SplitMix64(2));

        assertThat(other.datagram(CONNECT, FIRST, now)).isNotEqualTo(ask(CONNECT, FIRST));
    }

    @Test
    void aFullAnswerFitsIntoADatagramWithBothKindsOfAddresses() {
        for (int i = 0; i < 300; i++) {
            Endpoint ipv4 = Endpoint.ofIpv4(0x0A000000 + i, 5_000);
            Endpoint ipv6 = new Endpoint(0x2001_0DB8_0000_0000L, i, 5_000);
            ask(request(id(ipv4), Announcement.of(1_000)), ipv4);
            ask(request(id(ipv6), Announcement.of(1_000)), ipv6);
        }
        Bytes ipv4 =
                ask(request(id(FIRST), Announcement.of(1).wanted(1_000)), FIRST).orElseThrow();
        Endpoint from = at("[2001:db8::ffff]:5000");
        Bytes ipv6 =
                ask(request(id(from), Announcement.of(1).wanted(1_000)), from).orElseThrow();

        assertThat(ipv4.size()).isEqualTo(20 + 200 * 6);
        assertThat(ipv6.size()).isEqualTo(20 + 75 * 18);
    }

    @Test
    void aScrapeIsAnsweredInTheOrderOfItsQuestions() {
        announced(request(id(FIRST), Announcement.of(7_001).left(0)), FIRST);
        announced(request(id(FIRST), Announcement.of(7_002).left(0).event(Event.COMPLETED)), FIRST);
        announced(request(id(FIRST), Announcement.of(7_003)), FIRST);

        UdpTrackerRequest scrape = new UdpTrackerRequest.Scrape(
                id(FIRST), 9, ImmutableList.of(Announcement.ANOTHER, Announcement.TORRENT));
        UdpTrackerReply answer = decoded(ask(encoded(scrape), FIRST).orElseThrow(), false);

        assertThat(answer)
                .isEqualTo(new UdpTrackerReply.Scraped(
                        9, ImmutableList.of(new ScrapeCounts(0, 0, 0), new ScrapeCounts(2, 1, 1))));
    }

    @Test
    void anAddressThatIsProvenMayAskAHundredTimesASecondAndOthersUseUpNothing() {
        Bytes announcement = withId(TRANSMISSION, FIRST);
        for (int i = 0; i < 1_000; i++) {
            assertThat(ask(Bytes.ofHex(TRANSMISSION), FIRST)).isEmpty();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(ask(announcement, FIRST)).isPresent();
        }

        assertThat(ask(announcement, FIRST)).isEmpty();
        now += 1_000;
        assertThat(ask(announcement, FIRST)).isPresent();
    }

    @Test
    void whenTooManyAddressesAskWithinASecondTheNextOnesAreRefused() {
        tracker = tracker(Map.of("limits.tracking.askers", 2L));
        assertThat(ask(withId(TRANSMISSION, at("10.0.0.1:1")), at("10.0.0.1:1")))
                .isPresent();
        assertThat(ask(withId(TRANSMISSION, at("10.0.0.2:1")), at("10.0.0.2:1")))
                .isPresent();

        assertThat(ask(withId(TRANSMISSION, at("10.0.0.3:1")), at("10.0.0.3:1")))
                .isEmpty();
        assertThat(ask(withId(TRANSMISSION, at("10.0.0.1:1")), at("10.0.0.1:1")))
                .as("who is counted already goes on")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 97})
    void aDatagramThatIsCutGetsNothing(int size) {
        assertThat(ask(withId(TRANSMISSION, FIRST).slice(0, size), FIRST)).isEmpty();
    }

    @Test
    void noDatagramThrowsAndNoneIsAnsweredWithMoreThanItsSizeUnlessItsSenderIsProven() {
        Seeds.checkMany(5_000, random -> {
            Bytes datagram = nearlyARequest(random);
            Optional<Bytes> answer = ask(datagram, FIRST);
            answer.ifPresent(sent -> assertThat(sent.size()).isLessThanOrEqualTo(datagram.size()));
        });
    }

    private static Bytes nearlyARequest(RandomGenerator random) {
        byte[] bytes = (random.nextBoolean() ? Bytes.ofHex(LIBTORRENT) : CONNECT).toArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Bytes.copyOf(bytes).slice(0, bytes.length - random.nextInt(3) * random.nextInt(bytes.length) / 3);
    }

    private static LeadersTracker tracker(Map<String, Long> limits) {
        return new LeadersTracker(
                TrackerLimits.of(Profile.INTERNET, limits), WireLimits.STANDARD, LeafSources.NONE, new SplitMix64(1));
    }

    private Optional<Bytes> ask(Bytes datagram, Endpoint from) {
        return tracker.datagram(datagram, from, now);
    }

    private UdpTrackerReply.Announced announced(Bytes datagram, Endpoint from) {
        return (UdpTrackerReply.Announced) decoded(ask(datagram, from).orElseThrow(), !from.isIpv4());
    }

    /** The recorded announcement with the id that the tracker gives to {@code from}. */
    private Bytes withId(String announcement, Endpoint from) {
        return Bytes.ofHex(String.format("%016x", id(from)) + announcement.substring(16));
    }

    private long id(Endpoint from) {
        UdpTrackerReply reply = decoded(ask(CONNECT, from).orElseThrow(), !from.isIpv4());
        return ((UdpTrackerReply.Connected) reply).connectionId();
    }

    private static Bytes request(long id, Announcement announcement) {
        return encoded(new UdpTrackerRequest.Announce(id, 1, announcement.request()));
    }

    private static Bytes encoded(UdpTrackerRequest request) {
        ByteBuffer out = ByteBuffer.allocate(request.wireSize());
        UdpTrackerCodec.encode(request, out);
        return Bytes.copyOf(out.array());
    }

    private static UdpTrackerReply decoded(Bytes datagram, boolean isIpv6) {
        Decoded<UdpTrackerReply> decoded =
                UdpTrackerCodec.decodeReply(ByteBuffer.wrap(datagram.toArray()), isIpv6, WireLimits.STANDARD);
        return ((Decoded.Complete<UdpTrackerReply>) decoded).message();
    }

    private static Endpoint at(String endpoint) {
        return Endpoint.parse(endpoint).orElseThrow();
    }
}
