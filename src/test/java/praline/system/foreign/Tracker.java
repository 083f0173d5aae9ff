package praline.system.foreign;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import praline.system.Program;

/** One of our supernodes, which is a tracker to everybody. */
final class Tracker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Place place;
    private final Running running;

    private Tracker(Place place, Running running) {
        this.place = place;
        this.running = running;
    }

    /** Starts it and waits until it listens. */
    static Tracker start(Place place) throws IOException {
        Running running = Praline.run(
                place,
                ImmutableList.of(
                        "node",
                        "--role",
                        "supernode",
                        "--listen",
                        place.endpoint(),
                        "--data",
                        place.data().toString()));
        await().atMost(PATIENCE).until(() -> running.says("^ready "));
        return new Tracker(place, running);
    }

    String http() {
        return "http://" + place.endpoint() + "/announce";
    }

    String udp() {
        return "udp://" + place.endpoint() + "/announce";
    }

    /**
     * How many have told it that they have all of that torrent.
     *
     * @param from whose address asks: a node refuses the visitors of one address that come too often
     */
    int seedCount(Torrent torrent, Place from) {
        Program.Outcome outcome = Program.run(place.network()
                .inside(
                        Libtorrent.PYTHON,
                        Script.path("seed_count.py"),
                        from.address(),
                        place.endpoint(),
                        torrent.infohash().hex()));
        if (outcome.exitCode() != 0) {
            throw new AssertionError(outcome.err() + running);
        }
        return Integer.parseInt(outcome.out().strip());
    }

    /** It goes without a word. */
    void kill() {
        running.close();
    }

    @Override
    public void close() {
        kill();
    }
}
