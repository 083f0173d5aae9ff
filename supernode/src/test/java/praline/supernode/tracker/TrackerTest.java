package praline.supernode.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static praline.supernode.tracker.Announcement.ANOTHER;
import static praline.supernode.tracker.Announcement.TORRENT;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.node.overlay.LeafSources;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.ScrapeCounts;

/** The rules of spec/bittorrent.md section 8.3 and the bounds of spec/hardening.md I8, one by one. */
class TrackerTest {

    private static final long MINUTE = 60_000;

    private final LimitHits hits = new LimitHits();
    private final List<LeafSources.Source> leaves = new ArrayList<>();
    private Tracker tracker = tracker(Map.of());
    private long now = 1_000;

    @Test
    void whoAnnouncesHearsOfTheOthersAndNeverOfItself() {
        assertThat(announce("10.0.0.1", Announcement.of(1_001)).peers()).isEmpty();
        assertThat(announce("10.0.0.2", Announcement.of(1_002)).peers()).containsExactly(at("10.0.0.1:1001"));
        assertThat(announce("10.0.0.1", Announcement.of(1_001)).peers()).containsExactly(at("10.0.0.2:1002"));
    }

    @Test
    void aPeerIsWhereItsPacketsComeFromAndListensWhereItSays() {
        announce("10.0.0.1", 5_555, Announcement.of(1_001));

        assertThat(announce("10.0.0.2", Announcement.of(1_002)).peers()).containsExactly(at("10.0.0.1:1001"));
    }

    @Test
    void peersOfOneAddressAreToldApartByTheirPorts() {
        announce("127.0.0.1", Announcement.of(1_001));
        announce("127.0.0.1", Announcement.of(1_002));
        announce("127.0.0.7", Announcement.of(1_001));

        assertThat(announce("127.0.0.1", Announcement.of(1_003)).peers())
                .containsExactlyInAnyOrder(at("127.0.0.1:1001"), at("127.0.0.1:1002"), at("127.0.0.7:1001"));
    }

    @Test
    void swarmsHaveNothingToDoWithEachOther() {
        announce("10.0.0.1", Announcement.of(1_001).to(ANOTHER));

        AnnounceReply reply = announce("10.0.0.2", Announcement.of(1_002));

        assertThat(reply.peers()).isEmpty();
        assertThat(reply.leechers()).isEqualTo(1);
    }

    @Test
    void aClientWithItsKeyAndAnotherPortHasMoved() {
        announce(
                "10.0.0.1", Announcement.of(1_001).key(7).event(Event.COMPLETED).left(0));
        announce(
                "10.0.0.1", Announcement.of(2_002).key(7).event(Event.COMPLETED).left(0));
        announce("10.0.0.9", Announcement.of(2_002).key(7));

        assertThat(announce("10.0.0.2", Announcement.of(1_002)).peers())
                .as("the same key at another address is somebody else")
                .containsExactlyInAnyOrder(at("10.0.0.1:2002"), at("10.0.0.9:2002"));
        assertThat(tracker.scrape(TORRENT, now).completed())
                .as("it moved, and was told twice")
                .isEqualTo(1);
    }

    @Test
    void whoHasNoKeyIsNotTakenForAnotherWithoutOne() {
        announce("10.0.0.1", Announcement.of(1_001));
        announce("10.0.0.1", Announcement.of(1_002));

        assertThat(tracker.scrape(TORRENT, now).leechers()).isEqualTo(2);
    }

    @Test
    void whoStopsIsForgottenAtOnceAndIsNotToldOfAnybody() {
        announce("10.0.0.1", Announcement.of(1_001));
        announce("10.0.0.2", Announcement.of(1_002));

        AnnounceReply farewell =
                announce("10.0.0.1", Announcement.of(1_001).event(Event.STOPPED).wanted(50));

        assertThat(farewell.peers()).isEmpty();
        assertThat(farewell.leechers()).isEqualTo(1);
        assertThat(announce("10.0.0.2", Announcement.of(1_002)).peers()).isEmpty();
    }

    @Test
    void aSwarmThatNobodyKnowsIsNotBegunByAStop() {
        announce("10.0.0.1", Announcement.of(1_001).event(Event.STOPPED));

        assertThat(tracker.swarmCount()).isZero();
    }

