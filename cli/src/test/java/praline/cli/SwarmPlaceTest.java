package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.swarm.TorrentOrder;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** Where a node of {@code get} listens when the user does not say, and how careful it is. */
class SwarmPlaceTest {

    @Test
    void whatIsOnThisMachineStaysOnIt() {
        assertPlace("127.0.0.1:0", Profile.LAB, null);
        assertPlace("127.0.0.1:0", Profile.LAB, null, "127.0.0.1:7", "http://127.0.0.1:80/announce");
        assertPlace("127.0.0.1:0", Profile.LAB, null, "udp://localhost:80");
    }

    @Test
    void othersReachWhoWantsOthers() {
        assertPlace("0.0.0.0:0", Profile.LAN, null, "10.0.0.7:7", "http://127.0.0.1:80/announce");
        assertPlace("0.0.0.0:0", Profile.INTERNET, null, "127.0.0.1:7", "http://tracker.example/announce");
    }

    @Test
    void whoSaysWhereIsTaken() {
        assertPlace("10.0.0.1:5", Profile.LAN, "10.0.0.1:5");
        assertPlace("127.0.0.1:5", Profile.LAB, "127.0.0.1:5", "127.0.0.2:7");
        assertPlace("0.0.0.0:5", Profile.INTERNET, "0.0.0.0:5");
        assertPlace("0.0.0.0:5", Profile.LAN, "0.0.0.0:5", "127.0.0.1:7");
        assertPlace("192.0.2.1:5", Profile.INTERNET, "192.0.2.1:5", "10.0.0.1:7");
    }

    /** {@code others} are peers, and trackers by their URLs. */
    private static void assertPlace(String listen, Profile profile, @Nullable String given, String... others) {
        TorrentOrder order = new TorrentOrder(
                new Sha1(1, 2, 3),
                null,
                null,
                null,
                null,
                Arrays.stream(others)
                        .filter(other -> other.contains("//"))
                        .map(ImmutableList::of)
                        .collect(ImmutableList.toImmutableList()),
                Arrays.stream(others)
                        .filter(other -> !other.contains("//"))
                        .map(SwarmPlaceTest::endpoint)
                        .collect(ImmutableList.toImmutableList()));
        assertEquals(
                new SwarmPlace(endpoint(listen), profile),
                SwarmPlace.of(given == null ? null : endpoint(given), null, order));
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
