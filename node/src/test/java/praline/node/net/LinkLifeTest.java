package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Query;
import praline.protocol.testing.Seeds;

/**
 * Three hosts do to each other's links what chance says: send, close, stop and go on reading, cut. Whatever happens,
 * each dial is answered once, each link that opened ends once, and nothing is heard of it afterwards (spec/hardening.md
 * V4).
 */
class LinkLifeTest {

    private static final int STEPS = 300;
    private static final Query QUERY = new Query(new Guid(1, 2), 3, 0, 0, Bytes.copyOf(new byte[900]), Bytes.EMPTY);

    @Test
    void everyLinkEndsExactlyOnceAndIsSilentAfterwards() {
        Seeds.check(5, random -> {
            try (HostRig rig = new HostRig()) {
                List<HostRig.Node> nodes = List.of(start(rig), start(rig), start(rig));
                int dials = 0;
                for (int step = 0; step < STEPS; step++) {
                    dials += act(nodes, random) ? 1 : 0;
                }
                int expected = dials;
                await().until(() ->
                        count(nodes, "open ") - count(nodes, "open 0") + count(nodes, "failed ") == expected);
                nodes.forEach(node -> HostRig.await(node.host().close()));
                assertThat(nodes).allSatisfy(LinkLifeTest::isAtPeace);
            }
        });
    }

    private static HostRig.Node start(HostRig rig) {
        HostRig.Node node = rig.start(ImmutableMap.of("limits.net.turnMessages", 3L));
        node.engine().onMessage = (link, message) -> {
            if (!node.engine().links.contains(link)) {
                node.engine().events.add("a message after the end");
            }
        };
        node.engine().onWritable = link -> {
            if (!node.engine().links.contains(link)) {
                node.engine().events.add("writable after the end");
            }
        };
        return node;
    }

    /** True: it was a dial. */
    private static boolean act(List<HostRig.Node> nodes, RandomGenerator random) {
        HostRig.Node node = nodes.get(random.nextInt(nodes.size()));
        int what = random.nextInt(10);
        if (what < 3) {
            node.dial(nodes.get(random.nextInt(nodes.size())).endpoint());
            return true;
        }
        int which = random.nextInt(1 << 20);
        HostRig.call(node, () -> {
            List<Link<OverlayFrame>> joined = node.engine().joined;
            if (!joined.isEmpty()) {
                actOn(joined.get(which % joined.size()), what);
            }
            return what;
        });
        return false;
    }

    private static void actOn(Link<OverlayFrame> link, int what) {
        switch (what) {
            case 3, 4, 5 -> {
                int sent = 0;
                while (sent < 200 && link.send(QUERY)) {
                    sent++;
                }
            }
            case 6 -> link.read(false);
            case 7 -> link.read(true);
            case 8 -> {
                link.close(CloseReason.BYE);
                link.close(CloseReason.SHUTDOWN);
                assertThat(link.send(QUERY)).isFalse();
            }
            default -> ((TcpLink<OverlayFrame>) link).cut();
        }
    }

    private static void isAtPeace(HostRig.Node node) {
        List<String> events = node.engine().events;
        assertThat(events).noneMatch(line -> line.endsWith("after the end"));
        assertThat(count(List.of(node), "closed ")).isEqualTo(count(List.of(node), "open "));
        assertThat(node.engine().links).isEmpty();
        assertThat(node.engine().joined).isEmpty();
    }

    private static long count(List<HostRig.Node> nodes, String start) {
        return nodes.stream()
                .flatMap(node -> node.engine().events.stream())
                .filter(line -> line.startsWith(start))
                .count();
    }
}
