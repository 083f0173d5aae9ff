package praline.supernode.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.LimitHits;
import praline.node.engine.Profile;
import praline.node.overlay.LeafSources;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.testing.Seeds;

/** Whatever is announced, by whomever, whenever: nothing outgrows its bound, and only who is there is named. */
class TrackerPropertyTest {

    private static final Event[] EVENTS = Event.values();

    @Test
    void noTableOutgrowsItsBoundAndItsCountIsRight() {
        Seeds.check(200, random -> {
            TrackerLimits limits = limits(Map.of(
                    "limits.tracking.swarms", 1L + random.nextInt(6),
                    "limits.tracking.peers", 1L + random.nextInt(6),
                    "limits.tracking.peersOfAll", 1L + random.nextInt(12),
                    "limits.tracking.peersPerAddress", 1L + random.nextInt(4)));
            Tracker tracker = new Tracker(limits, LeafSources.NONE, random, new LimitHits());
            long now = 0;
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(10) == 0 ? random.nextInt(1_500_000) : random.nextInt(5_000);
                tracker.announce(randomRequest(random).request(), randomAsker(random), 200, now);
                int members = 0;
                for (int i = 0; i < 9; i++) {
                    var counts = tracker.scrape(torrent(i), now);
                    assertThat(counts.seeds() + counts.leechers()).isLessThanOrEqualTo(limits.peers());
                    members += counts.seeds() + counts.leechers();
                }
                assertThat(tracker.participantCount()).isEqualTo(members).isLessThanOrEqualTo(limits.peersOfAll());
                assertThat(tracker.swarmCount()).isLessThanOrEqualTo(limits.swarms());
            }
        });
    }

    /** Without keys and with room for everybody, an answer is exactly who announced in time and did not stop. */
    @Test
    void anAnswerNamesAllOthersWhoHaveAnnouncedInTimeAndNobodyElse() {
        Seeds.check(200, random -> {
            Tracker tracker = new Tracker(limits(Map.of()), LeafSources.NONE, random, new LimitHits());
            Map<Sha1, Map<Endpoint, Long>> seenAt = new LinkedHashMap<>();
            long now = 0;
            for (int step = 0; step < 200; step++) {
                now += random.nextInt(20) == 0 ? 700_000 : random.nextInt(5_000);
                Announcement request = randomRequest(random).key(0).wanted(200);
                Endpoint self = randomAsker(random).withPort(request.port());
                Map<Endpoint, Long> swarm = seenAt.computeIfAbsent(request.infohash(), key -> new LinkedHashMap<>());
                long deadline = now - 1_260_000;
                swarm.values().removeIf(seen -> seen <= deadline);
                swarm.remove(self);
                List<Endpoint> others = List.copyOf(swarm.keySet());
                boolean isStopping = request.event() == Event.STOPPED;
                if (!isStopping) {
                    swarm.put(self, now);
                }

                List<Endpoint> named = tracker.announce(request.request(), self, 200, now)
                        .reply()
                        .peers();

                assertThat(named).containsExactlyInAnyOrderElementsOf(isStopping ? List.of() : others);
            }
        });
    }

    private static TrackerLimits limits(Map<String, Long> values) {
        return TrackerLimits.of(Profile.LAB, withStandardTimes(values));
    }

    private static Map<String, Long> withStandardTimes(Map<String, Long> values) {
        Map<String, Long> all = new LinkedHashMap<>(values);
        all.put("limits.tracking.expirySeconds", 1_260L);
        return all;
    }

    private static Announcement randomRequest(RandomGenerator random) {
        return Announcement.of(1 + random.nextInt(5))
                .to(torrent(random.nextInt(9)))
                .left(random.nextInt(2))
                .key(random.nextInt(4))
                .event(EVENTS[random.nextInt(EVENTS.length)]);
    }

    private static Endpoint randomAsker(RandomGenerator random) {
        return Endpoint.ofIpv4(0x0A000000 + random.nextInt(4), 40_000);
    }

    private static Sha1 torrent(int number) {
        return Sha1.digestOf(new byte[] {(byte) number});
    }
}
