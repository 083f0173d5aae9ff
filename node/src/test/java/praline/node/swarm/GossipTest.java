package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.swarm.Gossip.Told;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.PeerExchange;
import praline.protocol.testing.Seeds;

/** What is told by peer exchange, and what is believed of it (spec/hardening.md S9). */
class GossipTest {

    private static final int MINUTE = 60_000;

    private final Gossip gossip = new Gossip(SwarmLimits.STANDARD);

    @Test
    void theFirstPeersAreToldAtOnceWithWhatIsKnownOfThem() {
        assertThat(gossip.next(0, List.of())).isEmpty();

        PeerExchange first = gossip.next(5, List.of(new Told(peer(1), true, false), new Told(peer(2), false, true)))
                .orElseThrow();

        assertThat(first.added())
                .containsExactly(
                        new PeerExchange.Peer(peer(1), PeerExchange.SEED),
                        new PeerExchange.Peer(peer(2), PeerExchange.REACHABLE));
        assertThat(first.dropped()).isEmpty();
    }

    @Test
    void afterThatOnlyWhatChangedIsToldOnceAMinuteAtMost() {
        gossip.next(0, told(1, 3));
        assertThat(gossip.isDue(MINUTE - 1)).isFalse();
        assertThat(gossip.next(MINUTE - 1, told(2, 4))).isEmpty();

        PeerExchange second = gossip.next(MINUTE, told(2, 4)).orElseThrow();
        assertThat(second.added()).extracting(PeerExchange.Peer::endpoint).containsExactly(peer(4));
        assertThat(second.dropped()).containsExactly(peer(1));
        assertThat(gossip.next(2 * MINUTE, told(2, 4))).as("no news").isEmpty();
    }

    @Test
    void tooMuchForOneMessageWaitsForTheNext() {
        assertThat(gossip.next(0, told(1, 70)).orElseThrow().added()).hasSize(50);
        assertThat(gossip.next(MINUTE, told(1, 70)).orElseThrow().added()).hasSize(20);
        assertThat(gossip.next(2 * MINUTE, List.of()).orElseThrow().dropped()).hasSize(50);
        assertThat(gossip.next(3 * MINUTE, List.of()).orElseThrow().dropped()).hasSize(20);
    }

    @Test
    void whoListensKnowsExactlyWhomWeAreLinkedTo() {
        Seeds.check(200, random -> {
            Gossip drawn = new Gossip(SwarmLimits.STANDARD);
            Set<Endpoint> heard = new LinkedHashSet<>();
            List<Told> connected = new ArrayList<>();
            for (long now = 0; now < 30 * MINUTE; now += random.nextInt(MINUTE)) {
                if (random.nextBoolean()) {
                    connected.add(new Told(peer(random.nextInt(40)), random.nextBoolean(), random.nextBoolean()));
                } else if (!connected.isEmpty()) {
                    connected.remove(random.nextInt(connected.size()));
                }
                boolean wasDue = drawn.isDue(now);
                Optional<PeerExchange> message = drawn.next(now, connected);
                message.ifPresent(news -> {
                    news.dropped()
                            .forEach(gone -> assertThat(heard.remove(gone)).isTrue());
                    news.added()
                            .forEach(added ->
                                    assertThat(heard.add(added.endpoint())).isTrue());
                });
                if (wasDue) {
                    assertThat(heard)
                            .containsExactlyInAnyOrderElementsOf(connected.stream()
                                    .map(Told::endpoint)
                                    .distinct()
                                    .toList());
                }
            }
        });
    }

    @Test
    void whoTellsTooOftenIsNotListenedTo() {
        assertThat(gossip.take(message(1, 2), 0)).containsExactly(peer(1), peer(2));
        assertThat(gossip.take(message(3, 4), 10_000)).isEmpty();
        assertThat(gossip.take(message(5, 6), MINUTE - 5_000)).containsExactly(peer(5), peer(6));
    }

    @Test
    void ofTooManyTheFirstAreTakenEachOnce() {
        assertThat(gossip.take(message(1, 500), 0)).hasSize(50);

        ImmutableList<PeerExchange.Peer> same = IntStream.range(0, 10)
                .mapToObj(i -> new PeerExchange.Peer(peer(1), 0))
                .collect(ImmutableList.toImmutableList());
        assertThat(gossip.take(new PeerExchange(same, ImmutableList.of()), MINUTE))
                .containsExactly(peer(1));
    }

    @Test
    void aMessageWithoutPeersDoesNotCount() {
        gossip.take(new PeerExchange(ImmutableList.of(), ImmutableList.of(peer(9))), 0);

        assertThat(gossip.take(message(1, 1), 1)).hasSize(1);
    }

    private static List<Told> told(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> new Told(peer(i), false, true))
                .toList();
    }

    private static PeerExchange message(int from, int to) {
        return new PeerExchange(
                IntStream.rangeClosed(from, to)
                        .mapToObj(i -> new PeerExchange.Peer(peer(i), 0))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableList.of());
    }

    private static Endpoint peer(int number) {
        return Endpoint.ofIpv4(0xC633_6400 + number, 6881);
    }
}
