package praline.system.foreign;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** Those who take part in one test; to be closed. */
final class Meeting implements AutoCloseable {

    /** Transmission and libtorrent take their time, and the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** No oftener than a tracker may be asked in the long run (spec/hardening.md C3). */
    private static final Duration POLL = Duration.ofMillis(500);

    private final PrivateNetwork network;
    private final Path home;
    private final List<Member> members = new ArrayList<>();
    private int placeCount;

    Meeting(PrivateNetwork network, Path home) {
        this.network = network;
        this.home = home;
    }

    /**
     * One who takes part.
     *
     * @param place where it is, and its data
     * @param running what it says
     */
    record Member(Place place, Running running) {

        boolean has(Torrent torrent) throws IOException {
            return torrent.isIn(place.data());
        }

        boolean says(String pattern) {
            return running.says(pattern);
        }
    }

    /** A place for one more. */
    Place place(String name) throws IOException {
        placeCount++;
        return Place.make(network, home.resolve(placeCount + "-" + name));
    }

    /** Lets one more join, who has nothing yet. */
    Member join(Participant who, String what) throws IOException {
        return join(who, place(who.toString()), what);
    }

    Member join(Participant who, Path torrentFile) throws IOException {
        return join(who, torrentFile.toString());
    }

    /** Lets one more join, who has all the data. */
    Member joinWithData(Participant who, Torrent torrent, Path torrentFile) throws IOException {
        Place place = place(who + "-with-data");
        torrent.copyInto(place.data());
        return join(who, place, torrentFile.toString());
    }

    /** Somebody goes without a word. */
    void kill(Member member) {
        members.remove(member);
        member.running().close();
    }

    /** Waits for something; when it does not come, or when somebody ends before, all that they said is reported. */
    void awaitUntil(String what, Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE).pollInterval(POLL).until(() -> condition.call() || !areAllAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + report(), e);
        }
        if (!areAllAlive()) {
            throw new AssertionError("somebody ended before: " + what + report());
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.running().close());
    }

    private Member join(Participant who, Place place, String what) throws IOException {
        Member member = new Member(place, who.join(place, what));
        members.add(member);
        return member;
    }

    private boolean areAllAlive() {
        return members.stream().allMatch(member -> member.running().isAlive());
    }

    private String report() {
        return members.stream().map(member -> member.running().toString()).collect(joining("\n\n", "\n\n", "\n"));
    }
}
