package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.http.RequestHead;
import praline.protocol.text.RemoteText;

/** A downloader among sources that let it wait, send it on, have a part only, or know others. */
class QueueAndAlternatesTest {

    private static final long SIZE = 300_000;
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});
    private static final String QUEUED =
            "ID=c46592a93512a67b385b3da6575be434; position=2; lifetime=90; length=2; ETA=0";
    private static final int MINUTE = 60_000;

    private final World world = new World(1);
    private final WorldNode node = world.add(1);
    private final Heard heard = new Heard();
    private final List<Endpoint> sources = new ArrayList<>();
    private final TransferEngine engine = node.install(new TransferEngine(
            new TransferConfig(node.endpoint, Profile.LAN, TransferLimits.STANDARD), node, SharedContent.NONE, heard));

    QueueAndAlternatesTest() {
        node.disk.truth.put(SHA1, SIZE);
    }

    @Test
    void aPlaceInAQueueIsKeptOnOneConnection() {
        ScriptedSource source = addSource();
        source.busyAnswers = 2;
        source.queued = QUEUED;
        source.introducesItself();

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(source.links).isEqualTo(1);
        assertThat(source.requests)
                .extracting(request -> header(request, "X-Queue"))
                .containsOnly("1.1");
        assertThat(source.requests)
                .extracting(request -> header(request, "X-Queued"))
                .containsExactly(
                        "",
                        "position=2; ID=c46592a93512a67b385b3da6575be434",
                        "position=2; ID=c46592a93512a67b385b3da6575be434");
        assertThat(source.askedAt.get(1) - source.askedAt.get(0)).isBetween(7_000L, 8_000L);
    }

    @Test
    void whileOneLetsUsWaitAnotherGives() {
        ScriptedSource waiting = addSource();
        waiting.busyAnswers = 100;
        waiting.queued = QUEUED;
        ScriptedSource giving = addSource();

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);
        world.runFor(100);

        assertThat(heard.paths).hasSize(1);
        assertThat(waiting.asked).hasSize(1);
        assertThat(giving.asked).isNotEmpty();
        assertThat(waiting.closedLinks).as("nobody waits for what is here").isEqualTo(1);
    }

    @Test
    void aQueueThatBreaksOffCostsOnlyTheConnection() {
        ScriptedSource source = addSource();
        source.busyAnswers = 1;
        source.queued = QUEUED;
        fetch();
        world.runUntil(() -> !source.asked.isEmpty(), MINUTE);
        world.runFor(1_000);
        world.resetAll();

        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(source.links).isEqualTo(2);
        assertThat(header(source.requests.get(1), "X-Queued")).startsWith("position=2");
    }

    @Test
    void whoeverMayStillGetAPartLaterIsAskedAgain() {
        ScriptedSource source = addSource();
        source.status = 416;
        source.extra = ImmutableMap.of("X-Available-Ranges", "bytes 262144-299999");
        fetch();
        world.runFor(10 * MINUTE);
        assertThat(source.asked.size()).as("once a minute").isBetween(9, 11);

        source.status = 0;
        world.runUntil(heard::hasEnded, 2 * MINUTE);
        assertThat(heard.paths).hasSize(1);
    }

    @Test
    void anotherPathOfTheSameSourceIsFollowedOnce() {
        ScriptedSource source = addSource();
        source.status = 301;
        source.extra = ImmutableMap.of("Location", "/get/7/there");
        fetch();

        world.runFor(1_000);

        assertThat(source.requests)
                .extracting(RequestHead::target)
                .containsExactly("/uri-res/N2R?urn:sha1:" + SHA1, "/get/7/there");
        assertThat(heard.lastText).contains("sends us round");
    }

    @Test
    void nobodySendsUsToAThirdParty() {
        ScriptedSource source = addSource();
        source.status = 301;
        source.extra = ImmutableMap.of("Location", "http://10.0.0.99:80/x");
        fetch();

        world.runFor(1_000);

        assertThat(source.requests).hasSize(1);
        assertThat(heard.lastText).contains("sends us elsewhere");
    }

    @Test
    void whoASourceNamesBecomesASource() {
        ScriptedSource busy = addSource();
        busy.busyAnswers = 100;
        WorldNode otherNode = world.add(9);
        ScriptedSource other = otherNode.install(new ScriptedSource(world, SHA1, SIZE));
        busy.extra = ImmutableMap.of("X-Alt", "tls=80, 10.0.0.9, 10.0.0.1, 127.0.0.1:7000");

        fetch();
        world.runUntil(heard::hasEnded, MINUTE);

        assertThat(heard.paths).hasSize(1);
        assertThat(other.asked).isNotEmpty();
    }

    private ScriptedSource addSource() {
        WorldNode place = world.add(2 + sources.size());
        sources.add(place.endpoint);
        return place.install(new ScriptedSource(world, SHA1, SIZE));
    }

    private void fetch() {
        assertThat(engine.fetch(new Wanted(SHA1, SIZE, RemoteText.of("some name"), true), sources))
                .isEmpty();
    }

    private static String header(RequestHead request, String name) {
        return request.headers().get(name).orElse("");
    }
}
