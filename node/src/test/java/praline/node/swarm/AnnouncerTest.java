package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** What an announcer says to whom, and when: each line is a time in seconds, an event and a tracker. */
class AnnouncerTest {

    private static final String A = "http://a/announce";
    private static final String B = "udp://b:80";
    private static final String C = "https://c/x";

    private final Recorder port = new Recorder();
    private long now;

    private final class Recorder implements Announcer.Port {
        final List<String> said = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        final List<Endpoint> found = new ArrayList<>();

        @Override
        public void announce(String url, Event event, int wanted) {
            said.add(now / 1_000 + " " + event + " " + url);
            assertThat(wanted).isEqualTo(event == Event.STOPPED ? 0 : 200);
        }

        @Override
        public void found(ImmutableList<Endpoint> peers) {
            found.addAll(peers);
        }

        @Override
        public void said(String url, RemoteText text) {
            texts.add(url + ": " + text);
        }
    }

    @Test
    void theFirstAnnounceGoesOutAtOnceAndTheNextAfterTheInterval() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        reply(announcer, A, 60, 0);
        run(announcer, 130);

        assertThat(port.said).containsExactly("0 STARTED " + A, "60 NONE " + A);
        assertThat(announcer.isIdle()).isFalse();
    }

    @Test
    void aTrackerThatSaysNothingOrTooLittleIsAskedAtOurPace() {
        Announcer silent = announcer(A);
        silent.start(now);
        reply(silent, A, 0, 0);
        assertThat(silent.watch(now)).isEqualTo(1_800_000);

        Announcer hasty = announcer(A);
        hasty.start(now);
        reply(hasty, A, 1, 0);
        assertThat(hasty.watch(now)).isEqualTo(10_000);
    }

    @Test
    void aTrackerCannotSilenceUsForEver() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        reply(announcer, A, Integer.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(announcer.watch(now)).isEqualTo(7_200_000);
        announcer.wantPeers(now);
        assertThat(announcer.watch(now)).isEqualTo(7_200_000);
    }

    @Test
    void whoIsShortOfPeersAsksSoonerButNotBeforeTheTrackerAllows() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        reply(announcer, A, 600, 30);
        now = 10_000;
        announcer.wantPeers(now);
        run(announcer, 100);

        assertThat(port.said).containsExactly("0 STARTED " + A, "30 NONE " + A);
    }

    @Test
    void theNextTrackerIsAskedAtOnceWhenOneFails() {
        Announcer announcer = announcer(A, B, C);
        announcer.start(now);
        announcer.onFailure(A, "connection refused", now);
        announcer.onFailure(B, "no such host", now);
        reply(announcer, C, 60, 0);

        assertThat(port.said).containsExactly("0 STARTED " + A, "0 STARTED " + B, "0 STARTED " + C);
        assertThat(port.texts).containsExactly(A + ": connection refused", B + ": no such host");
    }

    @Test
    void pausesAfterFailuresGrowWithTheirSquareUpToAnHour() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        List<Long> pauses = new ArrayList<>();
        for (int failure = 0; failure < 30; failure++) {
            announcer.onFailure(A, "down", now);
            long next = announcer.watch(now);
            pauses.add(next - now);
            now = next;
            announcer.watch(now);
        }

        assertThat(pauses).startsWith(17_500L, 55_000L, 117_500L).endsWith(3_600_000L);
    }

    @Test
    void inALaboratoryPausesAreAQuarter() {
        Announcer announcer = new Announcer(
                port, tiers(List.of(List.of(A))), SwarmConfig.standard(self(), Profile.LAB), Seeds.generator(1));
        announcer.start(now);
        announcer.onFailure(A, "down", now);

        assertThat(announcer.watch(now)).isEqualTo(4_375);
    }

    @Test
    void aTrackerThatHangsHoldsUpNobody() {
        Announcer announcer = announcer(A, B);
        announcer.start(now);
        run(announcer, 10);
        reply(announcer, B, 60, 0);
        run(announcer, 65);
        announcer.onFailure(A, "timeout", now);
        run(announcer, 75);

        assertThat(port.said).containsExactly("0 STARTED " + A, "10 STARTED " + B, "70 NONE " + B);
    }

    @Test
    void whoAnswersMovesToTheFrontOfItsTierOnly() {
        Announcer announcer = new Announcer(port, tiers(List.of(List.of(A), List.of(B))), config(), Seeds.generator(1));
        announcer.start(now);
        announcer.onFailure(A, "down", now);
        reply(announcer, B, 60, 0);
        now = 60_000;
        announcer.watch(now);
        assertThat(port.said).endsWith("60 STARTED " + A);

        Announcer oneTier = new Announcer(port, tiers(List.of(List.of(A, B))), config(), Seeds.generator(1));
        oneTier.start(now);
        String first = port.said.get(port.said.size() - 1).endsWith(A) ? A : B;
        String second = first.equals(A) ? B : A;
        oneTier.onFailure(first, "down", now);
        reply(oneTier, second, 60, 0);
        now = 120_000;
        oneTier.watch(now);
        assertThat(port.said).endsWith("120 NONE " + second);
    }

    @Test
    void completedIsSaidOnceToWhoKnewUsBefore() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        announcer.completed(now);
        reply(announcer, A, 60, 0);
        assertThat(port.said).containsExactly("0 STARTED " + A, "0 COMPLETED " + A);
        reply(announcer, A, 60, 0);
        run(announcer, 61);

        assertThat(port.said).endsWith("60 NONE " + A);
    }

    @Test
    void completedIsSaidAgainWhenItWasNotHeardAndNotToStrangers() {
        Announcer announcer = announcer(A, B);
        announcer.start(now);
        reply(announcer, A, 60, 0);
        announcer.completed(now);
        announcer.onFailure(A, "down", now);
        reply(announcer, B, 60, 0);
        run(announcer, 60);

        assertThat(port.said)
                .containsExactly("0 STARTED " + A, "0 COMPLETED " + A, "0 STARTED " + B, "60 COMPLETED " + A);
    }

    @Test
    void aTorrentThatIsCompleteFromTheBeginningNeverSaysCompleted() {
        Announcer announcer = announcer(A);
        announcer.completed(now);
        announcer.start(now);
        reply(announcer, A, 60, 0);
        run(announcer, 61);

        assertThat(port.said).containsExactly("0 STARTED " + A, "60 NONE " + A);
    }

    @Test
    void stoppedIsToldToAllThatKnowUsAndNothingFollows() {
        Announcer announcer = announcer(A, B, C);
        announcer.start(now);
        announcer.onFailure(A, "down", now);
        run(announcer, 10);
        announcer.stop(now);
        reply(announcer, B, 1, 0);
        announcer.onFailure(C, "late", now);
        announcer.wantPeers(now);
        announcer.completed(now);

        assertThat(port.said)
                .containsExactly(
                        "0 STARTED " + A, "0 STARTED " + B, "10 STARTED " + C, "10 STOPPED " + B, "10 STOPPED " + C);
        assertThat(announcer.isIdle()).isTrue();
        assertThat(announcer.watch(now)).isEqualTo(Timers.NEVER);
    }

    @Test
    void whatTrackersFoundAndWarnedIsHandedOn() {
        Announcer announcer = announcer(A);
        announcer.start(now);
        announcer.onReply(
                A, new AnnounceReply(60, 0, 1, 1, ImmutableList.of(self()), RemoteText.of("soon closing")), now);

        assertThat(port.found).containsExactly(self());
        assertThat(port.texts).containsExactly(A + ": soon closing");
    }

    @Test
    void onlyTrackersThatCanBeAskedAreTakenEachOnce() {
        Announcer announcer = announcer("ftp://a", "http://", "wss://b", A, "x".repeat(3_000), A, "");
        announcer.add(tiers(List.of(List.of(A), List.of(B))));
        announcer.start(now);
        announcer.onFailure(A, "down", now);
        announcer.onFailure(B, "down", now);

        assertThat(port.said).containsExactly("0 STARTED " + A, "0 STARTED " + B);
    }

    @Test
    void aTierIsShuffled() {
        Set<String> firsts = new LinkedHashSet<>();
        for (int seed = 0; seed < 30; seed++) {
            new Announcer(port, tiers(List.of(List.of(A, B, C))), config(), Seeds.generator(seed)).start(now);
            firsts.add(port.said.get(port.said.size() - 1));
        }

        assertThat(firsts).hasSize(3);
    }

    @Test
    void itNeverStandsStillNorRunsWildWhateverTrackersDo() {
        Seeds.check(200, random -> {
            now = 0;
            port.said.clear();
            Announcer announcer = announcer(A, B, C);
            announcer.start(now);
            List<String> urls = List.of(A, B, C);
            while (now < 4 * 3_600_000L) {
                String url = urls.get(random.nextInt(3));
                switch (random.nextInt(3)) {
                    case 0 -> reply(announcer, url, random.nextInt(4_000), random.nextInt(100));
                    case 1 -> announcer.onFailure(url, "down", now);
                    default -> announcer.wantPeers(now);
                }
                long next = announcer.watch(now);
                assertThat(next).as("a deadline lies ahead").isGreaterThan(now);
                now += random.nextInt(600_000);
                announcer.watch(now);
            }
            assertThat(port.said).hasSizeBetween(3, 400);
        });
    }

    private void reply(Announcer announcer, String url, int interval, int min) {
        announcer.onReply(url, new AnnounceReply(interval, min, -1, -1, ImmutableList.of(), RemoteText.EMPTY), now);
    }

    /** Lets time pass up to {@code second}, and looks whenever something is due. */
    private void run(Announcer announcer, int second) {
        long end = second * 1_000L;
        for (long next = announcer.watch(now); next <= end; next = announcer.watch(now)) {
            now = next;
        }
        now = end;
    }

    private Announcer announcer(String... urls) {
        List<List<String>> each = new ArrayList<>();
        for (String url : urls) {
            each.add(List.of(url));
        }
        return new Announcer(port, tiers(each), config(), Seeds.generator(1));
    }

    private static ImmutableList<ImmutableList<String>> tiers(List<List<String>> tiers) {
        return tiers.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
    }

    private static SwarmConfig config() {
        return SwarmConfig.standard(self(), Profile.INTERNET);
    }

    private static Endpoint self() {
        return Endpoint.ofIpv4(0xC000_0201, 6881);
    }
}
