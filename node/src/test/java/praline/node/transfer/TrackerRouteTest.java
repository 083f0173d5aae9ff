package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.RequestHead;

/** How announcements and scrapes reach a tracker that shares its port with files (spec/bittorrent.md 8.3). */
class TrackerRouteTest {

    private final World world = new World(1);
    private final WorldNode server = world.add(1);
    private final List<String> asked = new ArrayList<>();
    private int addresses = 1;

    @Test
    void anAnnouncementAndAScrapeAreAnsweredOnOneLink() {
        start(new Desk(), Map.of());
        Asker asker = newAsker();

        asker.ask("/announce?info_hash=%3f&port=1");
        asker.ask("/scrape?info_hash=%3f");
        world.runFor(100);

        assertThat(asked)
                .containsExactly("announce info_hash=%3f&port=1 by 10.0.0.2", "scrape info_hash=%3f by 10.0.0.2");
        assertThat(asker.said).containsExactly("announced", "scraped");
        assertThat(asker.heads).allSatisfy(head -> {
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers().get("Content-Type")).hasValue("text/plain");
        });
        assertThat(asker.header("Content-Length")).isEqualTo("7");
        assertThat(asker.isOpen()).isTrue();
    }

    @Test
    void theOldVersionOfHttpNeedsNoHostAndEndsTheLink() {
        start(new Desk(), Map.of());
        Asker asker = newAsker();

        asker.send(new RequestHead(RequestHead.Method.GET, "/announce?x", 0, Headers.NONE));
        world.runFor(100);

        assertThat(asker.said).containsExactly("announced");
        assertThat(asker.header("Connection")).isEqualTo("close");
        assertThat(asker.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
    }

    @Test
    void whoAsksForTheHeadGetsNoBody() {
        start(new Desk(), Map.of());
        Asker asker = newAsker();

        asker.ask(RequestHead.Method.HEAD, "/announce?x");
        world.runFor(100);

        assertThat(asker.header("Content-Length")).isEqualTo("9");
        assertThat(asker.said).isEmpty();
    }

    @Test
    void aNodeThatLeadsNobodyIsNoTracker() {
        start(null, Map.of());
        Asker asker = newAsker();

        asker.ask("/announce?x");
        world.runFor(100);

        assertThat(asker.lastHead().status()).isEqualTo(404);
    }

    @Test
    void aLinkThatIsAnsweredMakesRoomForTheNextAsker() {
        start(new Desk(), Map.of("limits.upload.links", 2L));
        Asker first = newAsker();
        first.ask("/announce?1");
        world.runFor(100);
        Asker second = newAsker();
        second.ask("/announce?2");
        world.runFor(100);

        Asker third = newAsker();
        third.ask("/announce?3");
        world.runFor(100);

        assertThat(first.closed).as("idle for longest").isEqualTo(CloseReason.REMOTE_CLOSED);
        assertThat(second.isOpen()).isTrue();
        assertThat(third.said).containsExactly("announced");
    }

    private void start(@Nullable TrackerDesk tracker, Map<String, Long> limits) {
        TransferConfig config =
                new TransferConfig(server.endpoint, Profile.INTERNET, Limits.with(TransferLimits.class, limits));
        server.install(new TransferEngine(
                config,
                server,
                new Surroundings(SharedContent.NONE, tracker, RangeTaker.NONE, PushPort.NONE),
                TransferListener.NONE));
    }

    private Asker newAsker() {
        Asker asker = Asker.at(world.add(++addresses), server.endpoint);
        world.runFor(20);
        return asker;
    }

    private final class Desk implements TrackerDesk {

        @Override
        public Bytes announce(String rawQuery, Endpoint from, long now) {
            asked.add("announce " + rawQuery + " by " + from.host());
            return Bytes.ofUtf8("announced");
        }

        @Override
        public Bytes scrape(String rawQuery, Endpoint from, long now) {
            asked.add("scrape " + rawQuery + " by " + from.host());
            return Bytes.ofUtf8("scraped");
        }
    }
}
