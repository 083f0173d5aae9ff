package praline.system.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import praline.system.foreign.Meeting.Member;

/**
 * The packaged program in swarms with other clients: in both directions, and by every way that they find each other.
 * What arrives is compared by SHA-256. The tests run side by side, because most of their time is the others' timers.
 */
@Execution(ExecutionMode.CONCURRENT)
class ForeignClientsIT {

    private static final int SIZE = (4 << 20) + 12_345;

    /** At this rate the data takes some eight seconds, time for others to have a part in it. */
    private static final String SLOW = "500K";

    private static final String DONE = "^done ";

    @TempDir
    static Path common;

    private static PrivateNetwork network;
    private static Tracker tracker;

    @TempDir
    Path home;

    @BeforeAll
    static void openTracker() throws IOException {
        Requirements.check();
        network = PrivateNetwork.make();
        tracker = Tracker.start(Place.make(network, common.resolve("tracker")));
    }

    @AfterAll
    static void closeTracker() {
        if (tracker != null) {
            tracker.close();
        }
        if (network != null) {
            network.close();
        }
    }

    static Stream<Participant> others() {
        return Stream.of(new Aria2(), new Libtorrent(), new Transmission());
    }

    /** We are told their address, and no tracker. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void weTakeWhatTheyGive(Participant other) throws IOException {
        Torrent torrent = Torrent.ofFolder(home, "given by " + other, SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            Member seed = seed(meeting, other, torrent, tracker.http());
            Member ours = meeting.join(new Praline("--peer", seed.place().endpoint()), torrent.file());

            meeting.awaitUntil("we say that we have it", () -> ours.says(DONE));
            assertThat(ours.has(torrent)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void theyTakeWhatWeGive(Participant other) throws IOException {
        Torrent torrent = Torrent.ofFolder(home, "taken by " + other, SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            seed(meeting, new Praline(), torrent, tracker.http());
            Member theirs = meeting.join(other, torrent.file(tracker.http()));

            meeting.awaitUntil("they have it", () -> theirs.has(torrent));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void weTakeByLinkWhatTheyGive(Participant other) throws IOException {
        Torrent torrent = Torrent.ofFile(home, "link to " + other, SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            seed(meeting, other, torrent, tracker.http());
            Member ours = meeting.join(new Praline(), torrent.link(tracker.http()));

            meeting.awaitUntil("we say that we have it", () -> ours.says(DONE));
            assertThat(ours.has(torrent)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void theyTakeByLinkWhatWeGive(Participant other) throws IOException {
        Torrent torrent = Torrent.ofFile(home, "link for " + other, SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            seed(meeting, new Praline(), torrent, tracker.http());
            Member theirs = meeting.join(other, torrent.link(tracker.http()));

            meeting.awaitUntil("they have it", () -> theirs.has(torrent));
        }
    }

    /** Both announce by UDP, and by nothing else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void theyFindUsByDatagrams(Participant other) throws IOException {
        Torrent torrent = Torrent.ofFile(home, "datagrams for " + other, SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            seed(meeting, new Praline(), torrent, tracker.udp());
            Member theirs = meeting.join(other, torrent.file(tracker.udp()));

            meeting.awaitUntil("they have it", () -> theirs.has(torrent));
        }
    }

    /** The seed is so slow that they had better trade. */
    @Test
    void allKindsTakeFromEachOther() throws IOException {
        Torrent torrent = Torrent.ofFolder(home, "for all", 2 * SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            seed(meeting, new Praline("--up", SLOW), torrent, tracker.http());
            Path file = torrent.file(tracker.http());
            Member ours = meeting.join(new Praline("--json"), file);
            List<Member> takers = new ArrayList<>(List.of(ours));
            for (Participant other : others().toList()) {
                takers.add(meeting.join(other, file));
            }

            for (Member taker : takers) {
                meeting.awaitUntil(taker.place().home() + " has it", () -> taker.has(torrent));
            }
            meeting.awaitUntil("others have taken from us", () -> ours.says("\"uploaded\":[1-9]"));
        }
    }

    /** A seed whose disk has gone wrong since it looked; another, honest and slow, is there. */
    @Test
    void weDropWhoeverGivesWrongDataAndGetItAll() throws IOException {
        Torrent torrent = Torrent.ofFile(home, "spoilt", SIZE);
        try (Meeting meeting = new Meeting(network, home)) {
            Member wrong = seed(meeting, new Libtorrent(), torrent, tracker.http());
            torrent.spoil(wrong.place().data());
            Path file = torrent.file(tracker.http());
            Member right = meeting.joinWithData(new Aria2("--max-upload-limit=" + SLOW), torrent, file);
            awaitSeeds(2, meeting, right, torrent, tracker);
            Member ours = meeting.join(new Praline(), file);

            String dropped = Pattern.quote(ours.place().address()) + ":.* disconnecting";
            meeting.awaitUntil("we have dropped the wrong one", () -> wrong.says(dropped));
            assertThat(ours.says(DONE)).as("there is much left to take").isFalse();
            meeting.awaitUntil("we say that we have it", () -> ours.says(DONE));
            assertThat(ours.has(torrent)).isTrue();
        }
    }

    static Stream<Arguments> gossips() {
        return Stream.of(Arguments.of(new Libtorrent(), new Praline()), Arguments.of(new Praline(), new Libtorrent()));
    }

    /**
     * The newcomer knows nobody but the one in the middle, which goes when it has told of the seed. Told at the same
     * time the two dial each other, and libtorrent may then drop both links; it comes back after a minute.
     */
    @ParameterizedTest(name = "{0} tells {1}")
    @MethodSource("gossips")
    void aSwarmHoldsTogetherWithoutItsTracker(Participant middle, Participant newcomer) throws IOException {
        Torrent torrent = Torrent.ofFile(home, "told by " + middle, SIZE);
        try (Meeting meeting = new Meeting(network, home);
                Tracker passing = Tracker.start(meeting.place("tracker"))) {
            Path file = torrent.file(passing.http());
            Member seed = meeting.joinWithData(new Praline("--json", "--up", "100K"), torrent, file);
            awaitSeeds(1, meeting, seed, torrent, passing);
            Member teller = meeting.join(middle, file);
            meeting.awaitUntil("the first two have met", () -> seed.says("\"peers\":1,"));
            passing.kill();

            Member last = meeting.join(newcomer, torrent.linkBy(teller.place()));
            String dialled = Pattern.quote(seed.place().endpoint()) + " .*outgoing connection";
            meeting.awaitUntil(
                    "the newcomer has been told of the seed", () -> seed.says("\"peers\":2,") || last.says(dialled));
            assertThat(teller.has(torrent)).isFalse();
            meeting.kill(teller);
            meeting.awaitUntil("the newcomer has it", () -> last.has(torrent));
        }
    }

    /** Somebody joins with all the data; when this returns, the tracker knows. */
    private static Member seed(Meeting meeting, Participant who, Torrent torrent, String announce) throws IOException {
        Member seed = meeting.joinWithData(who, torrent, torrent.file(announce));
        awaitSeeds(1, meeting, seed, torrent, tracker);
        return seed;
    }

    private static void awaitSeeds(int count, Meeting meeting, Member last, Torrent torrent, Tracker tracker) {
        meeting.awaitUntil("the tracker knows the seeds", () -> tracker.seedCount(torrent, last.place()) == count);
    }
}