    @Test
    void completedCountsOncePerParticipant() {
        announce("10.0.0.1", Announcement.of(1_001));
        announce("10.0.0.1", Announcement.of(1_001).left(0).event(Event.COMPLETED));
        announce("10.0.0.1", Announcement.of(1_001).left(0).event(Event.COMPLETED));
        announce("10.0.0.1", Announcement.of(1_001).left(0));
        announce("10.0.0.1", Announcement.of(1_001).left(0).event(Event.COMPLETED));

        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(1, 1, 0));
    }

    @Test
    void aSeedIsWhoSaidLastThatNothingIsLeft() {
        announce("10.0.0.1", Announcement.of(1_001).left(0).event(Event.STARTED));
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(1, 0, 0));

        announce("10.0.0.1", Announcement.of(1_001).left(16_384));
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(0, 0, 1));

        announce("10.0.0.1", Announcement.of(1_001).left(Long.MAX_VALUE));
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(0, 0, 1));
    }

    /** aria2 says that nothing is left before it knows what there is. */
    @Test
    void seedsHearOfSeeds() {
        announce("10.0.0.1", Announcement.of(1_001).left(0));

        assertThat(announce("10.0.0.2", Announcement.of(1_002).left(0)).peers()).containsExactly(at("10.0.0.1:1001"));
    }

    @Test
    void anAnswerNamesAsManyAsAreWantedAndFiftyUnasked() {
        fill(300);

        assertThat(announce("10.9.9.9", Announcement.of(1).wanted(80)).peers()).hasSize(80);
        assertThat(announce("10.9.9.9", Announcement.of(1).wanted(-1)).peers()).hasSize(50);
        assertThat(announce("10.9.9.9", Announcement.of(1).wanted(0)).peers()).isEmpty();
        assertThat(announce("10.9.9.9", Announcement.of(1).wanted(Integer.MAX_VALUE))
                        .peers())
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void anAnswerNamesNoMoreThanItHasRoomFor() {
        fill(300);

        Tracker.Outcome outcome =
                tracker.announce(Announcement.of(1).wanted(200).request(), at("10.9.9.9:9"), 75, now);

        assertThat(outcome.reply().peers()).hasSize(75);
    }

    /** 20 others, 5 of them named, 4,000 times: each is named 1,000 times, with a deviation of 27. */
    @Test
    void everyOtherPeerIsAsLikelyToBeNamedAsAnyOther() {
        fill(20);
        int[] named = new int[20];
        for (int i = 0; i < 4_000; i++) {
            announce("10.9.9.9", Announcement.of(1).wanted(5)).peers().forEach(peer -> named[peer.ipv4() & 0xFFFF]++);
        }

        assertThat(Arrays.stream(named)).allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void anAskerHearsOnlyOfPeersOfItsOwnKindOfAddress() {
        announce("10.0.0.1", Announcement.of(1_001));
        announce("[2001:db8::1]", Announcement.of(1_002));

        assertThat(announce("10.0.0.2", Announcement.of(1_003)).peers()).containsExactly(at("10.0.0.1:1001"));
        AnnounceReply reply = announce("[2001:db8::2]", Announcement.of(1_004));
        assertThat(reply.peers()).containsExactly(at("[2001:db8::1]:1002"));
        assertThat(reply.leechers()).isEqualTo(4);
    }

    @Test
    void anAnswerSaysWhenToComeAgain() {
        AnnounceReply reply = announce("10.0.0.1", Announcement.of(1_001));

        assertThat(reply.intervalSeconds()).isEqualTo(600);
        assertThat(reply.minIntervalSeconds()).isEqualTo(60);
        tracker = new Tracker(TrackerLimits.of(Profile.LAB, Map.of()), LeafSources.NONE, new SplitMix64(1), hits);
        AnnounceReply inLab = announce("127.0.0.1", Announcement.of(1_001));
        assertThat(inLab.intervalSeconds()).isEqualTo(30);
        assertThat(inLab.minIntervalSeconds()).isEqualTo(5);
    }

    @Test
    void whoIsSilentForTwoIntervalsAndAMinuteIsForgotten() {
        announce("10.0.0.1", Announcement.of(1_001));
        now += 20 * MINUTE;
        announce("10.0.0.2", Announcement.of(1_002));
        assertThat(tracker.scrape(TORRENT, now + MINUTE - 1).leechers()).isEqualTo(2);

        now += MINUTE;

        assertThat(tracker.scrape(TORRENT, now).leechers()).isEqualTo(1);
        assertThat(announce("10.0.0.3", Announcement.of(1_003)).peers()).containsExactly(at("10.0.0.2:1002"));
    }

    @Test
    void swarmsThatNobodyAsksForAreForgottenToo() {
        announce("10.0.0.1", Announcement.of(1_001));
        now += 21 * MINUTE;

        announce("10.0.0.1", Announcement.of(1_001).to(ANOTHER));

        assertThat(tracker.swarmCount()).isEqualTo(1);
        assertThat(tracker.participantCount()).isEqualTo(1);
    }

    @Test
    void inAFullSwarmTheLongestSilentMakesRoom() {
        tracker = tracker(Map.of("limits.tracking.peers", 2L));
        announce("10.0.0.1", Announcement.of(1_001));
        announce("10.0.0.2", Announcement.of(1_002));
        announce("10.0.0.1", Announcement.of(1_001));

        announce("10.0.0.3", Announcement.of(1_003));

        assertThat(announce("10.0.0.3", Announcement.of(1_003)).peers()).containsExactly(at("10.0.0.1:1001"));
        assertThat(hits.all()).containsEntry("limits.tracking.peers", 1L);
    }

    @Test
    void whenThereAreTooManySwarmsTheLongestUntouchedIsForgotten() {
        tracker = tracker(Map.of("limits.tracking.swarms", 2L));
        Sha1 third = Sha1.digestOf(new byte[] {3});
        announce("10.0.0.1", Announcement.of(1_001));
        announce("10.0.0.1", Announcement.of(1_001).to(ANOTHER));
        announce("10.0.0.2", Announcement.of(1_002));
        tracker.scrape(ANOTHER, now);

        announce("10.0.0.1", Announcement.of(1_001).to(third));

        assertThat(tracker.scrape(TORRENT, now).leechers()).isEqualTo(2);
        assertThat(tracker.scrape(ANOTHER, now).leechers())
                .as("a scrape is no announcement")
                .isZero();
        assertThat(hits.all()).containsEntry("limits.tracking.swarms", 1L);
    }

    @Test
    void oneAddressCannotPushEverybodyElseOutOfASwarm() {
        announce("10.0.0.1", Announcement.of(1_001));
        for (int port = 1; port <= 2_000; port++) {
            announce("10.0.0.66", Announcement.of(port));
        }

        AnnounceReply reply = announce("10.0.0.2", Announcement.of(1_002).wanted(200));

        assertThat(reply.leechers()).isEqualTo(2 + TrackerLimits.STANDARD.peersPerAddress());
        assertThat(reply.peers()).contains(at("10.0.0.1:1001"), at("10.0.0.66:2000"));
    }

    @Test
    void allSwarmsTogetherAreBounded() {
        tracker = tracker(Map.of("limits.tracking.peersOfAll", 3L));
        for (int i = 1; i <= 5; i++) {
            announce("10.0.0." + i, Announcement.of(1_000).to(i % 2 == 0 ? TORRENT : ANOTHER));
        }

        assertThat(tracker.participantCount()).isEqualTo(3);
        assertThat(tracker.scrape(ANOTHER, now).leechers()).isEqualTo(2);
        assertThat(tracker.scrape(TORRENT, now).leechers()).isEqualTo(1);
    }

    @Test
    void leavesThatHavePublishedTheContentAreNamedAsSources() {
        leaves.add(new LeafSources.Source(at("10.0.0.7:6346"), false));
        leaves.add(new LeafSources.Source(at("10.0.0.8:6346"), true));

        AnnounceReply reply = announce("10.0.0.1", Announcement.of(1_001));

        assertThat(reply.peers()).containsExactlyInAnyOrder(at("10.0.0.7:6346"), at("10.0.0.8:6346"));
        assertThat(reply.seeds()).isEqualTo(1);
        assertThat(reply.leechers()).isEqualTo(2);
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(1, 0, 2));
        leaves.clear();
        assertThat(announce("10.0.0.1", Announcement.of(1_001)).peers()).isEmpty();
    }

    @Test
    void aLeafThatAnnouncesItselfIsOnePeerAndWhatItSaysCounts() {
        leaves.add(new LeafSources.Source(at("10.0.0.7:6346"), false));

        AnnounceReply reply = announce("10.0.0.7", Announcement.of(6_346).left(5));

        assertThat(reply.peers()).as("not itself").isEmpty();
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(0, 0, 1));
    }

    @Test
    void anUnknownSwarmIsScrapedAsEmptyAndNotRemembered() {
        assertThat(tracker.scrape(TORRENT, now)).isEqualTo(new ScrapeCounts(0, 0, 0));
        assertThat(tracker.swarmCount()).isZero();
    }

    private Tracker tracker(Map<String, Long> limits) {
        LeafSources sources = (infohash, max) -> infohash.equals(TORRENT)
                ? leaves.stream().limit(max).collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
        return new Tracker(TrackerLimits.of(Profile.INTERNET, limits), sources, new SplitMix64(1), hits);
    }

    /** So many peers at 10.0.0.0 and what follows. */
    private void fill(int count) {
        IntStream.range(0, count)
                .forEach(i -> tracker.announce(
                        Announcement.of(1_000).request(), Endpoint.ofIpv4(0x0A000000 + i, 4_000), 200, now));
    }

    private AnnounceReply announce(String address, Announcement announcement) {
        return announce(address, 40_000, announcement);
    }

    private AnnounceReply announce(String address, int sourcePort, Announcement announcement) {
        return tracker.announce(announcement.request(), at(address + ":" + sourcePort), 200, now)
                .reply();
    }

    private static Endpoint at(String endpoint) {
        return Endpoint.parse(endpoint).orElseThrow();
    }
}
