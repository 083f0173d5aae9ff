package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.engine.Timers;
import praline.node.swarm.TorrentStatus.Origin;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.testing.Seeds;

/** Who is dialled, when again, and whom strangers cannot make us dial (spec/hardening.md S9, S10, C11, C12). */
class KnownPeersTest {

    private static final int MINUTE = 60_000;
    private static final Endpoint SELF = Endpoint.ofIpv4(0xC000_0201, 6881);
    private static final Endpoint TELLER = Endpoint.ofIpv4(0xC000_0202, 6881);

    private final KnownPeers peers = peers(Profile.INTERNET, Map.of(), 1);
    private long now = 1_000_000;

    @Test
    void aPeerIsDialledOnceAndNotWhileItIsLinked() {
        assertThat(add(peer(1))).isTrue();
        assertThat(add(peer(1))).as("known").isFalse();

        assertThat(peers.nextToDial(now)).contains(peer(1));
        assertThat(peers.nextToDial(now)).isEmpty();
        peers.onLinked(peer(1));
        assertThat(peers.nextToDial(now)).isEmpty();
        assertThat(peers.nextChance(now)).isEqualTo(Timers.NEVER);
    }

    @Test
    void whoCannotBeReachedWaitsLongerEachTimeAndIsGivenUp() {
        add(peer(1));
        List<Long> pauses = new ArrayList<>();
        for (int failure = 0; failure < 3; failure++) {
            assertThat(peers.nextToDial(now)).isPresent();
            peers.onDialFailed(peer(1), now);
            long next = peers.nextChance(now);
            pauses.add(next - now);
            now = next;
        }

        assertThat(pauses.get(0)).isBetween(48_000L, 72_000L);
        assertThat(pauses.get(1)).isBetween(96_000L, 144_000L);
        assertThat(now).isEqualTo(Timers.NEVER);
    }

    @Test
    void whoWasGivenUpIsTriedAgainWhenItIsToldAgainLater() {
        add(peer(1));
        giveUp(peer(1));

        assertThat(add(peer(1))).as("at once").isFalse();
        now += 4 * MINUTE;
        assertThat(add(peer(1))).as("later").isTrue();
        now += 10 * MINUTE;
        assertThat(peers.nextToDial(now)).contains(peer(1));
    }

    @Test
    void whomTheUserNamedIsNeverGivenUp() {
        peers.add(peer(1), Origin.USER, null, now);
        for (int failure = 1; failure <= 100; failure++) {
            assertThat(peers.nextToDial(now)).contains(peer(1));
            peers.onDialFailed(peer(1), now);
            long next = peers.nextChance(now);
            assertThat(next - now).isBetween(48_000L, 36L * MINUTE);
            now = next;
        }
    }

    @Test
    void inALaboratoryPausesAreAHundredthAsLong() {
        KnownPeers lab = peers(Profile.LAB, Map.of(), 1);
        Endpoint peer = Endpoint.ofIpv4(0x7F00_0001, 7000);
        lab.add(peer, Origin.TRACKER, null, now);
        assertThat(lab.nextToDial(now)).isPresent();
        lab.onDialFailed(peer, now);

        assertThat(lab.nextChance(now) - now).isBetween(480L, 720L);
    }

    @Test
    void aLinkThatWasUsefulIsNoFailure() {
        add(peer(1));
        for (int i = 0; i < 10; i++) {
            assertThat(peers.nextToDial(now)).isPresent();
            peers.onLinked(peer(1));
            peers.onUnlinked(peer(1), true, now);
            assertThat(peers.nextChance(now) - now).isGreaterThan(48_000);
            now += 10 * MINUTE;
        }
    }

    @Test
    void theOneWithTheFewestFailuresComesFirst() {
        add(peer(1));
        assertThat(peers.nextToDial(now)).isPresent();
        peers.onDialFailed(peer(1), now);
        now += 10 * MINUTE;
        add(peer(2));

        assertThat(peers.nextToDial(now)).contains(peer(2));
    }

    @Test
    void amongEqualsChanceDecides() {
        Set<Endpoint> first = new LinkedHashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            KnownPeers drawn = peers(Profile.INTERNET, Map.of(), seed);
            for (int i = 1; i <= 5; i++) {
                drawn.add(peer(i), Origin.TRACKER, null, now);
            }
            first.add(drawn.nextToDial(now).orElseThrow());
        }

        assertThat(first).hasSize(5);
    }

    @Test
    void strangersCannotAimUsAtPrivilegedPortsPrivateAddressesOrOurselves() {
        assertThat(add(peer(1).withPort(22))).isFalse();
        assertThat(add(peer(1).withPort(0))).isFalse();
        assertThat(add(Endpoint.ofIpv4(0x7F00_0001, 7000))).isFalse();
        assertThat(add(Endpoint.ofIpv4(0x0A00_0001, 7000))).isFalse();
        assertThat(add(SELF)).isFalse();
        assertThat(peers.add(peer(1).withPort(22), Origin.USER, null, now))
                .as("the user may")
                .isTrue();
        assertThat(peers.add(SELF, Origin.USER, null, now)).isFalse();
    }

    @Test
    void whoComesFromAPrivateAddressTellsOfItself() {
        assertThat(peers.add(Endpoint.ofIpv4(0x0A00_0001, 7000), Origin.INBOUND, null, now))
                .isTrue();
    }

    @Test
    void anAddressHasFewPortsAndIsDialledSeldomAndOneAtATime() {
        assertThat(add(peer(1).withPort(5001))).isTrue();
        assertThat(add(peer(1).withPort(5002))).isTrue();
        assertThat(add(peer(1).withPort(5003))).isFalse();

        Endpoint first = peers.nextToDial(now).orElseThrow();
        assertThat(peers.nextToDial(now)).as("one at a time").isEmpty();
        assertThat(peers.nextChance(now)).isEqualTo(Timers.NEVER);
        peers.onDialFailed(first, now);
        assertThat(peers.nextToDial(now)).isPresent();
    }

    @Test
    void noAddressIsDialledMoreThanFourTimesInTenMinutes() {
        add(peer(1).withPort(5001));
        add(peer(1).withPort(5002));
        List<Long> dialledAt = new ArrayList<>();
        for (long end = now + 60 * MINUTE; now < end; now += 1_000) {
            Optional<Endpoint> next = peers.nextToDial(now);
            next.ifPresent(peer -> {
                dialledAt.add(now);
                peers.onLinked(peer);
                peers.onUnlinked(peer, true, now);
            });
        }

        assertThat(dialledAt).hasSizeGreaterThan(15);
        for (int i = 4; i < dialledAt.size(); i++) {
            assertThat(dialledAt.get(i) - dialledAt.get(i - 4)).isGreaterThanOrEqualTo(10 * MINUTE);
        }
    }

    @Test
    void peerExchangeAndEachTellerFillOnlyTheirShare() {
        KnownPeers small = peers(Profile.INTERNET, Map.of("limits.known.peers", 20L), 1);
        for (int i = 0; i < 20; i++) {
            small.add(peer(i), Origin.EXCHANGE, TELLER, now);
        }
        assertThat(small.size()).as("of one teller").isEqualTo(5);
        for (int i = 20; i < 60; i++) {
            small.add(peer(i), Origin.EXCHANGE, peer(1_000 + i), now);
        }
        assertThat(small.size()).as("by exchange").isEqualTo(10);
        for (int i = 60; i < 100; i++) {
            small.add(peer(i), Origin.TRACKER, null, now);
        }
        assertThat(small.size()).as("in all").isEqualTo(20);
        assertThat(small.add(peer(200), Origin.USER, null, now))
                .as("the user's")
                .isTrue();
        assertThat(small.size()).isEqualTo(20);
        assertThat(small.origin(peer(200))).isEqualTo(Origin.USER);
    }

    @Test
    void whoWasGivenUpMakesRoom() {
        KnownPeers small = peers(Profile.INTERNET, Map.of("limits.known.peers", 2L), 1);
        small.add(peer(1), Origin.TRACKER, null, now);
        small.add(peer(2), Origin.TRACKER, null, now);
        assertThat(small.add(peer(3), Origin.TRACKER, null, now)).isFalse();
        for (int i = 0; i < 6; i++) {
            Endpoint dialled = small.nextToDial(now).orElseThrow();
            small.onDialFailed(dialled, now);
            now += 10 * MINUTE;
        }

        assertThat(small.add(peer(3), Origin.TRACKER, null, now)).isTrue();
        assertThat(small.size()).isEqualTo(2);
    }

    @Test
    void nextChanceNeverMissesAndTheBoundsHold() {
        Seeds.check(100, random -> {
            KnownPeers drawn = peers(Profile.INTERNET, Map.of("limits.known.peers", 10L), random.nextLong());
            Map<Endpoint, Boolean> busy = new LinkedHashMap<>();
            long time = 0;
            for (int step = 0; step < 300; step++) {
                time += random.nextInt(MINUTE);
                anything(drawn, busy, random, time);
                long chance = drawn.nextChance(time);
                Optional<Endpoint> next = drawn.nextToDial(time);
                assertThat(chance <= time).isEqualTo(next.isPresent());
                next.ifPresent(peer -> assertThat(busy.put(peer, true)).isNull());
                assertThat(drawn.size()).isLessThanOrEqualTo(10);
            }
        });
    }

    private static void anything(KnownPeers peers, Map<Endpoint, Boolean> busy, RandomGenerator random, long now) {
        Endpoint peer = peer(random.nextInt(12)).withPort(2_000 + random.nextInt(3));
        Origin origin = Origin.values()[random.nextInt(Origin.values().length)];
        switch (random.nextInt(5)) {
            case 0, 1 -> peers.add(peer, origin, random.nextBoolean() ? null : peer(random.nextInt(3)), now);
            case 2 -> {
                peers.forget(peer);
                busy.remove(peer);
            }
            case 3 -> busy.keySet().stream().findFirst().ifPresent(peers::onLinked);
            default ->
                busy.keySet().stream().findFirst().ifPresent(linked -> {
                    busy.remove(linked);
                    if (random.nextBoolean()) {
                        peers.onUnlinked(linked, random.nextBoolean(), now);
                    } else {
                        peers.onDialFailed(linked, now);
                    }
                });
        }
    }

    private void giveUp(Endpoint peer) {
        for (int failure = 0; failure < 3; failure++) {
            now = Math.max(now, peers.nextChance(now));
            assertThat(peers.nextToDial(now)).contains(peer);
            peers.onDialFailed(peer, now);
        }
    }

    private boolean add(Endpoint peer) {
        return peers.add(peer, Origin.TRACKER, null, now);
    }

    private static Endpoint peer(int number) {
        return Endpoint.ofIpv4(0xC633_6400 + number, 6881);
    }

    private static KnownPeers peers(Profile profile, Map<String, Long> limits, long seed) {
        SwarmConfig standard = SwarmConfig.standard(SELF, profile);
        SwarmConfig config = new SwarmConfig(
                SELF,
                profile,
                standard.picker(),
                standard.choker(),
                standard.slots(),
                standard.optimisticSlots(),
                standard.roundMillis(),
                standard.optimisticMillis(),
                standard.upRate(),
                standard.downRate(),
                Limits.with(SwarmLimits.class, limits));
        return new KnownPeers(config, Seeds.generator(seed), config.dialRules());
    }
}
